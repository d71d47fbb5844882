package lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Topics as a reader meets them on a bad day: {@code seed KIND TOPIC}. */
final class EdgeCases {
  private final Topics topics;
  private final Records records;
  private final Reference reference;
  private final Map<String, KafkaProducer<byte[], byte[]>> open = new HashMap<>();

  EdgeCases(Topics topics, Records records, Reference reference) {
    this.topics = topics;
    this.records = records;
    this.reference = reference;
  }

  void seed(String kind, String topic, List<String> args) throws Exception {
    switch (kind) {
      case "log-append-time" -> logAppendTime(topic);
      case "big" -> big(topic);
      case "huge-batch" -> hugeBatch(topic, args.isEmpty() ? 200_000 : Integer.parseInt(args.get(0)));
      case "deleted" -> deleted(topic);
      case "transactions" -> transactions(topic);
      case "open-transaction" -> openTransaction(topic);
      case "compacted" -> compacted(topic);
      default -> throw new IllegalArgumentException("there is no kind of topic called " + kind);
    }
  }

  /** 2 partitions whose records have the broker's time, uncompressed and compressed. */
  private void logAppendTime(String topic) throws Exception {
    topics.create(topic, 2, Map.of("message.timestamp.type", "LogAppendTime"));
    records.mixed(topic, "none", 300);
    records.mixed(topic, "lz4", 300);
  }

  /** 2 partitions: messages of 1 MB and one of 5 MB, larger than most fetches, between small ones. */
  private void big(String topic) throws Exception {
    topics.create(topic, 2, Map.of("max.message.bytes", "8000000"));
    Random random = new Random(3);
    try (var producer = records.producer("none", "max.request.size", "8000000", "batch.size", "16")) {
      for (int i = 0; i < 24; i++) {
        byte[] value = i % 4 == 1 ? new byte[i == 13 ? 5_000_000 : 1_000_000 + i] : Records.bytes("small " + i);
        if (value.length > 100) {
          random.nextBytes(value);
        }
        producer.send(new ProducerRecord<>(topic, i / 2 % 2, Records.bytes("k" + i), value)).get();
      }
    }
  }

  /** 1 partition: two batches of COUNT records each, one compressed. */
  private void hugeBatch(String topic, int count) throws Exception {
    topics.create(topic, 1, Map.of("max.message.bytes", "200000000"));
    for (String codec : List.of("none", "lz4")) {
      try (var producer = records.producer(codec, "max.request.size", "200000000", "batch.size", "100000000",
          "linger.ms", "60000", "buffer.memory", "400000000")) {
        for (int i = 0; i < count; i++) {
          producer.send(new ProducerRecord<>(topic, 0, null, Records.bytes("h" + i)));
        }
      }
    }
  }

  /** 2 partitions of 1,000 records: P0 starts at 500, in the middle of a batch; nothing of P1 is left. */
  private void deleted(String topic) throws Exception {
    topics.create(topic, 2, Map.of());
    records.mixed(topic, "none", 2000);
    topics.deleteRecords(topic, 0, 500);
    topics.deleteRecords(topic, 1, 1000);
  }

  /** 2 partitions: two transactional producers and a plain one write in turns; every third and every second transaction is aborted. */
  private void transactions(String topic) throws Exception {
    topics.create(topic, 2, Map.of());
    try (var a = records.producer("lz4", "transactional.id", topic + "-a");
        var b = records.producer("none", "transactional.id", topic + "-b"); var plain = records.producer("none")) {
      a.initTransactions();
      b.initTransactions();
      for (int round = 0; round < 12; round++) {
        a.beginTransaction();
        b.beginTransaction();
        boolean abortA = round % 3 == 1;
        boolean abortB = round % 2 == 1;
        for (int i = 0; i < 30; i++) {
          a.send(new ProducerRecord<>(topic, i % 2, Records.bytes("a" + round), Records.bytes("a " + i + (abortA ? " aborted" : ""))));
          b.send(new ProducerRecord<>(topic, i % 2, Records.bytes("b" + round), Records.bytes("b " + i + (abortB ? " aborted" : ""))));
          if (i % 5 == 0) {
            a.flush();
            b.flush();
            plain.send(new ProducerRecord<>(topic, i % 2, null, Records.bytes("plain " + round + " " + i))).get();
          }
        }
        a.flush(); // an abort drops what was not sent yet
        b.flush();
        end(a, !abortA);
        end(b, !abortB);
      }
    }
  }

  /** 1 partition: 5 plain records, 10 of a transaction that stays open, 5 plain ones behind it. */
  private void openTransaction(String topic) throws Exception {
    topics.create(topic, 1, Map.of());
    try (var plain = records.producer("none")) {
      var transaction = records.producer("none", "transactional.id", topic + "-open", "transaction.timeout.ms", "3600000");
      open.put(topic, transaction);
      for (int i = 0; i < 5; i++) {
        plain.send(new ProducerRecord<>(topic, 0, null, Records.bytes("before " + i))).get();
      }
      transaction.initTransactions();
      transaction.beginTransaction();
      for (int i = 0; i < 10; i++) {
        transaction.send(new ProducerRecord<>(topic, 0, null, Records.bytes("open " + i))).get();
      }
      for (int i = 0; i < 5; i++) {
        plain.send(new ProducerRecord<>(topic, 0, null, Records.bytes("behind " + i))).get();
      }
    }
  }

  void endTransaction(String topic, boolean commit) {
    try (var transaction = open.remove(topic)) {
      end(transaction, commit);
    }
  }

  private static void end(KafkaProducer<byte[], byte[]> producer, boolean commit) {
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  /**
   * 1 partition after compaction: holes, tombstones gone, and batches without a record, which Kafka keeps for the last
   * sequence number of their producer. Returns when the cleaner has done it.
   */
  private void compacted(String topic) throws Exception {
    topics.create(topic, 1, Map.of("cleanup.policy", "compact", "segment.ms", "200", "min.cleanable.dirty.ratio", "0.0001",
        "delete.retention.ms", "0", "max.compaction.lag.ms", "1"));
    try (var first = records.producer("none"); var second = records.producer("zstd"); var third = records.producer("lz4")) {
      for (var producer : List.of(first, second)) {
        for (int i = 0; i < 10; i++) {
          producer.send(new ProducerRecord<>(topic, 0, Records.bytes("k" + i), Records.bytes("overwritten " + i)));
        }
        producer.flush();
      }
      Random random = new Random(5);
      for (int i = 0; i < 2000; i++) {
        third.send(new ProducerRecord<>(topic, 0, Records.bytes("k" + random.nextInt(200)), i % 7 == 0 ? null : Records.bytes("v" + i)));
      }
      third.flush();
      // The newest segment is never cleaned: a record now and then closes one.
      long deadline = System.currentTimeMillis() + 60_000;
      for (int i = 0; (long) reference.count(topic, "").get("scanned") > 250 + i; i++) {
        if (System.currentTimeMillis() > deadline) {
          throw new IllegalStateException("Kafka did not compact " + topic + " within 60 s");
        }
        third.send(new ProducerRecord<>(topic, 0, Records.bytes("close-" + i), Records.bytes("x"))).get();
        Thread.sleep(250);
      }
    }
  }
}
