import type { WireMessage } from '../transport/connection.ts';

export interface CreateTopicsRequest {
  topics: { topic: string; partitions: number; replicationFactor: number; configs: [string, string][] }[];
  timeoutMs: number;
  /** Only check: nothing is created. */
  validateOnly: boolean;
}

/** The broker's own word on one item: `message` says what is wrong where it says more than the code. */
export interface ItemResult {
  name: string;
  errorCode: number;
  message: string | null;
}

/** CreateTopics (key 19), sent to the controller. From version 4 on -1 partitions or replicas mean the broker's default. */
export const createTopicsMessage: WireMessage<CreateTopicsRequest, { topics: ItemResult[] }> = {
  name: 'CreateTopics',
  apiKey: 19,
  minVersion: 2,
  maxVersion: 4,
  flexibleFrom: 5,
  encode(writer, _version, request) {
    writer.array(request.topics, (t) => {
      writer
        .string(t.topic)
        .int32(t.partitions)
        .int16(t.replicationFactor)
        .array([], () => undefined);
      writer.array(t.configs, ([name, value]) => writer.string(name).string(value));
    });
    writer.int32(request.timeoutMs).boolean(request.validateOnly);
  },
  decode(reader) {
    reader.int32(); // throttle ms
    const topics = reader.array(() => ({
      name: reader.string(),
      errorCode: reader.int16(),
      message: reader.nullableString(),
    }));
    return { topics };
  },
};
