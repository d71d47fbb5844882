import type { WireMessage } from '../transport/connection.ts';

export interface DeleteRecordsRequest {
  /** Everything below `before` goes. */
  topics: { topic: string; partitions: { partition: number; before: number }[] }[];
  timeoutMs: number;
}

export interface DeleteRecordsResponse {
  topics: { topic: string; partitions: { partition: number; logStart: number; errorCode: number }[] }[];
}

/** DeleteRecords (key 21), sent to the leaders of the partitions. */
export const deleteRecordsMessage: WireMessage<DeleteRecordsRequest, DeleteRecordsResponse> = {
  name: 'DeleteRecords',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  encode(writer, _version, request) {
    writer.array(request.topics, ({ topic, partitions }) => {
      writer.string(topic).array(partitions, ({ partition, before }) => writer.int32(partition).int64(before).tags());
      writer.tags();
    });
    writer.int32(request.timeoutMs).tags();
  },
  decode(reader) {
    reader.int32(); // throttle ms
    const topics = reader.array(() => {
      const topic = reader.string();
      const partitions = reader.array(() => {
        const result = { partition: reader.int32(), logStart: reader.int64(), errorCode: reader.int16() };
        reader.tags();
        return result;
      });
      reader.tags();
      return { topic, partitions };
    });
    return { topics };
  },
};
