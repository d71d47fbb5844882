import type { WireMessage } from '../transport/connection.ts';

/** DeleteTopics (key 20), sent to the controller; by name, hence up to version 5. */
export const deleteTopicsMessage: WireMessage<
  { topics: string[]; timeoutMs: number },
  { topics: { name: string; errorCode: number; message: string | null }[] }
> = {
  name: 'DeleteTopics',
  apiKey: 20,
  minVersion: 1,
  maxVersion: 5,
  flexibleFrom: 4,
  encode(writer, _version, { topics, timeoutMs }) {
    writer
      .array(topics, (topic) => writer.string(topic))
      .int32(timeoutMs)
      .tags();
  },
  decode(reader, version) {
    reader.int32(); // throttle ms
    const topics = reader.array(() => {
      const result = {
        name: reader.string(),
        errorCode: reader.int16(),
        message: version >= 5 ? reader.nullableString() : null,
      };
      reader.tags();
      return result;
    });
    return { topics };
  },
};
