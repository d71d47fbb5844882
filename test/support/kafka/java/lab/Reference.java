package lab;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the Java consumer reads, which is what there is to read. It joins no group. */
final class Reference {
  private final String bootstrap;

  Reference(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Every record of a topic, partition by partition as they come; bytes in base64. */
  void dump(String topic, boolean committedOnly, Consumer<Object> sink) {
    read(topic, committedOnly, record -> {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("partition", record.partition());
      line.put("offset", record.offset());
      line.put("timestamp", record.timestamp());
      line.put("timestampType", record.timestampType().name.equals("LogAppendTime") ? "append" : "create");
      line.put("key", record.key());
      line.put("value", record.value());
      List<Object> headers = new ArrayList<>();
      for (Header header : record.headers()) {
        headers.add(Arrays.asList(header.key(), header.value()));
      }
      line.put("headers", headers);
      sink.accept(line);
    });
  }

  /** How many records there are, and how many have a text in their value. */
  Map<String, Object> count(String topic, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    long[] counts = new long[2];
    read(topic, false, record -> {
      counts[0]++;
      if (record.value() != null && contains(record.value(), wanted)) {
        counts[1]++;
      }
    });
    return Map.of("scanned", counts[0], "matched", counts[1]);
  }

  private static boolean contains(byte[] value, byte[] wanted) {
    for (int at = 0; at <= value.length - wanted.length; at++) {
      if (Arrays.equals(value, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private void read(String topic, boolean committedOnly, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    var config = Settings.client(bootstrap, "isolation.level", committedOnly ? "read_committed" : "read_uncommitted",
        "auto.offset.reset", "none", "max.poll.records", "5000", "max.partition.fetch.bytes", "8388608");
    try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream().map(p -> new TopicPartition(topic, p.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(sink);
      }
    }
  }
}
