import * as l10n from '@vscode/l10n';
import type { CallOptions, GroupMember, GroupSummary, GroupType } from '../clusterClient.ts';
import { consumerGroupDescribe } from '../protocol/consumerGroupDescribe.ts';
import { decodeAssignment, describeGroups } from '../protocol/describeGroups.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onGroup } from '../protocol/rights.ts';
import { shareGroupDescribe } from '../protocol/shareGroupDescribe.ts';
import { streamsGroupDescribe } from '../protocol/streamsGroupDescribe.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { isMoving } from './whileMoving.ts';

const TOPIC_AUTHORIZATION_FAILED = 29;
const GROUP_AUTHORIZATION_FAILED = 30;

/** What the describe call of a group's type tells. */
export interface GroupDescription {
  state: string;
  assignor: string | null;
  members: GroupMember[];
  error?: string;
  /** The error passes by itself: ask the coordinator again. */
  moving?: true;
}

/**
 * Describes groups of one type at their coordinator, in one request.
 * @throws KafkaError when the coordinator does not answer or does not know the call.
 */
export async function describeOfType(
  broker: BrokerConnection,
  type: GroupType,
  groups: readonly GroupSummary[],
  options: CallOptions,
): Promise<Map<string, GroupDescription>> {
  const ids = groups.map((g) => g.group);
  switch (type) {
    case 'classic': {
      const answer = await broker.request(describeGroups, { groups: ids }, options);
      return byId(answer.groups, (g) => ({
        state: g.state,
        assignor: g.protocol === '' ? null : g.protocol,
        members: g.members.map((m) => member(m, g.protocolType === 'consumer' ? decodeAssignment(m.assignment) : [])),
      }));
    }
    case 'consumer': {
      const answer = await broker.request(consumerGroupDescribe, { groups: ids }, options);
      return byId(answer.groups, (g) => ({
        state: g.state,
        assignor: g.assignor === '' ? null : g.assignor,
        members: g.members.map((m) => member(m, m.assignment)),
      }));
    }
    case 'share': {
      const answer = await broker.request(shareGroupDescribe, { groups: ids }, options);
      return byId(answer.groups, (g) => ({
        state: g.state,
        assignor: g.assignor === '' ? null : g.assignor,
        members: g.members.map((m) => member({ ...m, instanceId: null }, m.assignment)),
      }));
    }
    case 'streams': {
      const answer = await broker.request(streamsGroupDescribe, { groups: ids }, options);
      return byId(answer.groups, (g) => ({
        state: g.state,
        assignor: null,
        members: g.members.map((m) => member(m, m.assignment)),
      }));
    }
  }
}

function byId<G extends { group: string; errorCode: number; errorMessage: string | null }>(
  groups: readonly G[],
  toDescription: (group: G) => GroupDescription,
): Map<string, GroupDescription> {
  return new Map(
    groups.map((g) => {
      const description = toDescription(g);
      return [
        g.group,
        g.errorCode === 0
          ? description
          : { ...description, error: sentence(g), ...(isMoving(g.errorCode) && { moving: true }) },
      ];
    }),
  );
}

function sentence({
  group,
  errorCode,
  errorMessage,
}: {
  group: string;
  errorCode: number;
  errorMessage: string | null;
}): string {
  // Kafka does not tell which one, since that would tell its name.
  if (errorCode === TOPIC_AUTHORIZATION_FAILED)
    return l10n.t('You lack the right Describe on a topic that this group reads. Ask for an ACL that allows it.');
  if (errorCode === GROUP_AUTHORIZATION_FAILED) return kafkaErrorSentence(errorCode, [onGroup('Describe', group)]);
  if (errorCode === 35) return l10n.t('This broker does not have groups of the new consumer protocol turned on.');
  return errorMessage ?? kafkaErrorSentence(errorCode);
}

interface DescribedMember {
  memberId: string;
  instanceId: string | null;
  clientId: string;
  host: string;
}

function member(
  { memberId, instanceId, clientId, host }: DescribedMember,
  assignment: GroupMember['assignment'],
): GroupMember {
  const described = { memberId, clientId, host: host.replace(/^\//, ''), assignment: sorted(assignment) };
  return instanceId === null ? described : { ...described, instanceId };
}

const sorted = (assignment: GroupMember['assignment']): GroupMember['assignment'] =>
  assignment
    .map(({ topic, partitions }) => ({ topic, partitions: [...partitions].sort((a, b) => a - b) }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
