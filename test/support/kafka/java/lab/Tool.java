package lab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What only Kafka's own clients can do or are trusted with. {@code Tool BOOTSTRAP COMMAND ARGS} does one thing;
 * {@code Tool BOOTSTRAP -} takes JSON arrays of words from stdin, one command a line, until it ends. Every answer is
 * JSON lines; in the second form each ends with {@code {"done":true}} or {@code {"failed":"…"}}. Members of groups and
 * open transactions live as long as the tool does.
 */
public final class Tool {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final PrintStream out =
      new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false,
          StandardCharsets.UTF_8);
  private final Acls acls;
  private final Topics topics;
  private final Records records;
  private final EdgeCases edgeCases;
  private final Groups groups;
  private final Reference reference;

  private Tool(String bootstrap, Admin admin) {
    acls = new Acls(admin);
    topics = new Topics(admin);
    records = new Records(bootstrap);
    edgeCases = new EdgeCases(topics, records, new Reference(bootstrap));
    groups = new Groups(bootstrap, admin);
    reference = new Reference(bootstrap);
  }

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int code = 0;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", args[0]))) {
      Tool tool = new Tool(args[0], admin);
      if (args[1].equals("-")) {
        tool.serve(in);
      } else {
        tool.run(args[1], Arrays.asList(args).subList(2, args.length));
        tool.out.flush();
        if (tool.groups.hasMembers()) {
          in.readLine();
        }
      }
      tool.groups.leaveAll();
    } catch (Exception failure) {
      failure.printStackTrace();
      code = 1;
    }
    System.err.flush();
    Runtime.getRuntime().halt(code); // closing an open transaction's producer would abort it
  }

  private void serve(BufferedReader in) throws Exception {
    String line;
    while ((line = in.readLine()) != null) {
      List<String> words = JSON.readValue(line, new TypeReference<>() {});
      try {
        run(words.get(0), words.subList(1, words.size()));
        print(Map.of("done", true));
      } catch (Exception failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        print(Map.of("failed", words.get(0) + ": " + cause));
      }
      out.flush();
    }
  }

  private void run(String command, List<String> args) throws Exception {
    switch (command) {
      case "create" -> topics.create(args.get(0), Integer.parseInt(args.get(1)), Settings.parse(rest(args, 2)));
      case "forbid" -> acls.forbid(args.get(0), Acls.resource(args.get(1), args.get(2)), AclOperation.fromString(args.get(3)));
      case "permit" -> acls.permit(args.get(0), Acls.resource(args.get(1), args.get(2)), AclOperation.fromString(args.get(3)));
      case "create-many" -> topics.createMany(args.get(0), Integer.parseInt(args.get(1)), Integer.parseInt(args.get(2)));
      case "create-each" -> topics.createEach(Integer.parseInt(args.get(0)), rest(args, 1));
      case "delete" -> topics.delete(args);
      case "delete-records" -> topics.deleteRecords(args.get(0), Integer.parseInt(args.get(1)), Long.parseLong(args.get(2)));
      case "add-partitions" -> topics.addPartitions(args.get(0), Integer.parseInt(args.get(1)));
      case "move-leader" -> topics.moveLeader(args.get(0), Integer.parseInt(args.get(1)), Integer.parseInt(args.get(2)));
      case "controller" -> print(Map.of("id", topics.controller()));
      case "produce" -> print(records.produce(args.get(0), args.get(1), JSON.readTree(args.get(2))));
      case "transact" -> records.transact(args.get(0), args.get(1), args.get(2).equals("commit"), JSON.readTree(args.get(3)));
      case "mixed" -> records.mixed(args.get(0), args.get(1), Integer.parseInt(args.get(2)));
      case "bulk" -> bulk(args);
      case "seed" -> edgeCases.seed(args.get(0), args.get(1), rest(args, 2));
      case "end-transaction" -> edgeCases.endTransaction(args.get(0), args.get(1).equals("commit"));
      case "dump" -> reference.dump(args.get(0), args.contains("committed"), this::print);
      case "count" -> print(reference.count(args.get(0), args.size() > 1 ? args.get(1) : ""));
      case "start-member" -> groups.start(args.get(0), args.get(1), args.get(2), List.of(args.get(3).split(",")), rest(args, 4));
      case "joined" -> print(groups.joined(args.get(0), args.get(1)));
      case "assignment" -> print(groups.assignment(args.get(0)));
      case "leave" -> groups.leave(args.get(0), args.size() > 1 ? args.get(1) : null);
      case "commit" -> groups.commit(args.get(0), args.get(1), rest(args, 2));
      case "commit-many" -> groups.commitMany(args.get(0), Integer.parseInt(args.get(1)), args.get(2), Integer.parseInt(args.get(3)));
      case "offsets" -> print(groups.offsets(args.get(0)));
      case "move-starts" -> groups.moveStarts(args.get(0), args.get(1), rest(args, 2));
      case "starts" -> print(groups.startsOf(args.get(0)));
      default -> throw new IllegalArgumentException("there is no command " + command);
    }
  }

  /** {@code bulk TOPIC PARTITIONS COUNT SIZE CODEC}: a topic for measurements. */
  private void bulk(List<String> args) throws Exception {
    topics.create(args.get(0), Integer.parseInt(args.get(1)), Map.of("retention.ms", "-1"));
    records.bulk(args.get(0), Integer.parseInt(args.get(1)), Long.parseLong(args.get(2)), Integer.parseInt(args.get(3)), args.get(4));
  }

  private void print(Object fact) {
    try {
      out.println(JSON.writeValueAsString(fact));
    } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<String> rest(List<String> args, int from) {
    return args.subList(Math.min(from, args.size()), args.size());
  }
}
