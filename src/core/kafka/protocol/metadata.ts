import type { WireMessage } from '../transport/connection.ts';

export interface MetadataRequest {
  /** null: every topic the user may see. Never an empty list: old versions read it as all. */
  topics: readonly string[] | null;
}

export interface MetadataResponse {
  brokers: { id: number; host: string; port: number; rack: string | null }[];
  clusterId: string | null;
  /** -1 when there is none. */
  controllerId: number;
  topics: MetadataTopic[];
}

export interface MetadataTopic {
  errorCode: number;
  name: string;
  /** Hexadecimal; undefined before version 10. A topic that is created again gets a new one. */
  id: string | undefined;
  internal: boolean;
  partitions: {
    errorCode: number;
    partition: number;
    /** -1: no leader. */
    leader: number;
    replicas: number[];
    isr: number[];
  }[];
}

const NO_ID = '0'.repeat(32);

/** Metadata (key 3). Errors are per topic and partition: one bad item hides no other. Never creates a topic. */
export const metadataMessage: WireMessage<MetadataRequest, MetadataResponse> = {
  name: 'Metadata',
  apiKey: 3,
  minVersion: 4, // the first that can forbid creating topics
  maxVersion: 12,
  flexibleFrom: 9,
  encode(writer, version, request) {
    writer.array(request.topics, (name) => {
      if (version >= 10) writer.uuid(NO_ID);
      writer.string(name).tags();
    });
    writer.boolean(false); // do not create topics
    if (version >= 8 && version <= 10) writer.boolean(false); // cluster operations
    if (version >= 8) writer.boolean(false); // topic operations
    writer.tags();
  },
  decode(reader, version) {
    reader.int32(); // throttle ms
    const brokers = reader.array(() => {
      const broker = { id: reader.int32(), host: reader.string(), port: reader.int32(), rack: reader.nullableString() };
      reader.tags();
      return broker;
    });
    const clusterId = reader.nullableString();
    const controllerId = reader.int32();
    const topics = reader.array((): MetadataTopic => {
      const errorCode = reader.int16();
      const name = reader.nullableString() ?? '';
      const id = version >= 10 ? reader.uuid() : undefined;
      const internal = reader.boolean();
      const partitions = reader.array(() => {
        const code = reader.int16();
        const partition = reader.int32();
        const leader = reader.int32();
        if (version >= 7) reader.int32(); // leader epoch
        const replicas = reader.array(() => reader.int32());
        const isr = reader.array(() => reader.int32());
        if (version >= 5) reader.array(() => reader.int32()); // offline replicas
        reader.tags();
        return { errorCode: code, partition, leader, replicas, isr };
      });
      if (version >= 8) reader.int32(); // authorized operations
      reader.tags();
      return { errorCode, name, id, internal, partitions };
    });
    return { brokers, clusterId, controllerId, topics };
  },
};
