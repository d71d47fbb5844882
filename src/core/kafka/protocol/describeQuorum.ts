import type { WireMessage } from '../transport/connection.ts';

export interface DescribeQuorumResponse {
  errorCode: number;
  /** Node id of the active controller; -1: there is none at the moment. */
  leaderId: number;
}

/**
 * DescribeQuorum (key 55, KIP-595) for the metadata log, which a broker passes on to the active controller. Only brokers
 * of KRaft offer it. Needs the right Describe on the cluster.
 */
export const describeQuorumMessage: WireMessage<null, DescribeQuorumResponse> = {
  name: 'DescribeQuorum',
  apiKey: 55,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  encode(writer) {
    writer.array(['__cluster_metadata'], (topic) => {
      writer.string(topic).array([0], (partition) => writer.int32(partition).tags());
      writer.tags();
    });
    writer.tags();
  },
  decode(reader, version) {
    const text = () => version >= 2 && reader.nullableString();
    const replica = () => {
      reader.int32(); // node id
      if (version >= 2) reader.uuid(); // of its directory
      reader.int64(); // log end offset
      if (version >= 1) for (const _ of ['last fetch', 'last caught up']) reader.int64();
      reader.tags();
    };
    const requestError = reader.int16();
    text();
    const [leader] = reader
      .array(() => {
        reader.string(); // topic
        const partitions = reader.array(() => {
          reader.int32(); // partition
          const errorCode = reader.int16();
          text();
          const leaderId = reader.int32();
          reader.int32(); // leader epoch
          reader.int64(); // high watermark
          for (const _ of ['voters', 'observers']) reader.array(replica);
          reader.tags();
          return { errorCode, leaderId };
        });
        reader.tags();
        return partitions;
      })
      .flat();
    if (version >= 2) {
      reader.array(() => {
        reader.int32(); // node id
        reader.array(() => {
          reader.string(); // listener
          reader.string(); // host
          reader.uint16(); // port
          reader.tags();
        });
        reader.tags();
      });
    }
    reader.tags();
    const none = { errorCode: requestError, leaderId: -1 };
    return requestError === 0 && leader ? leader : none;
  },
};
