package lab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;

/** Start offsets of share groups (KIP-932), which commit none, as Kafka's own admin client writes and reads them. */
final class ShareOffsets implements Groups.Starts {
  @Override
  public void move(Admin admin, String group, String topic, Map<String, String> positions) throws Exception {
    Map<TopicPartition, Long> starts = new LinkedHashMap<>();
    positions.forEach((partition, offset) ->
        starts.put(new TopicPartition(topic, Integer.parseInt(partition)), Long.parseLong(offset)));
    admin.alterShareGroupOffsets(group, starts).all().get();
  }

  @Override
  public Map<String, Long> of(Admin admin, String group) throws Exception {
    Map<String, Long> offsets = new TreeMap<>();
    admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec())).partitionsToOffsetInfo(group).get()
        .forEach((partition, info) -> offsets.put(partition.toString(), info == null ? null : info.startOffset()));
    return offsets;
  }
}
