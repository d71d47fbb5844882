import type { Reader } from './bytes.ts';
import { topicPartitions, type TopicAssignment } from './groupAssignment.ts';
import { groupDescribe } from './groupDescribe.ts';

interface ConsumerMember {
  memberId: string;
  instanceId: string | null;
  clientId: string;
  host: string;
  assignment: TopicAssignment[];
}

/** Key 69 (KIP-848). Kafka 3.9 offers it and answers error 35 for every group unless new-style groups are on. */
export const consumerGroupDescribe = groupDescribe(
  { name: 'ConsumerGroupDescribe', apiKey: 69, minVersion: 0, maxVersion: 1 },
  (r, version) => {
    const assignor = r.string();
    return { assignor, members: r.array((m) => member(m, version)) };
  },
);

function member(r: Reader, version: number): ConsumerMember {
  const memberId = r.string();
  const instanceId = r.nullableString();
  r.nullableString(); // rack
  r.int32(); // epoch
  const clientId = r.string();
  const host = r.string();
  r.array((s) => s.string()); // subscribed names
  r.nullableString(); // subscribed pattern
  const assignment = assigned(r);
  assigned(r); // where the group is heading
  if (version >= 1) r.int8(); // 0 classic, 1 consumer
  r.tags();
  return { memberId, instanceId, clientId, host, assignment };
}

function assigned(r: Reader): TopicAssignment[] {
  const partitions = topicPartitions(r);
  r.tags();
  return partitions;
}
