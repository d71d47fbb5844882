package lab;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Subtopology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.TaskIds;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Topology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestUtils;

/**
 * A member of a streams group (KIP-1071) with one subtopology that reads the topics: the heartbeats of Kafka Streams
 * without its engine, whose jars would be larger than all the others together. From Kafka 4.1.
 */
final class StreamsMember implements Member {
  private static final short API_KEY = 88;
  private static final short VERSION = 0;
  private static final int LEAVE = -1;
  private final String memberId = UUID.randomUUID().toString();
  private final CompletableFuture<List<String>> assigned = new CompletableFuture<>();
  private final List<String> bootstrap;
  private final String group;
  private final String clientId;
  private final List<String> topics;
  private final Thread thread;
  private volatile boolean leaving;
  private int correlation;

  StreamsMember(String bootstrap, String group, String clientId, List<String> topics) {
    this.bootstrap = List.of(bootstrap.split(","));
    this.group = group;
    this.clientId = clientId;
    this.topics = topics.stream().sorted().toList();
    thread = new Thread(this::live, group + "/" + clientId);
    thread.setDaemon(true);
  }

  private void live() {
    try (Socket coordinator = join()) {
      int epoch = 0;
      List<TaskIds> owned = List.of();
      while (!leaving) {
        var request = heartbeat(epoch);
        if (epoch == 0) {
          request.setRebalanceTimeoutMs(60_000).setProcessId(memberId).setClientTags(List.of()).setTopology(
              new Topology().setEpoch(0).setSubtopologies(List.of(new Subtopology().setSubtopologyId("0").setSourceTopics(topics))));
        }
        request.setActiveTasks(owned).setStandbyTasks(List.of()).setWarmupTasks(List.of());
        var answer = send(coordinator, request);
        if (answer.errorCode() != 0) {
          throw new IOException(Errors.forCode(answer.errorCode()) + ": " + answer.errorMessage());
        }
        epoch = answer.memberEpoch();
        if (answer.activeTasks() != null) {
          owned = answer.activeTasks().stream()
              .map(t -> new TaskIds().setSubtopologyId(t.subtopologyId()).setPartitions(t.partitions())).toList();
          if (!owned.isEmpty()) {
            assigned.complete(tasks(owned));
          }
        }
        Thread.sleep(200);
      }
      send(coordinator, heartbeat(LEAVE));
    } catch (Exception failure) {
      assigned.completeExceptionally(failure);
    }
  }

  private static List<String> tasks(List<TaskIds> owned) {
    List<String> names = new ArrayList<>();
    owned.forEach(task -> task.partitions().forEach(p -> names.add(task.subtopologyId() + "_" + p)));
    return names.stream().sorted().toList();
  }

  private StreamsGroupHeartbeatRequestData heartbeat(int epoch) {
    return new StreamsGroupHeartbeatRequestData().setGroupId(group).setMemberId(memberId).setMemberEpoch(epoch);
  }

  /** A connection to whichever broker coordinates the group: the others say that they do not. */
  private Socket join() throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 100; attempt++) {
      String[] address = bootstrap.get(attempt % bootstrap.size()).split(":");
      Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
      Errors error = Errors.forCode(send(socket, heartbeat(LEAVE)).errorCode());
      if (error != Errors.NOT_COORDINATOR && error != Errors.COORDINATOR_NOT_AVAILABLE
          && error != Errors.COORDINATOR_LOAD_IN_PROGRESS) {
        return socket;
      }
      socket.close();
      Thread.sleep(50);
    }
    throw new IOException("no broker coordinates " + group);
  }

  private StreamsGroupHeartbeatResponseData send(Socket socket, StreamsGroupHeartbeatRequestData request) throws IOException {
    var header = new RequestHeaderData().setRequestApiKey(API_KEY).setRequestApiVersion(VERSION)
        .setCorrelationId(correlation++).setClientId(clientId);
    ByteBuffer message = RequestUtils.serialize(header, (short) 2, request, VERSION);
    ByteBuffer frame = ByteBuffer.allocate(4 + message.remaining()).putInt(message.remaining()).put(message);
    socket.getOutputStream().write(frame.array());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] answer = new byte[in.readInt()];
    in.readFully(answer);
    ByteBufferAccessor body = new ByteBufferAccessor(ByteBuffer.wrap(answer));
    new ResponseHeaderData(body, (short) 1);
    return new StreamsGroupHeartbeatResponseData(body, VERSION);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public List<String> joined() throws Exception {
    return assigned.get(60, TimeUnit.SECONDS);
  }

  @Override
  public List<String> assignment() {
    return assigned.getNow(List.of());
  }

  @Override
  public void leave() throws InterruptedException {
    leaving = true;
    thread.join(10_000);
  }
}
