package lab;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import org.apache.kafka.common.utils.Time;

/**
 * Apache Kafka nodes in one JVM: {@code Brokers DIR [N]}, where DIR holds one {@code node-N.properties} for each; all
 * of them, or only node N where each has a JVM of its own.
 * Prints {@code READY <ms since JVM start>} once the cluster can be used (see {@link Readiness}); then obeys lines on
 * stdin: {@code stop N}, {@code start N}, {@code quit}. On quit the JVM ends at once – nothing here is worth an orderly
 * shutdown – and DIR is the caller's; with {@code -Dlab.archive=true} it exits as usual, which writes its class archive.
 * The end of stdin means that whoever started us is gone: then the data goes, too, and DIR with the last of it.
 */
public final class Brokers {
  private static final int STOP_MS = 10_000;
  private final Path dir;
  private final Map<Integer, Server> running = new ConcurrentHashMap<>();

  private Brokers(Path dir) {
    this.dir = dir;
  }

  public static void main(String[] args) throws Exception {
    Brokers brokers = new Brokers(Path.of(args[0]));
    List<Integer> nodes = brokers.nodes();
    try {
      brokers.startAll(args.length > 1 ? List.of(Integer.parseInt(args[1])) : nodes);
      Readiness.await(brokers.load(nodes.get(0)), brokers.count("broker"));
    } catch (Throwable failure) {
      failure.printStackTrace();
      System.err.flush();
      Runtime.getRuntime().halt(1);
    }
    long started = java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime();
    say("READY " + (System.currentTimeMillis() - started));
    if (!brokers.obey(new BufferedReader(new InputStreamReader(System.in)))) {
      brokers.vanish();
    } else if (Boolean.getBoolean("lab.archive")) {
      System.exit(0);
    }
    Runtime.getRuntime().halt(0);
  }

  /** Whether somebody said quit; else stdin has ended. */
  private boolean obey(BufferedReader commands) throws IOException {
    String line;
    while ((line = commands.readLine()) != null) {
      if (line.equals("quit")) {
        return true;
      }
      String[] words = line.split(" ");
      try {
        int node = Integer.parseInt(words[1]);
        if (words[0].equals("stop")) {
          stop(node);
        } else {
          start(node);
        }
        say("DONE " + line);
      } catch (Exception failure) {
        say("FAILED " + line + ": " + failure);
      }
    }
    return false;
  }

  private List<Integer> nodes() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.matches("node-\\d+\\.properties"))
          .map(f -> Integer.parseInt(f.replaceAll("\\D", ""))).sorted().toList();
    }
  }

  /** Nodes of that role; the first one is always a broker. */
  private int count(String role) throws IOException {
    int count = 0;
    for (int node : nodes()) {
      count += load(node).getProperty("process.roles", "broker").contains(role) ? 1 : 0;
    }
    return count;
  }

  private Path file(int node) {
    return dir.resolve("node-" + node + ".properties");
  }

  private Properties load(int node) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file(node))) {
      properties.load(reader);
    }
    return properties;
  }

  /** In parallel: a node of several is up only when the quorum is. */
  private void startAll(List<Integer> nodes) throws Throwable {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> starts = new ArrayList<>();
    for (int node : nodes) {
      starts.add(threads.submit(() -> {
        start(node);
        return null;
      }));
    }
    try {
      for (Future<?> start : starts) {
        start.get();
      }
    } catch (ExecutionException failure) {
      throw failure.getCause();
    } finally {
      threads.shutdown();
    }
  }

  private void start(int node) throws Exception {
    Properties properties = load(node);
    Server server = properties.containsKey("zookeeper.connect") ? zooKeeperNode(properties) : raftNode(node, properties);
    server.startup();
    running.put(node, server);
  }

  private Server raftNode(int node, Properties properties) throws IOException {
    if (!Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
      format(node);
    }
    return new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
  }

  /** By name: the class is compiled only against versions that can do without KRaft. */
  private static Server zooKeeperNode(Properties properties) throws ReflectiveOperationException {
    return (Server) Class.forName("lab.ZooKeeperNode").getMethod("of", Properties.class).invoke(null, properties);
  }

  private void stop(int node) {
    Server server = running.remove(node);
    if (server == null) {
      throw new IllegalStateException("node " + node + " is not running");
    }
    server.shutdown();
    server.awaitShutdown();
  }

  /** SCRAM users must exist before the first start: DIR/scram-users holds one {@code --add-scram} argument a line. */
  private void format(int node) throws IOException {
    List<String> args = new ArrayList<>(List.of("format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", file(node).toString()));
    for (String user : Files.readAllLines(dir.resolve("scram-users"))) {
      args.add("--add-scram");
      args.add(user);
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    int code = kafka.tools.StorageTool.execute(args.toArray(new String[0]), new PrintStream(output));
    if (code != 0) {
      throw new IOException("formatting node " + node + " failed: " + output);
    }
  }

  /** Stops the nodes before their data goes: one that misses its files would halt the JVM with half of them deleted. */
  private void vanish() throws InterruptedException {
    System.setErr(new PrintStream(PrintStream.nullOutputStream()));
    List<Thread> stops = running.values().stream().map(server -> new Thread(server::shutdown)).toList();
    for (Thread stop : stops) {
      stop.setDaemon(true);
      stop.start();
    }
    for (Thread stop : stops) {
      stop.join(STOP_MS);
    }
    for (int node : running.keySet()) {
      delete(dir.resolve("data-" + node).toFile());
    }
    String[] others = dir.toFile().list((folder, name) -> name.startsWith("data-"));
    if (others == null || others.length == 0) {
      delete(dir.toFile());
    }
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null) {
      for (File child : children) {
        delete(child);
      }
    }
    file.delete();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
