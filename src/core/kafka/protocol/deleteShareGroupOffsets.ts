import type { WireMessage } from '../transport/connection.ts';

export interface DeleteShareGroupOffsetsRequest {
  group: string;
  topics: string[];
}

export interface DeleteShareGroupOffsetsResponse {
  /** Of the whole request: then there are no topics. */
  errorCode: number;
  topics: { topic: string; errorCode: number }[];
}

/** DeleteShareGroupOffsets (key 92, KIP-932, from Kafka 4.1), sent to the coordinator: whole topics of an empty group. */
export const deleteShareGroupOffsetsMessage: WireMessage<
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse
> = {
  name: 'DeleteShareGroupOffsets',
  apiKey: 92,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  encode(writer, _version, request) {
    writer.string(request.group).array(request.topics, (topic) => writer.string(topic).tags());
    writer.tags();
  },
  decode(reader) {
    reader.int32(); // throttle ms
    const errorCode = reader.int16();
    reader.nullableString(); // the error's text
    const topics = reader.array(() => {
      const topic = reader.string();
      reader.uuid();
      const result = { topic, errorCode: reader.int16() };
      reader.nullableString();
      reader.tags();
      return result;
    });
    reader.tags();
    return { errorCode, topics };
  },
};
