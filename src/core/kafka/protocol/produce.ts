import type { WireMessage } from '../transport/connection.ts';

export interface ProduceRequest {
  /** ms the leader may wait for the other replicas. */
  timeoutMs: number;
  topic: string;
  partition: number;
  /** Record batches of format v2. */
  records: Buffer;
}

export interface ProduceResponse {
  partitions: ProducedPartition[];
}

export interface ProducedPartition {
  partition: number;
  errorCode: number;
  /** Offset of the first record; -1 with an error. */
  baseOffset: number;
  /** ms since the epoch where the broker stamps records (LogAppendTime); -1 elsewhere. */
  appendTime: number;
  /** Records that were the reason for a refusal, by their place in the batch. Before version 8 none is named. */
  refused: { index: number; message: string | null }[];
  /** The broker's own words, where it sent some. */
  message: string | null;
}

/**
 * Produce (key 0), to the leader of the partition, which answers when all replicas in sync have it (acks -1). One
 * partition at a time: its answer says all there is to know. Neither idempotent nor transactional. Up to version 9;
 * 13 and later name topics by id.
 */
export const produceMessage: WireMessage<ProduceRequest, ProduceResponse> = {
  name: 'Produce',
  apiKey: 0,
  minVersion: 3, // the first for format v2
  maxVersion: 9,
  flexibleFrom: 9,
  encode(writer, _version, { timeoutMs, topic, partition, records }) {
    writer
      .string(null) // transactional id
      .int16(-1)
      .int32(timeoutMs)
      .array([topic], (name) => {
        writer.string(name).array([records], (bytes) => writer.int32(partition).bytes(bytes).tags());
        writer.tags();
      })
      .tags();
  },
  decode(reader, version) {
    const topics = reader.array(() => {
      reader.string(); // the topic: only one was written to
      const partitions = reader.array((): ProducedPartition => {
        const partition = reader.int32();
        const errorCode = reader.int16();
        const baseOffset = reader.int64();
        const appendTime = reader.int64();
        if (version >= 5) reader.int64(); // log start offset
        const refused =
          version < 8
            ? []
            : reader.array(() => {
                const record = { index: reader.int32(), message: reader.nullableString() };
                reader.tags();
                return record;
              });
        const message = version < 8 ? null : reader.nullableString();
        reader.tags();
        return { partition, errorCode, baseOffset, appendTime, refused, message };
      });
      reader.tags();
      return partitions;
    });
    reader.int32(); // throttle ms
    reader.tags();
    return { partitions: topics.flat() };
  },
};
