package lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records written by the Java producer. */
final class Records {
  private final String bootstrap;

  Records(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  KafkaProducer<byte[], byte[]> producer(String codec, String... settings) {
    var config = Settings.client(bootstrap, settings);
    config.put("compression.type", codec);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes an array of {@code {topic?, partition?, timestamp?, key?, value?, headers?: [[name, value]…]}} as one batch
   * per partition where it fits. Texts are UTF-8, {@code {"base64": "…"}} are bytes, null and absent are null. Returns
   * the offset of each.
   */
  Map<String, Object> produce(String topic, String codec, JsonNode records) throws Exception {
    try (var producer = producer(codec, "linger.ms", "50", "batch.size", "1000000", "max.request.size", "100000000",
        "buffer.memory", "200000000")) {
      List<Future<RecordMetadata>> sent = sendAll(producer, topic, records);
      producer.flush();
      List<Long> offsets = new ArrayList<>();
      for (Future<RecordMetadata> one : sent) {
        offsets.add(one.get().offset());
      }
      return Map.of("offsets", offsets);
    }
  }

  /** Writes the same in one transaction, which is committed or aborted. */
  void transact(String topic, String transactionalId, boolean commit, JsonNode records) throws Exception {
    try (var producer = producer("none", "transactional.id", transactionalId)) {
      producer.initTransactions();
      producer.beginTransaction();
      sendAll(producer, topic, records);
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<Future<RecordMetadata>> sendAll(KafkaProducer<byte[], byte[]> producer, String topic, JsonNode records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JsonNode record : records) {
      String target = record.hasNonNull("topic") ? record.get("topic").asText() : topic;
      Integer partition = record.hasNonNull("partition") ? record.get("partition").asInt() : null;
      Long timestamp = record.hasNonNull("timestamp") ? record.get("timestamp").asLong() : null;
      var made = new ProducerRecord<>(target, partition, timestamp, bytes(record.get("key")), bytes(record.get("value")));
      for (JsonNode header : record.path("headers")) {
        made.headers().add(header.get(0).asText(), bytes(header.get(1)));
      }
      sent.add(producer.send(made));
    }
    return sent;
  }

  private static byte[] bytes(JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isTextual() ? bytes(value.asText()) : Base64.getDecoder().decode(value.get("base64").asText());
  }

  /**
   * COUNT records, the same each time, over the topic's partitions in turn, with everything a record may hold: null and
   * empty keys and values, bytes that are no text, header names twice, empty or not ASCII, timestamps of 0 and before 1970.
   */
  void mixed(String topic, String codec, int count) throws Exception {
    try (var producer = producer(codec, "linger.ms", "20", "batch.size", "65536")) {
      int partitions = producer.partitionsFor(topic).size();
      Random random = new Random(42);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        var record = new ProducerRecord<>(topic, i % partitions, timestamp(i), key(i), value(i, random));
        if (i % 3 == 0) {
          record.headers().add("traceparent", bytes("00-" + i)).add("content-type", bytes("application/json"));
        }
        if (i % 8 == 5) {
          record.headers().add("twice", bytes("first")).add("null", null).add("twice", bytes("second"))
              .add("empty", new byte[0]).add("", bytes("no name")).add("10", bytes("ten")).add("9", bytes("nine"))
              .add("__proto__", bytes("p")).add("größe", new byte[] {0, -1, 1});
        }
        sent.add(producer.send(record));
      }
      producer.flush();
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static Long timestamp(int i) {
    return i % 29 == 7 ? 0L : 1_790_000_000_000L + (i % 31 == 9 ? -i * 60_000L : i * 250L);
  }

  private static byte[] key(int i) {
    return i % 11 == 4 ? null : i % 13 == 6 ? new byte[0] : bytes("key-" + i % 97);
  }

  private static byte[] value(int i, Random random) {
    if (i % 17 == 2) {
      return null;
    }
    if (i % 19 == 3) {
      return new byte[0];
    }
    if (i % 23 == 8) {
      byte[] noise = new byte[1 + random.nextInt(3000)];
      random.nextBytes(noise);
      return noise;
    }
    return bytes("{\"n\":" + i + ",\"exact\":9007199254740993,\"text\":\"Grüße 你好 😀\",\"fill\":\"" + "ab".repeat(random.nextInt(80)) + "\"}");
  }

  /** COUNT JSON values of SIZE bytes, 100 ms apart in time; one in a hundred contains {@code needle}. */
  void bulk(String topic, int partitions, long count, int size, String codec) {
    Random random = new Random(7);
    byte[][] pool = new byte[1000][];
    for (int i = 0; i < pool.length; i++) {
      StringBuilder text = new StringBuilder("{\"id\":0000000,\"tag\":\"" + (i % 100 == 0 ? "needle" : "hay---") + "\",\"note\":\"");
      while (text.length() < size - 2) {
        text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(3) == 0 ? "order" : "");
      }
      text.setLength(size - 2);
      pool[i] = bytes(text + "\"}");
    }
    try (var producer = producer(codec, "linger.ms", "20", "batch.size", "131072", "buffer.memory", "67108864")) {
      for (long i = 0; i < count; i++) {
        byte[] value = pool[(int) (i % pool.length)].clone();
        long digits = i;
        for (int at = 12; at >= 6 && at < size; at--, digits /= 10) {
          value[at] = (byte) ('0' + digits % 10);
        }
        for (int at = size / 2; at < size - 2; at += 1 + random.nextInt(3)) {
          value[at] = (byte) ('a' + random.nextInt(26));
        }
        producer.send(new ProducerRecord<>(topic, (int) (i % partitions), 1_790_000_000_000L + i * 100, null, value));
      }
    }
  }
}
