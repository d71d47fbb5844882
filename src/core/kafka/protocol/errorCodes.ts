import * as l10n from '@vscode/l10n';
import { missingRight, type Right } from './rights.ts';

/** Kafka's name of an error code (protocol guide, "Error Codes"). */
function kafkaErrorName(code: number): string {
  return NAMES[code] ?? `ERROR_${code}`;
}

/**
 * What a Kafka error code means for the person who reads it, with the next step where there is one. `needed`: the rights
 * that the request needs; the one that is missing is named.
 */
export function kafkaErrorSentence(code: number, needed: readonly Right[] = []): string {
  return (
    missingRight(code, needed) ??
    sentence(code) ??
    l10n.t('Kafka answered with error {0} ({1}).', code, kafkaErrorName(code))
  );
}

function sentence(code: number): string | null {
  switch (code) {
    case 1:
      return l10n.t('The offset is not in the partition: it was already deleted by Kafka or does not exist yet.');
    case 3:
      return l10n.t('The topic or partition does not exist.');
    case 5:
      return l10n.t('The partition has no leader at the moment: its brokers are down.');
    case 6:
      return l10n.t('This broker no longer leads the partition; the leader has just moved. Refresh.');
    case 7:
      return l10n.t('The broker gave up waiting for other brokers. Try again.');
    case 9:
      return l10n.t('The replica is not available.');
    case 10:
      return l10n.t('The message is larger than the broker accepts (max.message.bytes).');
    case 14:
      return l10n.t('The group coordinator is still loading. Try again in a moment.');
    case 15:
      return l10n.t(
        'The group coordinator is not available: the brokers of __consumer_offsets are down or still starting.',
      );
    case 16:
      return l10n.t('The group has just moved to another coordinator. Refresh.');
    case 17:
      return l10n.t('The topic name is not valid: letters, digits, ".", "_" and "-" are allowed, at most 249.');
    case 18:
      return l10n.t('The batch is larger than a segment of the partition (segment.bytes).');
    case 19:
    case 20:
      return l10n.t('Too few replicas are in sync to accept the message.');
    case 22:
    case 25:
      return l10n.t('The group has running members: stop them first.');
    case 27:
      return l10n.t('The group is rebalancing. Try again in a moment.');
    case 24:
      return l10n.t('The group id is not valid.');
    case 29:
      return l10n.t('You are not allowed to see or change this topic. Ask for an ACL on it.');
    case 30:
      return l10n.t('You are not allowed to see or change this group. Ask for an ACL on it.');
    case 31:
      return l10n.t('You are not allowed to do this on the cluster. Ask for an ACL on it.');
    case 33:
      return l10n.t('The broker does not offer this login mechanism.');
    case 34:
      return l10n.t('The broker did not expect a login here: this listener may not use SASL.');
    case 35:
      return l10n.t('The broker does not support this request in the version that was asked for.');
    case 36:
      return l10n.t('A topic of this name exists already: choose another name.');
    case 37:
      return l10n.t('The number of partitions is not valid; it can only grow.');
    case 38:
      return l10n.t('The replication factor is larger than the number of available brokers.');
    case 40:
      return l10n.t('A configuration value is not valid.');
    case 41:
      return l10n.t('The broker that was asked is not the controller (any more). Try again.');
    case 42:
      return l10n.t('The broker says that the request is not valid.');
    case 44:
      return l10n.t('A policy of the cluster forbids this.');
    case 56:
      return l10n.t('A disk of the broker failed; its log says more.');
    case 58:
      return l10n.t('The broker refuses the login: check user name, password or token.');
    case 68:
      return l10n.t('The group has running members: stop them first.');
    case 69:
      return l10n.t('The group does not exist, or is of another type.');
    case 72:
      return l10n.t('The listener that was used does not exist on the leader of the partition.');
    case 73:
      return l10n.t('Deleting topics is turned off on this cluster (delete.topic.enable).');
    case 32:
      return l10n.t(
        'The timestamp of the record is out of the range that the topic accepts (message.timestamp.before.max.ms, message.timestamp.after.max.ms).',
      );
    case 74:
    case 75:
      return l10n.t('The leader of the partition has just changed. Refresh.');
    case 76:
      return l10n.t('The broker or the topic does not accept this compression.');
    case 78:
      return l10n.t('The offset is not known on all replicas yet. Try again in a moment.');
    case 86:
      return l10n.t('A member of the group still reads this topic: stop it first.');
    case 87:
      return l10n.t(
        'The broker refuses the record: it does not fit the topic (for example no key on a compacted topic).',
      );
    default:
      return null;
  }
}

const NAMES: Record<number, string> = {
  [-1]: 'UNKNOWN_SERVER_ERROR',
  0: 'NONE',
  1: 'OFFSET_OUT_OF_RANGE',
  2: 'CORRUPT_MESSAGE',
  3: 'UNKNOWN_TOPIC_OR_PARTITION',
  4: 'INVALID_FETCH_SIZE',
  5: 'LEADER_NOT_AVAILABLE',
  6: 'NOT_LEADER_OR_FOLLOWER',
  7: 'REQUEST_TIMED_OUT',
  8: 'BROKER_NOT_AVAILABLE',
  9: 'REPLICA_NOT_AVAILABLE',
  10: 'MESSAGE_TOO_LARGE',
  12: 'OFFSET_METADATA_TOO_LARGE',
  13: 'NETWORK_EXCEPTION',
  14: 'COORDINATOR_LOAD_IN_PROGRESS',
  15: 'COORDINATOR_NOT_AVAILABLE',
  16: 'NOT_COORDINATOR',
  17: 'INVALID_TOPIC_EXCEPTION',
  18: 'RECORD_LIST_TOO_LARGE',
  19: 'NOT_ENOUGH_REPLICAS',
  20: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND',
  21: 'INVALID_REQUIRED_ACKS',
  22: 'ILLEGAL_GENERATION',
  23: 'INCONSISTENT_GROUP_PROTOCOL',
  24: 'INVALID_GROUP_ID',
  25: 'UNKNOWN_MEMBER_ID',
  26: 'INVALID_SESSION_TIMEOUT',
  27: 'REBALANCE_IN_PROGRESS',
  28: 'INVALID_COMMIT_OFFSET_SIZE',
  29: 'TOPIC_AUTHORIZATION_FAILED',
  30: 'GROUP_AUTHORIZATION_FAILED',
  31: 'CLUSTER_AUTHORIZATION_FAILED',
  32: 'INVALID_TIMESTAMP',
  33: 'UNSUPPORTED_SASL_MECHANISM',
  34: 'ILLEGAL_SASL_STATE',
  35: 'UNSUPPORTED_VERSION',
  36: 'TOPIC_ALREADY_EXISTS',
  37: 'INVALID_PARTITIONS',
  38: 'INVALID_REPLICATION_FACTOR',
  39: 'INVALID_REPLICA_ASSIGNMENT',
  40: 'INVALID_CONFIG',
  41: 'NOT_CONTROLLER',
  42: 'INVALID_REQUEST',
  43: 'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  44: 'POLICY_VIOLATION',
  53: 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  54: 'SECURITY_DISABLED',
  56: 'KAFKA_STORAGE_ERROR',
  57: 'LOG_DIR_NOT_FOUND',
  58: 'SASL_AUTHENTICATION_FAILED',
  60: 'REASSIGNMENT_IN_PROGRESS',
  66: 'DELEGATION_TOKEN_EXPIRED',
  68: 'NON_EMPTY_GROUP',
  69: 'GROUP_ID_NOT_FOUND',
  72: 'LISTENER_NOT_FOUND',
  73: 'TOPIC_DELETION_DISABLED',
  74: 'FENCED_LEADER_EPOCH',
  75: 'UNKNOWN_LEADER_EPOCH',
  76: 'UNSUPPORTED_COMPRESSION_TYPE',
  78: 'OFFSET_NOT_AVAILABLE',
  86: 'GROUP_SUBSCRIBED_TO_TOPIC',
  87: 'INVALID_RECORD',
  89: 'THROTTLING_QUOTA_EXCEEDED',
  100: 'UNKNOWN_TOPIC_ID',
  105: 'TRANSACTIONAL_ID_NOT_FOUND',
};
