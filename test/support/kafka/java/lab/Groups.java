package lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Members that run here, and offsets committed for groups that nobody runs. */
final class Groups {
  private record Key(String group, String clientId) {}

  private final String bootstrap;
  private final Admin admin;
  private final Map<Key, Member> members = new LinkedHashMap<>();

  Groups(String bootstrap, Admin admin) {
    this.bootstrap = bootstrap;
    this.admin = admin;
  }

  boolean hasMembers() {
    return !members.isEmpty();
  }

  void start(String kind, String group, String clientId, List<String> topics, List<String> settings) throws Exception {
    Member member = Member.of(bootstrap, kind, group, clientId, topics, settings);
    members.put(new Key(group, clientId), member);
    member.start();
  }

  Map<String, Object> joined(String group, String clientId) throws Exception {
    return Map.of("assigned", members.get(new Key(group, clientId)).joined());
  }

  /** Client id to what it holds now. */
  Map<String, List<String>> assignment(String group) {
    Map<String, List<String>> held = new TreeMap<>();
    members.forEach((key, member) -> {
      if (key.group.equals(group)) {
        held.put(key.clientId, member.assignment());
      }
    });
    return held;
  }

  /** One member, or all of a group. */
  void leave(String group, String clientId) throws Exception {
    for (Key key : List.copyOf(members.keySet())) {
      if (key.group.equals(group) && (clientId == null || key.clientId.equals(clientId))) {
        members.remove(key).leave();
      }
    }
  }

  void leaveAll() throws Exception {
    List<Thread> leaving = new ArrayList<>();
    for (Member member : members.values()) {
      Thread thread = new Thread(() -> {
        try {
          member.leave();
        } catch (Exception failure) {
          failure.printStackTrace();
        }
      });
      thread.start();
      leaving.add(thread);
    }
    for (Thread thread : leaving) {
      thread.join();
    }
  }

  /** {@code commit GROUP TOPIC PARTITION=OFFSET…}, as a member would have. */
  void commit(String group, String topic, List<String> positions) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets = new TreeMap<>((a, b) -> a.partition() - b.partition());
    Settings.parse(positions).forEach((partition, offset) ->
        offsets.put(new TopicPartition(topic, Integer.parseInt(partition)), new OffsetAndMetadata(Long.parseLong(offset))));
    admin.alterConsumerGroupOffsets(group, offsets).all().get();
  }

  /** Where share groups stand; Kafka 3.x has none, so its class is compiled for later versions only. */
  interface Starts {
    void move(Admin admin, String group, String topic, Map<String, String> positions) throws Exception;

    Map<String, Long> of(Admin admin, String group) throws Exception;
  }

  private static Starts starts() throws Exception {
    return (Starts) Class.forName("lab.ShareOffsets").getDeclaredConstructor().newInstance();
  }

  /** {@code move-starts GROUP TOPIC PARTITION=OFFSET…} of an empty share group. */
  void moveStarts(String group, String topic, List<String> positions) throws Exception {
    starts().move(admin, group, topic, Settings.parse(positions));
  }

  /** What Kafka's own admin client says where a share group starts. */
  Map<String, Long> startsOf(String group) throws Exception {
    return starts().of(admin, group);
  }

  /** Groups PREFIX-0 and so on, each with a commit on every partition. */
  void commitMany(String prefix, int count, String topic, int partitions) throws Exception {
    for (int i = 0; i < count; i++) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
      for (int partition = 0; partition < partitions; partition++) {
        offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(i + partition));
      }
      admin.alterConsumerGroupOffsets(prefix + "-" + i, offsets).all().get();
    }
  }

  /** What Kafka's own admin client says that a group has committed. */
  Map<String, Long> offsets(String group) throws Exception {
    Map<String, Long> offsets = new TreeMap<>();
    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
        .forEach((partition, offset) -> offsets.put(partition.toString(), offset == null ? null : offset.offset()));
    return offsets;
  }
}
