import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import { readBatches, type Codec } from '../records/batch.ts';
import { encodeBatch } from '../records/encodeBatch.ts';
import { cursorOver } from '../records/unpack.ts';
import type { SessionItem } from './fetchSession.ts';
import type { FetchedBatch } from './partitionState.ts';
import type { ReadEvent } from './readEvent.ts';
import { UnpackAhead } from './unpackAhead.ts';

const compress: Partial<Record<Codec, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => zlib.gzipSync(bytes),
  zstd: (bytes) => zlib.zstdCompressSync(bytes),
};

function batch(offset: number, codec: Codec, value = `${codec} ${offset}`, more: Partial<FetchedBatch> = {}) {
  const bytes = encodeBatch({ codec, compress: compress[codec] ?? ((b) => b), records: [{ offset, value }] });
  const fetched = { partition: 0, batch: readBatches(bytes).batches[0]!, from: offset, to: Infinity, next: offset + 1 };
  return { ...fetched, hidden: false, transaction: undefined, ...more };
}

const fetched = (...batches: FetchedBatch[]): SessionItem => ({ kind: 'fetched', batches });
const connection = (message: string): SessionItem => ({ kind: 'connection', message });

/** All items are there at once; `left` tells how many nobody has taken yet. */
function source(items: SessionItem[]) {
  const left = [...items];
  return { left, take: () => Promise.resolve(left.shift()), takeNow: () => left.shift() };
}

function told(event: ReadEvent): string {
  switch (event.kind) {
    case 'batch': {
      const cursor = cursorOver(event.batch, event.unpacked);
      cursor.next();
      return cursor.bytes.toString('utf8', cursor.valueStart, cursor.valueEnd);
    }
    case 'broken':
      return `${event.offset}: ${event.message}`;
    case 'connection':
      return String(event.message);
    default:
      return event.kind;
  }
}

async function all(ahead: UnpackAhead): Promise<string[]> {
  const events: string[] = [];
  for (let event = await ahead.next(); event; event = await ahead.next()) events.push(told(event));
  return events;
}

it('keeps the order of what unpacks at once, later, or not at all', async () => {
  const cut = batch(4, 'gzip');
  cut.batch.bytes[cut.batch.bytes.length - 1]! ^= 1;
  const items = [
    fetched(batch(0, 'gzip'), batch(1, 'none'), batch(2, 'zstd'), batch(3, 'gzip', 'never', { hidden: true }), cut),
    connection('reconnecting'),
    fetched(batch(5, 'gzip'), batch(6, 'zstd')),
    connection('again'),
  ];
  expect(await all(new UnpackAhead(source(items)))).toEqual([
    'gzip 0',
    'none 1',
    'zstd 2',
    'passed',
    expect.stringMatching(/^4: the batch is corrupt: its checksum is /),
    'reconnecting',
    'gzip 5',
    'zstd 6',
    'again',
  ]);
});

it('goes on into the answers that have arrived', async () => {
  const fetches = source(Array.from({ length: 5 }, (_, i) => fetched(batch(i, 'gzip'))));
  await new UnpackAhead(fetches).next();
  expect(fetches.left).toHaveLength(0);
});

it('waits with more than 8 MiB of what gzip says it will be, and with what needs no waiting', async () => {
  const large = 'x'.repeat(3 << 20);
  const gzip = source(Array.from({ length: 5 }, (_, i) => fetched(batch(i, 'gzip', large))));
  await new UnpackAhead(gzip).next();
  expect(gzip.left).toHaveLength(2);
  const none = source(Array.from({ length: 5 }, (_, i) => fetched(batch(i, 'none'))));
  await new UnpackAhead(none).next();
  expect(none.left).toHaveLength(4);
});
