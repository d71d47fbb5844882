import { topicPartitions } from './groupAssignment.ts';
import { groupDescribe } from './groupDescribe.ts';

/** Key 77 (KIP-932); version 1 is the first stable one. */
export const shareGroupDescribe = groupDescribe(
  { name: 'ShareGroupDescribe', apiKey: 77, minVersion: 1, maxVersion: 1 },
  (r) => {
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
    return { assignor, members };
  },
);
