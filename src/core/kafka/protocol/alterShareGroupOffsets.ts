import type { WireMessage } from '../transport/connection.ts';

export interface AlterShareGroupOffsetsRequest {
  group: string;
  topics: { topic: string; partitions: { partition: number; offset: number }[] }[];
}

export interface AlterShareGroupOffsetsResponse {
  /** Of the whole request: then there are no topics. */
  errorCode: number;
  topics: { topic: string; partitions: { partition: number; errorCode: number }[] }[];
}

/**
 * AlterShareGroupOffsets (key 91, KIP-932, from Kafka 4.1), sent to the coordinator: new start offsets of an empty share
 * group, which forgets what it acknowledged. Error 68 while it has members, 69 for a group of another type. A missing group: 69
 * on 4.1, from 4.2 on it is *created*: check first.
 */
export const alterShareGroupOffsetsMessage: WireMessage<AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsResponse> =
  {
    name: 'AlterShareGroupOffsets',
    apiKey: 91,
    minVersion: 0,
    maxVersion: 0,
    flexibleFrom: 0,
    encode(writer, _version, request) {
      writer.string(request.group);
      writer.array(request.topics, ({ topic, partitions }) => {
        writer.string(topic).array(partitions, ({ partition, offset }) => {
          writer.int32(partition).int64(offset).tags();
        });
        writer.tags();
      });
      writer.tags();
    },
    decode(reader) {
      reader.int32(); // throttle ms
      const errorCode = reader.int16();
      reader.nullableString(); // the error's text
      const topics = reader.array(() => {
        const topic = reader.string();
        reader.uuid();
        const partitions = reader.array(() => {
          const partition = { partition: reader.int32(), errorCode: reader.int16() };
          reader.nullableString();
          reader.tags();
          return partition;
        });
        reader.tags();
        return { topic, partitions };
      });
      reader.tags();
      return { errorCode, topics };
    },
  };
