import type { WireMessage } from '../transport/connection.ts';
import { Reader } from './bytes.ts';

export interface DescribedClassicGroup {
  errorCode: number;
  errorMessage: string | null;
  group: string;
  state: string;
  protocolType: string;
  /** The assignor's name. */
  protocol: string;
  members: {
    memberId: string;
    instanceId: string | null;
    clientId: string;
    host: string;
    /** See {@link decodeAssignment}. */
    assignment: Buffer;
  }[];
}

/** Key 15. Below version 6 a group that does not exist looks `Dead` without an error. */
export const describeGroups: WireMessage<{ groups: readonly string[] }, { groups: DescribedClassicGroup[] }> = {
  name: 'DescribeGroups',
  apiKey: 15,
  minVersion: 1,
  maxVersion: 6,
  flexibleFrom: 5,
  encode(writer, version, { groups }) {
    writer.array(groups, (group, w) => w.string(group));
    if (version >= 3) writer.boolean(false);
    writer.tags();
  },
  decode(reader, version) {
    reader.int32();
    const groups = reader.array((r) => {
      const described = {
        errorCode: r.int16(),
        errorMessage: version >= 6 ? r.nullableString() : null,
        group: r.string(),
        state: r.string(),
        protocolType: r.string(),
        protocol: r.string(),
        members: r.array((m) => {
          const memberId = m.string();
          const instanceId = version >= 4 ? m.nullableString() : null;
          const clientId = m.string();
          const host = m.string();
          m.bytes();
          const assignment = m.bytes();
          m.tags();
          return { memberId, instanceId, clientId, host, assignment };
        }),
      };
      if (version >= 3) r.int32();
      r.tags();
      return described;
    });
    reader.tags();
    return { groups };
  },
};

/**
 * The partitions of a classic member: ConsumerProtocolAssignment, the same layout in all its versions. Empty for a
 * member that has none and for groups of another protocol type (Connect writes its own).
 */
export function decodeAssignment(bytes: Buffer): { topic: string; partitions: number[] }[] {
  if (bytes.length === 0) return [];
  const reader = new Reader(bytes);
  reader.int16();
  return reader.array((r) => ({ topic: r.string(), partitions: r.array((p) => p.int32()) }));
}
