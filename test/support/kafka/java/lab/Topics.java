package lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Topics made, changed and deleted; each call returns when every broker knows. */
final class Topics {
  /** Brokers of a busy machine take minutes to lead ten thousand new partitions. */
  private static final long TIMEOUT_S = 300;
  private final Admin admin;

  Topics(Admin admin) {
    this.admin = admin;
  }

  /** {@code replicas}, among the configs, is the replication factor; default the cluster's own. */
  void create(String topic, int partitions, Map<String, String> settings) throws Exception {
    Map<String, String> configs = new HashMap<>(settings);
    Optional<Short> replicas = Optional.ofNullable(configs.remove("replicas")).map(Short::valueOf);
    admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), replicas).configs(configs))).all().get();
    await(topic, t -> t.size() == partitions);
  }

  /** PREFIX-00000 and so on. */
  void createMany(String prefix, int count, int partitions) throws Exception {
    createEach(partitions, IntStream.range(0, count).mapToObj(i -> String.format("%s-%05d", prefix, i)).toList());
  }

  /** Several at once, without waiting for each. */
  void createEach(int partitions, List<String> names) throws Exception {
    for (int from = 0; from < names.size(); from += 500) {
      admin.createTopics(names.subList(from, Math.min(from + 500, names.size())).stream()
          .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty())).toList()).all().get();
    }
    await(names.get(names.size() - 1), t -> t.size() == partitions);
  }

  /** Node id of the active controller. Brokers that keep their metadata in ZooKeeper have no quorum to ask after. */
  int controller() throws Exception {
    try {
      return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
    } catch (ExecutionException answer) {
      if (!(answer.getCause() instanceof UnsupportedVersionException)) {
        throw answer;
      }
      return admin.describeCluster().controller().get().id();
    }
  }

  void delete(List<String> topics) throws Exception {
    admin.deleteTopics(topics).all().get();
    Set<String> left;
    do {
      Thread.sleep(20);
      left = admin.listTopics().names().get();
      left.retainAll(topics);
    } while (!left.isEmpty());
  }

  void deleteRecords(String topic, int partition, long before) throws Exception {
    admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before))).all().get();
  }

  void addPartitions(String topic, int total) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
    await(topic, t -> t.size() == total);
  }

  /** Makes a node the leader: first of the replicas, then elected. */
  void moveLeader(String topic, int partition, int node) throws Exception {
    TopicPartition moved = new TopicPartition(topic, partition);
    List<Integer> replicas = new ArrayList<>(
        describe(topic).get(partition).replicas().stream().map(r -> r.id()).filter(id -> id != node).toList());
    replicas.add(0, node);
    admin.alterPartitionReassignments(Map.of(moved, Optional.of(new NewPartitionReassignment(replicas)))).all().get();
    await(topic, t -> t.get(partition).replicas().size() == replicas.size() && t.get(partition).replicas().get(0).id() == node);
    var elected = admin.electLeaders(ElectionType.PREFERRED, Set.of(moved)).partitions().get().get(moved);
    if (elected.isPresent() && !(elected.get() instanceof ElectionNotNeededException)) {
      throw new ExecutionException(elected.get());
    }
    await(topic, t -> t.get(partition).leader() != null && t.get(partition).leader().id() == node);
  }

  private List<TopicPartitionInfo> describe(String topic) throws Exception {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions();
  }

  private interface Condition {
    boolean holds(List<TopicPartitionInfo> partitions);
  }

  private void await(String topic, Condition condition) throws Exception {
    long deadline = System.currentTimeMillis() + TIMEOUT_S * 1000;
    while (System.currentTimeMillis() < deadline) {
      try {
        List<TopicPartitionInfo> partitions = describe(topic);
        if (condition.holds(partitions) && partitions.stream().allMatch(p -> p.leader() != null && !p.leader().isEmpty())) {
          return;
        }
      } catch (ExecutionException unknownYet) {
        if (!(unknownYet.getCause() instanceof org.apache.kafka.common.errors.RetriableException)) {
          throw unknownYet;
        }
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("topic " + topic + " did not become what was asked for within " + TIMEOUT_S + " s");
  }
}
