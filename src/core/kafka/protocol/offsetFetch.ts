import type { WireMessage } from '../transport/connection.ts';
import type { Reader } from './bytes.ts';

export interface GroupCommits {
  group: string;
  errorCode: number;
  topics: { topic: string; partitions: CommittedPartition[] }[];
}

export interface CommittedPartition {
  partition: number;
  /** -1: never committed. */
  offset: number;
  metadata: string | null;
  errorCode: number;
}

/** Key 9, several groups at once, all their partitions. To be sent to the coordinator. Unknown group: no offsets, no error. */
export const offsetFetch: WireMessage<{ groups: readonly string[] }, { groups: GroupCommits[] }> = {
  name: 'OffsetFetch',
  apiKey: 9,
  minVersion: 8,
  maxVersion: 9,
  flexibleFrom: 6,
  encode(writer, version, { groups }) {
    writer.array(groups, (group, w) => {
      w.string(group);
      // member id and epoch: not a member
      if (version >= 9) w.string(null).int32(-1);
      w.array(null, () => undefined).tags();
    });
    writer.boolean(false).tags();
  },
  decode(reader) {
    reader.int32();
    const groups = reader.array((r) => {
      const group = r.string();
      const topics = r.array((t) => topic(t, true));
      const errorCode = r.int16();
      r.tags();
      return { group, topics, errorCode };
    });
    reader.tags();
    return { groups };
  },
};

/** The same for one group, for brokers before Kafka 3.0. */
export const offsetFetchOne: WireMessage<{ group: string }, { errorCode: number; topics: GroupCommits['topics'] }> = {
  name: 'OffsetFetch',
  apiKey: 9,
  minVersion: 2,
  maxVersion: 7,
  flexibleFrom: 6,
  encode(writer, version, { group }) {
    writer.string(group).array(null, () => undefined);
    if (version >= 7) writer.boolean(false);
    writer.tags();
  },
  decode(reader, version) {
    if (version >= 3) reader.int32();
    const topics = reader.array((t) => topic(t, version >= 5));
    const errorCode = reader.int16();
    reader.tags();
    return { errorCode, topics };
  },
};

function topic(r: Reader, withEpoch: boolean): GroupCommits['topics'][number] {
  const name = r.string();
  const partitions = r.array((p) => {
    const partition = p.int32();
    const offset = p.int64();
    if (withEpoch) p.int32();
    const committed = { partition, offset, metadata: p.nullableString(), errorCode: p.int16() };
    p.tags();
    return committed;
  });
  r.tags();
  return { topic: name, partitions };
}
