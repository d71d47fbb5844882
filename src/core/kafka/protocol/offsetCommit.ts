import type { WireMessage } from '../transport/connection.ts';

export interface OffsetCommitRequest {
  group: string;
  topics: { topic: string; partitions: { partition: number; offset: number }[] }[];
}

export interface OffsetCommitResponse {
  topics: { topic: string; partitions: { partition: number; errorCode: number }[] }[];
}

/**
 * OffsetCommit (key 8) as an administrator sends it: generation -1 and no member, which a broker takes for an empty
 * group only (error 25 while it has members, 69 for a share group). For a group that does not exist it *creates* one:
 * check first.
 */
export const offsetCommitMessage: WireMessage<OffsetCommitRequest, OffsetCommitResponse> = {
  name: 'OffsetCommit',
  apiKey: 8,
  minVersion: 5,
  maxVersion: 9,
  flexibleFrom: 8,
  encode(writer, version, request) {
    writer.string(request.group).int32(-1).string('');
    if (version >= 7) writer.string(null); // group.instance.id
    writer.array(request.topics, ({ topic, partitions }) => {
      writer.string(topic).array(partitions, ({ partition, offset }) => {
        writer.int32(partition).int64(offset);
        if (version >= 6) writer.int32(-1); // leader epoch
        writer.string('').tags(); // metadata
      });
      writer.tags();
    });
    writer.tags();
  },
  decode(reader) {
    reader.int32(); // throttle ms
    const topics = reader.array(() => {
      const topic = reader.string();
      const partitions = reader.array(() => {
        const partition = { partition: reader.int32(), errorCode: reader.int16() };
        reader.tags();
        return partition;
      });
      reader.tags();
      return { topic, partitions };
    });
    return { topics };
  },
};
