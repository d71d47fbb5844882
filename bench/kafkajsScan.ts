// The stock kafkajs consumer at the job of `tail --count --grep`, given this product's codecs for those it lacks: joins a
// group, reads in batches (a handler for each message takes it 1.7 times the processor time), and leaves the group again.
//   node kafkajsScan.cjs BOOTSTRAP TOPIC TEXT TOTAL
import { randomUUID } from 'node:crypto';
import { CompressionCodecs, CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { Decompressor } from '../src/core/kafka/records/codecs/decompress.ts';

const [bootstrap, topic, text, total] = process.argv.slice(2) as [string, string, string, string];
const decompressor = new Decompressor();
for (const [codec, type] of [
  ['snappy', CompressionTypes.Snappy],
  ['lz4', CompressionTypes.LZ4],
  ['zstd', CompressionTypes.ZSTD],
] as const)
  CompressionCodecs[type] = () => ({
    compress: () => Promise.reject(new Error('this consumer only reads')),
    decompress: async (bytes: Buffer) => await decompressor.decompress(codec, bytes),
  });

const kafka = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
// Its default of 5 s would be waited for when it closes, since nothing more comes.
const consumer = kafka.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 50 });
const needle = Buffer.from(text);
let scanned = 0;
let matched = 0;
let ended = (): void => undefined;
const end = new Promise<void>((resolve) => (ended = resolve));
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  autoCommit: false,
  eachBatch: ({ batch }) => {
    for (const message of batch.messages) {
      scanned++;
      if (message.value?.includes(needle)) matched++;
    }
    if (scanned >= Number(total)) ended();
    return Promise.resolve();
  },
});
await end;
await consumer.disconnect();
console.log(JSON.stringify({ scanned, matched, errors: 0 }));
