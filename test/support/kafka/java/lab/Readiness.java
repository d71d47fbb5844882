package lab;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

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
      new Acls(admin).forbid("limited", Acls.resource("topic", "forbidden-*"), AclOperation.ALL);
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
}
