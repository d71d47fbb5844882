import type { ClientChoices } from '../../shared/replayPage.ts';
import { offsetAt, type TimePoint } from '../kafka/read/timePoint.ts';
import { readsNothing } from '../dapr/delivery/start.ts';
import type { PartitionForecast } from './result.ts';

/** What a plain client would receive; offsets, an upper bound of messages; null: not known. */
export interface ClientStart {
  delivered: number | null;
  /** Kept by Kafka, never acknowledged in this group, and not going to be delivered. */
  skipped: number | null;
  /** Delivered although committed before; an upper bound where the commit lies above the end. */
  twice: number | null;
  /** Partitions on which it stops with an error: `none` has nothing to fall to. */
  stopsOn: number[];
}

/**
 * Where a Java or librdkafka client begins: at what it seeks to, else at the commit, and where that lies outside the log
 * (or there is none) at what auto.offset.reset says.
 */
export function clientStart(
  partitions: readonly PartitionForecast[],
  { reset, seek }: Pick<ClientChoices, 'reset' | 'seek'>,
  times: (partition: number) => readonly TimePoint[],
): ClientStart {
  const start: ClientStart = { delivered: 0, skipped: 0, twice: 0, stopsOn: [] };
  for (const p of partitions) {
    const { logStart: L, highWatermark: H, committed: C } = p;
    if (L === null || H === null || !isTold(p)) {
      start.delivered = start.skipped = start.twice = null;
      continue;
    }
    const valid = C !== null && C >= L && C <= H;
    const wanted = soughtOffset(seek, L, H, times(p.partition)) ?? (seek.kind === 'no' ? C : null);
    const fits = wanted !== null && wanted >= L && wanted <= H;
    if (!fits && reset === 'none') {
      start.stopsOn.push(p.partition);
      continue;
    }
    const first = fits ? wanted : reset === 'earliest' ? L : H;
    add(start, 'delivered', H - first);
    const handled = valid ? C : handledBefore(p, L, H);
    if (handled === null) {
      start.skipped = start.twice = null;
      continue;
    }
    add(start, 'skipped', Math.max(0, first - handled));
    // Above the end a commit is of another log: all of this one may have been handled, as of the component's own start.
    add(start, 'twice', Math.max(0, (C !== null && C > H ? H : handled) - first));
  }
  return start;
}

/** Whether it has a commit is known. */
const isTold = ({ committed, rule, skipped }: PartitionForecast): boolean =>
  committed !== null || (rule !== null && !(readsNothing(rule) && skipped === null));

/** Up to where a commit that was deleted or expired told that messages were handled; null: not known. */
function handledBefore({ rule, skipped, replayed }: PartitionForecast, L: number, H: number): number | null {
  if (rule === 'F-04') return replayed === null ? null : L + replayed;
  if (rule === 'F-03') return skipped === null ? null : H - skipped;
  return L;
}

function add(start: ClientStart, figure: 'delivered' | 'skipped' | 'twice', more: number): void {
  const sum = start[figure];
  if (sum !== null) start[figure] = sum + more;
}

/** null: it does not seek. An offset outside the log falls to auto.offset.reset; a time without messages is the end. */
function soughtOffset(
  seek: ClientChoices['seek'],
  logStart: number,
  highWatermark: number,
  points: readonly TimePoint[],
): number | null {
  switch (seek.kind) {
    case 'no':
      return null;
    case 'beginning':
      return logStart;
    case 'end':
      return highWatermark;
    case 'offset':
      return seek.offset;
    case 'time':
      return offsetAt(points, seek.timestamp, logStart, highWatermark);
  }
}
