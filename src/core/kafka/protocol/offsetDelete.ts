import type { WireMessage } from '../transport/connection.ts';

export interface OffsetDeleteRequest {
  group: string;
  topics: { topic: string; partitions: number[] }[];
}

export interface OffsetDeleteResponse {
  errorCode: number;
  topics: { topic: string; partitions: { partition: number; errorCode: number }[] }[];
}

/** OffsetDelete (key 47, KIP-496), sent to the coordinator. Error 86 per partition while a member reads the topic. */
export const offsetDeleteMessage: WireMessage<OffsetDeleteRequest, OffsetDeleteResponse> = {
  name: 'OffsetDelete',
  apiKey: 47,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: Infinity,
  encode(writer, _version, request) {
    writer.string(request.group).array(request.topics, ({ topic, partitions }) => {
      writer.string(topic).array(partitions, (partition) => writer.int32(partition));
    });
  },
  decode(reader) {
    const errorCode = reader.int16();
    reader.int32(); // throttle ms
    const topics = reader.array(() => ({
      topic: reader.string(),
      partitions: reader.array(() => ({ partition: reader.int32(), errorCode: reader.int16() })),
    }));
    return { errorCode, topics };
  },
};
