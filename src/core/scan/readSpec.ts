import type { End } from '../kafka/read/position.ts';
import type { CommittedOffsets } from '../kafka/read/resolveRanges.ts';
import type { ReadSpec } from '../../shared/messagesPage.ts';

/** A page's reading as ranges to resolve. */
export function rangeRequest(spec: ReadSpec, committed: CommittedOffsets) {
  const { start, isolation, partitions } = spec;
  return { start: start, end: endOf(spec), isolation, partitions, committed };
}

/** A count ends by matches: it reads to the end, or follows when it begins there. */
export function endOf({ start, end }: Pick<ReadSpec, 'start' | 'end'>, instead?: End): End {
  if (instead) return instead;
  switch (end.kind) {
    case 'follow':
      return { kind: 'forever' };
    case 'count':
      return start.kind === 'latest' ? { kind: 'forever' } : { kind: 'end' };
    case 'end':
    case 'offset':
    case 'time':
      return end as End;
  }
}
