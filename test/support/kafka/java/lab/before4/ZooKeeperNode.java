package lab;

import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import kafka.server.Server;
import org.apache.kafka.common.utils.Time;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A broker that keeps the metadata in ZooKeeper, as up to Kafka 3.9; the ZooKeeper runs in this JVM, one for all nodes. */
public final class ZooKeeperNode {
  private static final int TICK_MS = 500;
  private static boolean running;

  private ZooKeeperNode() {}

  /** The broker of that server.properties, not started yet; its ZooKeeper is. */
  public static Server of(Properties properties) throws Exception {
    startZooKeeper(properties.getProperty("zookeeper.connect"), Path.of(properties.getProperty("log.dirs")));
    return new KafkaServer(KafkaConfig.fromProps(properties), Time.SYSTEM, scala.Option.empty(), false);
  }

  /** Its files lie in the first node's folder, beside the logs: they go with them. */
  private static synchronized void startZooKeeper(String address, Path beside) throws Exception {
    if (running) {
      return;
    }
    File files = Files.createDirectories(beside.resolveSibling("data-zookeeper")).toFile();
    int port = Integer.parseInt(address.replaceAll(".*:", ""));
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(address.replaceAll(":.*", ""), port), 0);
    connections.startup(new ZooKeeperServer(files, files, TICK_MS));
    running = true;
  }
}
