import type { AbortedTransaction } from '../records/aborted.ts';
import type { WireMessage } from '../transport/connection.ts';

export interface FetchRequest {
  topic: string;
  /** 0: everything up to the high watermark; 1: up to the last stable offset, with the list of aborted transactions. */
  isolation: 0 | 1;
  /** ms the broker may wait for `minBytes`. */
  maxWaitMs: number;
  minBytes: number;
  /** Bytes for the whole answer; its first batch comes whole even above this. */
  maxBytes: number;
  partitions: { partition: number; offset: number; maxBytes: number }[];
}

export interface FetchResponse {
  throttleMs: number;
  errorCode: number;
  partitions: FetchedPartition[];
}

export interface FetchedPartition {
  partition: number;
  errorCode: number;
  /** -1 when unknown, like the two below (error 1). */
  highWatermark: number;
  lastStableOffset: number;
  logStart: number;
  /** null with isolation 0. */
  aborted: AbortedTransaction[] | null;
  /** Record batches; a view into the response. */
  records: Buffer;
}

/**
 * Fetch (key 1), version 11 only: the last by topic name that every broker from 2.3 to 4.x knows (13 and later want topic
 * ids). No fetch session, no leader epoch: a follower answers with data, so whoever fetches refreshes leaders by time.
 */
export const fetchMessage: WireMessage<FetchRequest, FetchResponse> = {
  name: 'Fetch',
  apiKey: 1,
  minVersion: 11,
  maxVersion: 11,
  flexibleFrom: 12,
  encode(writer, _version, request) {
    writer
      .int32(-1) // replica id: a consumer
      .int32(request.maxWaitMs)
      .int32(request.minBytes)
      .int32(request.maxBytes)
      .int8(request.isolation)
      .int32(0) // session id
      .int32(-1) // session epoch: no session
      .array([request.topic], (topic) => {
        writer.string(topic).array(request.partitions, (p) => {
          writer.int32(p.partition).int32(-1).int64(p.offset).int64(-1).int32(p.maxBytes);
        });
      })
      .array([], () => {}) // forgotten topics
      .string(''); // rack
  },
  decode(reader) {
    const throttleMs = reader.int32();
    const errorCode = reader.int16();
    reader.int32(); // session id
    const partitions = reader.array(() => {
      reader.string(); // the topic: only one was asked for
      return reader.array((): FetchedPartition => {
        const partition = reader.int32();
        const code = reader.int16();
        const highWatermark = reader.int64();
        const lastStableOffset = reader.int64();
        const logStart = reader.int64();
        const aborted = reader.nullableArray(() => ({ producerId: reader.int64(), firstOffset: reader.int64() }));
        reader.int32(); // preferred read replica
        const records = reader.nullableBytes() ?? Buffer.alloc(0);
        return { partition, errorCode: code, highWatermark, lastStableOffset, logStart, aborted, records };
      });
    });
    return { throttleMs, errorCode, partitions: partitions.flat() };
  },
};
