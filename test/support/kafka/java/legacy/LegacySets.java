import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;

/**
 * Message sets of the formats before 0.11 as Kafka's own classes write them, with what the same classes read from them:
 * {@code java -cp 'JARS OF KAFKA 3.9' LegacySets.java > test/fixtures/legacy-message-sets.json}. No broker of today writes
 * them, but those of 3.x still serve what older ones wrote.
 */
class LegacySets {
  public static void main(String[] args) throws Exception {
    List<Map<String, Object>> sets = new ArrayList<>();
    for (byte magic : new byte[] {RecordBatch.MAGIC_VALUE_V0, RecordBatch.MAGIC_VALUE_V1}) {
      for (var codec : List.of(CompressionType.NONE, CompressionType.GZIP, CompressionType.SNAPPY, CompressionType.LZ4)) {
        for (var clock : magic == 0 ? List.of(TimestampType.NO_TIMESTAMP_TYPE)
            : List.of(TimestampType.CREATE_TIME, TimestampType.LOG_APPEND_TIME)) {
          sets.add(set(magic, codec, clock));
        }
      }
    }
    System.out.println(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(sets));
  }

  /** Two sets, one behind the other, as a log has them; the second begins behind a hole. */
  private static Map<String, Object> set(byte magic, CompressionType codec, TimestampType clock) {
    ByteBuffer log = ByteBuffer.allocate(1 << 16);
    for (long base : new long[] {7, 5_000_000_000L}) {
      var builder = MemoryRecords.builder(ByteBuffer.allocate(1 << 15), magic, Compression.of(codec).build(), clock, base,
          1_500_000_000_000L);
      long time = magic == 0 ? RecordBatch.NO_TIMESTAMP : 1_400_000_000_000L;
      builder.append(time, bytes("key"), bytes("value"));
      builder.append(time, null, bytes("no key"));
      builder.append(magic == 0 ? time : time - 5, bytes(""), bytes(""));
      builder.append(time, bytes("tombstone"), null);
      builder.append(time, new byte[] {0, -1, 1}, bytes("Grüße 😀 ".repeat(40)));
      log.put(builder.build().buffer());
    }
    log.flip();
    List<Map<String, Object>> records = new ArrayList<>();
    for (Record record : MemoryRecords.readableRecords(log.duplicate()).records()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("offset", record.offset());
      line.put("timestamp", record.timestamp());
      line.put("key", base64(record.key()));
      line.put("value", base64(record.value()));
      records.add(line);
    }
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("magic", magic);
    set.put("codec", codec.name);
    set.put("clock", clock.name);
    set.put("bytes", base64(log));
    set.put("records", records);
    return set;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(ByteBuffer bytes) {
    if (bytes == null) {
      return null;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
