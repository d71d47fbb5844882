package lab;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What one user may not do; everybody else may do everything, on a cluster where no ACL means that all is allowed. */
final class Acls {
  private static final long TIMEOUT_S = 60;
  private final Admin admin;

  Acls(Admin admin) {
    this.admin = admin;
  }

  /** Returns when the broker that answers goes by it. */
  void forbid(String user, ResourcePattern resource, AclOperation operation) throws Exception {
    List<AclBinding> bindings = List.of(
        new AclBinding(resource, new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW)),
        new AclBinding(resource, denial(user, operation)));
    admin.createAcls(bindings).all().get(TIMEOUT_S, TimeUnit.SECONDS);
    await(resource, known -> known.containsAll(bindings));
  }

  void permit(String user, ResourcePattern resource, AclOperation operation) throws Exception {
    AclBinding denied = new AclBinding(resource, denial(user, operation));
    admin.deleteAcls(List.of(denied.toFilter())).all().get(TIMEOUT_S, TimeUnit.SECONDS);
    await(resource, known -> !known.contains(denied));
  }

  /** {@code topic orders}, {@code topic forbidden-*} (a prefix) or {@code group *} (all). */
  static ResourcePattern resource(String type, String name) {
    boolean prefix = name.endsWith("*") && name.length() > 1;
    return new ResourcePattern(ResourceType.fromString(type), prefix ? name.substring(0, name.length() - 1) : name,
        prefix ? PatternType.PREFIXED : PatternType.LITERAL);
  }

  private static AccessControlEntry denial(String user, AclOperation operation) {
    return new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.DENY);
  }

  private interface Condition {
    boolean holds(Collection<AclBinding> known);
  }

  private void await(ResourcePattern resource, Condition condition) throws Exception {
    AclBindingFilter here = new AclBindingFilter(resource.toFilter(), AccessControlEntryFilter.ANY);
    long deadline = System.currentTimeMillis() + TIMEOUT_S * 1000;
    while (!condition.holds(admin.describeAcls(here).values().get(TIMEOUT_S, TimeUnit.SECONDS))) {
      if (System.currentTimeMillis() > deadline) {
        throw new IllegalStateException("the rights on " + resource.name() + " did not change within 60 s");
      }
      Thread.sleep(20);
    }
  }
}
