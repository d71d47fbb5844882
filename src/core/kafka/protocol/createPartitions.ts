import type { WireMessage } from '../transport/connection.ts';
import type { ItemResult } from './createTopics.ts';

export interface CreatePartitionsRequest {
  /** `count`: how many partitions the topic shall have afterwards. */
  topics: { topic: string; count: number }[];
  timeoutMs: number;
  validateOnly: boolean;
}

/** CreatePartitions (key 37), sent to the controller. A topic can only grow. */
export const createPartitionsMessage: WireMessage<CreatePartitionsRequest, { topics: ItemResult[] }> = {
  name: 'CreatePartitions',
  apiKey: 37,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  encode(writer, _version, request) {
    writer.array(request.topics, ({ topic, count }) => {
      writer
        .string(topic)
        .int32(count)
        .array(null, () => undefined)
        .tags();
    });
    writer.int32(request.timeoutMs).boolean(request.validateOnly).tags();
  },
  decode(reader) {
    reader.int32(); // throttle ms
    const topics = reader.array(() => {
      const result = { name: reader.string(), errorCode: reader.int16(), message: reader.nullableString() };
      reader.tags();
      return result;
    });
    return { topics };
  },
};
