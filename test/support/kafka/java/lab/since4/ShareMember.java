package lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of a share group (KIP-932): its partitions are known to the broker alone, so it says when it polled. */
final class ShareMember implements Member {
  private final CompletableFuture<List<String>> polled = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean leaving;

  ShareMember(String bootstrap, String group, String clientId, List<String> topics) {
    thread = new Thread(() -> consume(bootstrap, group, clientId, topics), group + "/" + clientId);
    thread.setDaemon(true);
  }

  private void consume(String bootstrap, String group, String clientId, List<String> topics) {
    try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
        Settings.client(bootstrap, "group.id", group, "client.id", clientId),
        new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(topics);
      while (!leaving) {
        consumer.poll(Duration.ofMillis(100));
        if (!consumer.subscription().isEmpty()) {
          polled.complete(topics);
        }
      }
    } catch (Exception failure) {
      polled.completeExceptionally(failure);
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public List<String> joined() throws Exception {
    return polled.get(60, TimeUnit.SECONDS);
  }

  @Override
  public List<String> assignment() {
    return polled.getNow(List.of());
  }

  @Override
  public void leave() throws InterruptedException {
    leaving = true;
    thread.join(10_000);
  }
}
