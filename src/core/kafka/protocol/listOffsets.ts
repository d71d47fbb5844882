import type { WireMessage } from '../transport/connection.ts';

/** Special timestamps of ListOffsets. `LATEST` with isolation 1 is the last stable offset. */
export const LATEST = -1;
export const EARLIEST = -2;
/** The record with the newest timestamp: by {@link newestOffsetsMessage} alone. */
export const MAX_TIMESTAMP = -3;

export interface ListOffsetsRequest {
  /** 0: up to the high watermark; 1: up to the last stable offset. */
  isolation: 0 | 1;
  /** A partition may be named once only: twice is error 42. */
  topics: { topic: string; partitions: { partition: number; timestamp: number }[] }[];
}

export interface ListOffsetsResponse {
  topics: { topic: string; partitions: ListedOffset[] }[];
}

export interface ListedOffset {
  partition: number;
  errorCode: number;
  /** Of the record at `offset`, ms; -1 for the special values but MAX_TIMESTAMP. */
  timestamp: number;
  /** -1: no record at or after the timestamp. */
  offset: number;
}

/** ListOffsets (key 2), asked of the partitions' leader: another broker answers error 6. */
export const listOffsetsMessage: WireMessage<ListOffsetsRequest, ListOffsetsResponse> = {
  name: 'ListOffsets',
  apiKey: 2,
  minVersion: 2,
  maxVersion: 9,
  flexibleFrom: 6,
  encode(writer, version, request) {
    writer.int32(-1).int8(request.isolation);
    writer.array(request.topics, (t) => {
      writer.string(t.topic).array(t.partitions, (p) => {
        writer.int32(p.partition);
        if (version >= 4) writer.int32(-1); // leader epoch
        writer.int64(p.timestamp).tags();
      });
      writer.tags();
    });
    writer.tags();
  },
  decode(reader, version) {
    reader.int32(); // throttle ms
    const topics = reader.array(() => {
      const topic = reader.string();
      const partitions = reader.array((): ListedOffset => {
        const listed = {
          partition: reader.int32(),
          errorCode: reader.int16(),
          timestamp: reader.int64(),
          offset: reader.int64(),
        };
        if (version >= 4) reader.int32(); // leader epoch
        reader.tags();
        return listed;
      });
      reader.tags();
      return { topic, partitions };
    });
    return { topics };
  },
};

/** The same for questions with {@link MAX_TIMESTAMP}: before version 7 a broker takes that for a time, and names the first record. */
export const newestOffsetsMessage: typeof listOffsetsMessage = { ...listOffsetsMessage, minVersion: 7 };
