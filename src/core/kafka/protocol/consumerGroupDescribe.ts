import type { WireMessage } from '../transport/connection.ts';
import type { Reader } from './bytes.ts';
import { topicPartitions, type TopicAssignment } from './groupAssignment.ts';

export interface DescribedConsumerGroup {
  errorCode: number;
  errorMessage: string | null;
  group: string;
  state: string;
  assignor: string;
  members: {
    memberId: string;
    instanceId: string | null;
    clientId: string;
    host: string;
    assignment: TopicAssignment[];
  }[];
}

/** Key 69 (KIP-848). Kafka 3.9 offers it and answers error 35 for every group unless new-style groups are on. */
export const consumerGroupDescribe: WireMessage<{ groups: readonly string[] }, { groups: DescribedConsumerGroup[] }> = {
  name: 'ConsumerGroupDescribe',
  apiKey: 69,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  encode(writer, _version, { groups }) {
    writer
      .array(groups, (group, w) => w.string(group))
      .boolean(false)
      .tags();
  },
  decode(reader, version) {
    reader.int32();
    const groups = reader.array((r) => {
      const errorCode = r.int16();
      const errorMessage = r.nullableString();
      const group = r.string();
      const state = r.string();
      // group epoch, assignment epoch
      r.int32();
      r.int32();
      const assignor = r.string();
      const members = r.array((m) => member(m, version));
      r.int32();
      r.tags();
      return { errorCode, errorMessage, group, state, assignor, members };
    });
    reader.tags();
    return { groups };
  },
};

function member(r: Reader, version: number): DescribedConsumerGroup['members'][number] {
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
