import type { PartitionRange } from './position.ts';
import type { TopicLog } from './topicLog.ts';

/** Requests under way at once: the broker answers one at a time per connection anyway … */
const PIPELINED = 16;
/** … and what else is asked of it waits behind all these looks. */
const LOOKS_UNDER_WAY = 2_000;
/** Looks into partitions' logs in a round. Where batches are small a broker does some 10 in a ms, and the first round is what people wait for. */
const LOOKS_A_ROUND = 4_000;

/** A range, and its position at every time that is known: the first and the last entry are its own ends. */
interface Track {
  range: PartitionRange;
  known: (number | undefined)[];
  /** It cannot be asked: what it has not told stays unknown. */
  failed: boolean;
}

interface Question {
  track: Track;
  /** Into `known`. */
  at: number;
}

/**
 * Where each range stands at each of `times` (ascending): its first offset at or after it, within the range. One list
 * per range, the range's own ends around them; they never fall, also where timestamps do.
 *
 * A request names a partition once only (twice is error 42), but each with a time of its own. So every partition's log is
 * divided more finely from round to round, and only where it holds something: what lies between two times with the same
 * offset is known, and so is what lies between a time and the record that answers it. The requests of a round are as many
 * as its busiest partition has questions, to each leader. After a round `onRound` is told the positions at every so many
 * of the times; where `mostLooks` are taken, that is the answer.
 */
export async function positionsAt(
  log: TopicLog,
  ranges: readonly PartitionRange[],
  times: readonly number[],
  { problems, mostLooks = Infinity, onRound, signal }: PositionOptions,
): Promise<Positions> {
  const last = times.length + 1;
  const tracks = ranges.map((range): Track => {
    const known = new Array<number | undefined>(last + 1);
    known[0] = range.start;
    known[last] = range.end!;
    return { range, known, failed: false };
  });
  const all = evenly(last, last);
  let entries = evenly(1, last);
  for (let parts = 1, looks = 0; parts < last;) {
    const open = tracks.reduce((sum, track) => sum + openGaps(track), 0);
    if (open === 0) break;
    const next = finer(parts, last, Math.max(2, Math.floor(LOOKS_A_ROUND / open) + 1));
    if (looks + (next / parts - 1) * open > mostLooks) return positionsOf(tracks, entries, times);
    parts = next;
    entries = evenly(parts, last);
    const questions = tracks.map((track) =>
      track.failed ? [] : entries.filter((at) => track.known[at] === undefined).map((at): Question => ({ track, at })),
    );
    looks += questions.reduce((sum, { length }) => sum + length, 0);
    await askAll(log, questions, times, problems, signal);
    if (parts < last) onRound?.(positionsOf(tracks, entries, times));
  }
  return positionsOf(tracks, all, times);
}

export interface PositionOptions {
  /** Sentences are added. */
  problems: Set<string>;
  /** Into partitions' logs, about: each costs the broker some 0.1 ms. */
  mostLooks?: number;
  onRound?: (found: Positions) => void;
  signal: AbortSignal;
}

/** Positions at all of the times, or at evenly chosen ones. */
export interface Positions {
  times: number[];
  /** Per range, its own ends around them. */
  positions: number[][];
}

/** Entries that cut a list ending at `last` into so many equal parts. */
const evenly = (parts: number, last: number): number[] =>
  Array.from({ length: parts + 1 }, (_, i) => (last / parts) * i);

/**
 * Into how many parts next: each of those now is cut, up to `factor` times where that can be, and all stay equally long, or
 * a bar would be higher for being longer.
 */
function finer(parts: number, last: number, factor: number): number {
  let next = last;
  for (let times = last / parts; times > 1; times--) {
    if (last % (parts * times) !== 0) continue;
    next = parts * times;
    if (times <= factor) break;
  }
  return next;
}

/** How often two known entries have unknown ones between them that may differ; what cannot differ is filled in. */
function openGaps({ known, failed }: Track): number {
  let gaps = 0;
  let from = 0;
  for (let to = 1; to < known.length; to++) {
    if (known[to] === undefined) continue;
    if (known[from] === known[to]) known.fill(known[to], from + 1, to);
    else if (to - from > 1) gaps++;
    from = to;
  }
  return failed ? 0 : gaps;
}

/** The n-th question of every partition goes into the n-th request. */
async function askAll(
  log: TopicLog,
  questions: readonly Question[][],
  times: readonly number[],
  problems: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  const requests = questions.reduce((most, { length }) => Math.max(most, length), 0);
  const underWay = Math.max(2, Math.min(PIPELINED, requests, Math.floor(LOOKS_UNDER_WAY / questions.length)));
  let next = 0;
  const ask = async (): Promise<void> => {
    while (next < requests) {
      const turn = next++;
      const asked = questions.flatMap((of) => of[turn] ?? []).filter(({ track }) => !track.failed);
      const answers = await log.offsets(
        asked.map(({ track, at }) => ({ partition: track.range.partition, timestamp: times[at - 1]! })),
        0,
        signal,
      );
      for (const { track, at } of asked) {
        const answer = answers.get(track.range.partition);
        if (answer?.error === undefined) learn(track, at, answer, times);
        else {
          track.failed = true;
          problems.add(answer.error);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: underWay }, ask));
}

function learn(
  { range, known }: Track,
  at: number,
  answer: { offset: number | undefined; timestamp: number } | undefined,
  times: readonly number[],
): void {
  const { start } = range;
  const end = range.end!;
  const offset = answer?.offset;
  known[at] = offset === undefined ? end : Math.min(end, Math.max(start, offset));
  // The record itself is later: until then there is no other. (Beyond 2^53 its time is not known exactly.)
  if (offset === undefined || !Number.isSafeInteger(answer!.timestamp)) return;
  for (let later = at + 1; later <= times.length && times[later - 1]! <= answer!.timestamp; later++)
    known[later] ??= known[at];
}

function positionsOf(tracks: readonly Track[], entries: readonly number[], times: readonly number[]): Positions {
  return {
    times: entries.slice(1, -1).map((at) => times[at - 1]!),
    positions: tracks.map(({ known }) => {
      const whole = filled(known);
      return entries.map((at) => whole[at]!);
    }),
  };
}

/** Rising from the range's start to its end: what is unknown stands where the next known one does. */
function filled(known: readonly (number | undefined)[]): number[] {
  const positions = new Array<number>(known.length);
  let next = known.at(-1)!;
  for (let at = known.length - 1; at >= 0; at--) positions[at] = next = Math.min(next, known[at] ?? next);
  return positions;
}
