package lab;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * When a cluster can be used: every broker is in the metadata and both kinds of coordinator answer, which takes that
 * their internal topics exist and are loaded. An open port proves nothing: a half-dead broker keeps its own open.
 */
final class Readiness {
  private Readiness() {}

  static void await(Properties node, int brokers) throws Exception {
    String address = node.getProperty("advertised.listeners").split(",")[0].replaceFirst("^\\w+://", "");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address, "default.api.timeout.ms", "60000"))) {
      while (admin.describeCluster().nodes().get(60, TimeUnit.SECONDS).size() < brokers) {
        Thread.sleep(50);
      }
      forbid(admin, "limited", "forbidden-");
      // Asking after a group creates none.
      admin.listConsumerGroupOffsets("readiness").partitionsToOffsetAndMetadata().get(60, TimeUnit.SECONDS);
      try {
        admin.describeTransactions(List.of("readiness")).all().get(60, TimeUnit.SECONDS);
      } catch (ExecutionException answer) {
        if (!(answer.getCause() instanceof TransactionalIdNotFoundException)) {
          throw answer;
        }
      }
    }
  }

  /** One user may not even see topics with this prefix; everybody else may do everything. */
  private static void forbid(Admin admin, String user, String prefix) throws Exception {
    ResourcePattern topics = new ResourcePattern(ResourceType.TOPIC, prefix, PatternType.PREFIXED);
    admin.createAcls(List.of(
        new AclBinding(topics, new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW)),
        new AclBinding(topics, new AccessControlEntry("User:" + user, "*", AclOperation.ALL, AclPermissionType.DENY))))
        .all().get(60, TimeUnit.SECONDS);
  }
}
