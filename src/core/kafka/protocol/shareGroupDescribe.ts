import type { WireMessage } from '../transport/connection.ts';
import { topicPartitions, type TopicAssignment } from './groupAssignment.ts';

export interface DescribedShareGroup {
  errorCode: number;
  errorMessage: string | null;
  group: string;
  state: string;
  assignor: string;
  members: { memberId: string; clientId: string; host: string; assignment: TopicAssignment[] }[];
}

/** Key 77 (KIP-932); version 1 is the first stable one. */
export const shareGroupDescribe: WireMessage<{ groups: readonly string[] }, { groups: DescribedShareGroup[] }> = {
  name: 'ShareGroupDescribe',
  apiKey: 77,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 0,
  encode(writer, _version, { groups }) {
    writer
      .array(groups, (group, w) => w.string(group))
      .boolean(false)
      .tags();
  },
  decode(reader) {
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
      const members = r.array((m) => {
        const memberId = m.string();
        m.nullableString(); // rack
        m.int32(); // epoch
        const clientId = m.string();
        const host = m.string();
        m.array((s) => s.string()); // subscribed names
        const assignment = topicPartitions(m);
        m.tags(); // of the assignment
        m.tags();
        return { memberId, clientId, host, assignment };
      });
      r.int32();
      r.tags();
      return { errorCode, errorMessage, group, state, assignor, members };
    });
    reader.tags();
    return { groups };
  },
};
