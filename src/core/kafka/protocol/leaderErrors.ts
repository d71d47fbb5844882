/**
 * Error codes by which a broker says "not I, or not yet": another one leads the partition, this one does not know yet
 * that it does (KIP-207: OFFSET_NOT_AVAILABLE until its followers have the log), or its disk failed and a new leader is
 * elected. Who meets one looks the leaders up again. The Java client asks again on the same codes.
 */
export const NOT_THE_LEADER: ReadonlySet<number> = new Set([
  5, // LEADER_NOT_AVAILABLE
  6, // NOT_LEADER_OR_FOLLOWER
  9, // REPLICA_NOT_AVAILABLE
  56, // KAFKA_STORAGE_ERROR
  74, // FENCED_LEADER_EPOCH
  75, // UNKNOWN_LEADER_EPOCH
  78, // OFFSET_NOT_AVAILABLE
]);

/** How often to look for the new leader, and ms between: the brokers hear of a move one after the other. */
export const LEADER_LOOKS = 15;
export const BETWEEN_LOOKS_MS = 150;
