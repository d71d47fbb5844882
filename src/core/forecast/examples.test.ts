import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DryRunSetup } from '../dapr/delivery/dryRun.ts';
import { dryRun, type RangeRecord } from './dryRun.ts';
import type { DeliveryPlace } from '../../shared/replayPage.ts';

const VALUES = [
  '{"type":"order"}',
  '{"type":"other"}',
  '{"type":"order","expiration":"2025-01-01T00:00:00Z"}',
  'no JSON',
];
const [ORDER, OTHER, EXPIRED, BROKEN] = [0, 1, 2, 3];
const setup: DryRunSetup = {
  rawPayload: undefined,
  rules: [{ match: 'order', path: '/orders' }],
  defaultPath: undefined,
  deadLetterTopic: undefined,
  escapeHeaders: false,
  excludesHeader: undefined,
  now: Date.parse('2026-01-01T00:00:00Z'),
  daprVersion: '1.18.0',
  http: true,
  evaluate: (match, event) => event['type'] === match,
  keepsTrying: false,
};

/** What each partition holds, as indices of VALUES; and of whom the next record comes, each time the range is read. */
const log = fc.array(fc.constantFrom(ORDER, OTHER, EXPIRED, BROKEN), { minLength: 300, maxLength: 700, size: 'max' });
const logs = fc.array(log, { minLength: 2, maxLength: 3 });
const turns = fc.array(fc.nat(2), { minLength: 1, maxLength: 20 });

function* interleaved(partitions: readonly number[][], order: readonly number[]): Generator<RangeRecord> {
  const at = partitions.map(() => 0);
  let left = partitions.map((_, p) => p);
  for (let turn = 0; left.length > 0; turn++) {
    const partition = left[order[turn % order.length]! % left.length]!;
    const offset = at[partition]!++;
    const value = new TextEncoder().encode(VALUES[partitions[partition]![offset]!]);
    yield { partition, offset, value, headers: [] };
    left = left.filter((p) => at[p]! < partitions[p]!.length);
  }
}

const sorted = (places: readonly DeliveryPlace[]) => places.map(({ partition: p, offset }) => `${p}:${offset}`).sort();

it('shows every message of a fate, a hundred at a time, however the partitions take turns', async () => {
  const fates: Record<string, (log: number[], offset: number) => boolean> = {
    'delivered /orders': (log, at) => log[at] === ORDER,
    'dropped no-route': (log, at) => log[at] === OTHER,
    'dropped expired': (log, at) => log[at] === EXPIRED,
    // One of each run that a later commit covers.
    'skipped not-json': (log, at) =>
      log[at] === BROKEN && log[at - 1] !== BROKEN && log.slice(at).some((value) => value !== BROKEN),
  };
  let further = 0;
  await fc.assert(
    fc.asyncProperty(logs, turns, async (partitions, order) => {
      for (const [fate, isOf] of Object.entries(fates)) {
        const all = partitions.flatMap((log, partition) =>
          log.flatMap((_, offset) => (isOf(log, offset) ? [{ partition, offset }] : [])),
        );
        let { places, more } = (await dryRun(interleaved(partitions, order), setup)).examples.of(fate);
        expect(places).toHaveLength(Math.min(100, all.length));
        while (more) {
          const read = dryRun(interleaved(partitions, order), setup, undefined, { fate, after: places });
          const next = (await read).examples.of(fate);
          expect(next.places).toHaveLength(Math.min(100, all.length - places.length));
          places = [...places, ...next.places];
          more = next.more;
          further++;
        }
        expect(sorted(places)).toEqual(sorted(all));
      }
    }),
    { numRuns: 10 },
  );
  expect(further).toBeGreaterThan(0);
});

it('reads no further than the next hundred and the one that shows there are others', async () => {
  let read = 0;
  const endless = (function* () {
    for (;;) yield { partition: 0, offset: read++, value: new TextEncoder().encode(VALUES[EXPIRED]), headers: [] };
  })();
  const beyond = { fate: 'dropped expired', after: [{ partition: 0, offset: 99 }] };
  const { places, more } = (await dryRun(endless, setup, undefined, beyond)).examples.of(beyond.fate);
  expect([places[0]?.offset, places.at(-1)?.offset, more, read]).toEqual([100, 199, true, 202]);
});
