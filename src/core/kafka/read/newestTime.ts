import { MAX_TIMESTAMP } from '../protocol/listOffsets.ts';
import type { OffsetAnswer, TopicLog } from './topicLog.ts';

/** Times asked for at once in a search. */
const PROBES = 16;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Where a newest record is looked for first: how long before now, ms. */
const AGES = [3650 * DAY, 365 * DAY, 30 * DAY, DAY, HOUR, 0, -DAY, -3650 * DAY];
/** The last time there is; exact as a number. */
const END_OF_TIME = 2 ** 63 - 1024;

/**
 * ms of the newest record of these partitions, whichever has it, without reading one; undefined: none has a time, or
 * nobody tells, which adds to `problems`. Brokers tell since 3.0 (ListOffsets 7); of others it is searched for.
 */
export async function newestTime(
  log: TopicLog,
  partitions: readonly number[],
  problems: Set<string>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const told = await log.offsets(
    partitions.map((partition) => ({ partition, timestamp: MAX_TIMESTAMP })),
    0,
    signal,
  );
  const untold = [...told].flatMap(([partition, { tooOld }]) => (tooOld ? partition : []));
  for (const { error, tooOld } of told.values()) if (error !== undefined && !tooOld) problems.add(error);
  const newest = await searched(log, untold, latestOf([...told.values()]), problems, signal);
  return newest < 0 ? undefined : newest;
}

/**
 * The same by questions after the first record at or after a time: while there is one, the newest is at least as new.
 * @param low ms of a record that is known; negative: there may be none.
 */
async function searched(
  log: TopicLog,
  partitions: readonly number[],
  low: number,
  problems: Set<string>,
  signal: AbortSignal,
): Promise<number> {
  let high = END_OF_TIME;
  let left = partitions;
  const now = Date.now();
  let probes = [0, ...AGES.map((age) => now - age), Number.MAX_SAFE_INTEGER];
  while (left.length > 0) {
    const asked = [...new Set(probes)].filter((time) => time > low && time < high);
    if (asked.length === 0) break;
    const answers = await Promise.all(
      asked.map((timestamp) =>
        log.offsets(
          left.map((partition) => ({ partition, timestamp })),
          0,
          signal,
        ),
      ),
    );
    for (const [i, answer] of answers.entries()) {
      const latest = latestOf([...answer.values()]);
      if (latest < 0) high = Math.min(high, asked[i]!);
      else {
        low = Math.max(low, latest);
        // The others have nothing that new.
        left = [...answer].flatMap(([partition, { offset }]) => (offset === undefined ? [] : partition));
      }
    }
    const errors = answers.flatMap((answer) => [...answer].filter(([, { error }]) => error !== undefined));
    for (const [, { error }] of errors) problems.add(error!);
    const failed = new Set(errors.map(([partition]) => partition));
    left = left.filter((p) => !failed.has(p));
    probes = Array.from({ length: PROBES }, (_, i) => low + Math.round(((high - low) * (i + 1)) / (PROBES + 1)));
  }
  return low;
}

/** ms of the latest record named; -1: none is. */
function latestOf(answers: readonly OffsetAnswer[]): number {
  return answers.reduce((most, { offset, timestamp }) => (offset === undefined ? most : Math.max(most, timestamp)), -1);
}
