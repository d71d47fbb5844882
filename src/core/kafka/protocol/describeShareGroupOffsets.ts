import type { WireMessage } from '../transport/connection.ts';

export interface ShareGroupOffsets {
  group: string;
  errorCode: number;
  errorMessage: string | null;
  topics: {
    topic: string;
    partitions: {
      partition: number;
      /** -1 until the group has begun with the partition. */
      startOffset: number;
      /** -1 when unknown and below version 1. */
      lag: number;
      errorCode: number;
      errorMessage: string | null;
    }[];
  }[];
}

/** Key 90 (KIP-932; version 1 adds the lag). All topics of each group. */
export const describeShareGroupOffsets: WireMessage<{ groups: readonly string[] }, { groups: ShareGroupOffsets[] }> = {
  name: 'DescribeShareGroupOffsets',
  apiKey: 90,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  encode(writer, _version, { groups }) {
    writer
      .array(groups, (group, w) =>
        w
          .string(group)
          .array(null, () => undefined)
          .tags(),
      )
      .tags();
  },
  decode(reader, version) {
    reader.int32();
    const groups = reader.array((r) => {
      const group = r.string();
      const topics = r.array((t) => {
        const topic = t.string();
        t.uuid();
        const partitions = t.array((p) => {
          const partition = p.int32();
          const startOffset = p.int64();
          p.int32(); // leader epoch
          const lag = version >= 1 ? p.int64() : -1;
          const offsets = { partition, startOffset, lag, errorCode: p.int16(), errorMessage: p.nullableString() };
          p.tags();
          return offsets;
        });
        t.tags();
        return { topic, partitions };
      });
      const result = { group, errorCode: r.int16(), errorMessage: r.nullableString(), topics };
      r.tags();
      return result;
    });
    reader.tags();
    return { groups };
  },
};
