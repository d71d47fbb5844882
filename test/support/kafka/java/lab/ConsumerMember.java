package lab;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A member of a classic group or of one of the new protocol (KIP-848): reads and commits. With the setting
 * {@code read=false} it only holds its partitions, as a stuck consumer does; with {@code max=N} it stops after N.
 */
final class ConsumerMember implements Member, ConsumerRebalanceListener {
  private final Properties config;
  private final List<String> topics;
  private final boolean read;
  private final long max;
  private final boolean classic;
  private final CompletableFuture<List<String>> assigned = new CompletableFuture<>();
  private final Set<TopicPartition> held =
      new ConcurrentSkipListSet<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
  private final Thread thread;
  private volatile boolean leaving;

  ConsumerMember(String bootstrap, String kind, String group, String clientId, List<String> topics,
      List<String> settings) {
    classic = kind.equals("classic");
    Map<String, String> given = Settings.parse(settings);
    this.topics = topics;
    read = !"false".equals(given.remove("read"));
    max = Long.parseLong(given.getOrDefault("max", String.valueOf(Long.MAX_VALUE)));
    given.remove("max");
    config = Settings.client(bootstrap, "group.id", group, "client.id", clientId, "auto.offset.reset", "earliest",
        "enable.auto.commit", String.valueOf(read), "auto.commit.interval.ms", "200");
    if (!kind.equals("classic")) {
      config.put("group.protocol", kind);
    }
    config.putAll(given);
    thread = new Thread(this::consume, group + "/" + clientId);
    thread.setDaemon(true);
  }

  private void consume() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(topics, this);
      long records = 0;
      while (!leaving) {
        if (!read || records >= max) {
          consumer.pause(consumer.assignment());
        }
        records += consumer.poll(Duration.ofMillis(100)).count();
      }
    } catch (Exception failure) {
      assigned.completeExceptionally(failure);
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public List<String> joined() throws Exception {
    return assigned.get(60, TimeUnit.SECONDS);
  }

  @Override
  public List<String> assignment() {
    return held.stream().map(TopicPartition::toString).toList();
  }

  @Override
  public void leave() throws InterruptedException {
    leaving = true;
    thread.join(10_000);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    held.addAll(partitions);
    // A new-protocol coordinator that has not seen the topic yet begins with nothing (KIP-848).
    if (classic || !held.isEmpty()) {
      assigned.complete(assignment());
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    held.removeAll(partitions);
  }
}
