import java.io.File;
import java.io.FileReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaServer;
import org.apache.kafka.common.utils.Time;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A broker of Kafka 2.x with its ZooKeeper in one JVM: {@code java -cp JARS OldBroker.java DIR}, where DIR holds
 * server.properties. Prints {@code READY 0} once the broker has started; ends with its stdin or on any line of it.
 */
class OldBroker {
  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[0]);
    Properties properties = new Properties();
    try (FileReader file = new FileReader(dir.resolve("server.properties").toFile())) {
      properties.load(file);
    }
    File files = Files.createDirectories(dir.resolve("zookeeper")).toFile();
    String[] address = properties.getProperty("zookeeper.connect").split(":");
    NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(address[0], Integer.parseInt(address[1])), 0);
    connections.startup(new ZooKeeperServer(files, files, 500));
    new KafkaServer(KafkaConfig.fromProps(properties), Time.SYSTEM, scala.Option.empty(), false).startup();
    System.out.println("READY 0");
    System.in.read();
    Runtime.getRuntime().halt(0);
  }
}
