package lab;

import java.util.List;

/** One member of a group, running until it is told to leave. */
interface Member {
  /** Begins to join. */
  void start();

  /** Waits until it is a member and says what it then got. */
  List<String> joined() throws Exception;

  /** What it holds now. */
  List<String> assignment();

  /** Leaves the group. */
  void leave() throws Exception;

  /** How members are asked for: {@code member KIND GROUP CLIENT_ID TOPIC[,TOPIC…] [KEY=VALUE…]}. */
  static Member of(String bootstrap, String kind, String group, String clientId, List<String> topics,
      List<String> settings) throws Exception {
    switch (kind) {
      case "classic":
      case "consumer":
        return new ConsumerMember(bootstrap, kind, group, clientId, topics, settings);
      case "share":
      case "streams":
        // Kafka 3.x has neither: these classes are compiled for later versions only.
        String name = kind.equals("share") ? "lab.ShareMember" : "lab.StreamsMember";
        return (Member) Class.forName(name)
            .getDeclaredConstructor(String.class, String.class, String.class, List.class)
            .newInstance(bootstrap, group, clientId, topics);
      default:
        throw new IllegalArgumentException("a member is classic, consumer, share or streams, not " + kind);
    }
  }
}
