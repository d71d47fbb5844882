import type { WireMessage } from '../transport/connection.ts';

export interface DescribeLogDirsResponse {
  errorCode: number;
  directories: {
    errorCode: number;
    path: string;
    /** Bytes of each partition's log here; one that is being moved here is left out. */
    partitions: { topic: string; partition: number; bytes: number }[];
    /** Bytes of the volume, null before v4 (Kafka 3.3). */
    total: number | null;
    usable: number | null;
  }[];
}

/** DescribeLogDirs (key 35) of all partitions of the broker that is asked. Needs the right Describe on the cluster. */
export const describeLogDirsMessage: WireMessage<null, DescribeLogDirsResponse> = {
  name: 'DescribeLogDirs',
  apiKey: 35,
  minVersion: 1,
  maxVersion: 4,
  flexibleFrom: 2,
  encode(writer) {
    writer.array(null, () => undefined).tags();
  },
  decode(reader, version) {
    reader.int32(); // throttle ms
    const errorCode = version >= 3 ? reader.int16() : 0;
    const directories = reader.array(() => {
      const directoryError = reader.int16();
      const path = reader.string();
      const partitions = reader.array(() => {
        const topic = reader.string();
        const items = reader.array(() => {
          const item = { topic, partition: reader.int32(), bytes: reader.int64() };
          reader.int64(); // offset lag
          const future = reader.boolean();
          reader.tags();
          return future ? [] : [item];
        });
        reader.tags();
        return items.flat();
      });
      const [total, usable] = version >= 4 ? [reader.int64(), reader.int64()] : [-1, -1];
      reader.tags();
      const known = (bytes: number) => (bytes < 0 ? null : bytes);
      return {
        errorCode: directoryError,
        path,
        partitions: partitions.flat(),
        total: known(total),
        usable: known(usable),
      };
    });
    reader.tags();
    return { errorCode, directories };
  },
};
