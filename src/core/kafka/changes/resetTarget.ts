/** Where a reset moves a group. */
export type ResetTarget =
  | { kind: 'earliest' }
  | { kind: 'latest' }
  | { kind: 'offset'; offset: number }
  /** ms since the epoch: the first record at or after it, else the end. */
  | { kind: 'time'; timestamp: number }
  /** Relative to the group's commit. */
  | { kind: 'shift'; by: number }
  /** Where another group stands. */
  | { kind: 'group'; group: string };

/** What is known of a partition when its new position is chosen. */
export interface ResetFacts {
  logStart: number;
  highWatermark: number;
  committed: number | null;
  /** For `time`: the first offset at or after it. */
  atTime: number | null;
  /** For `group`: where that group stands; null: never committed. */
  otherCommitted: number | null;
}

/**
 * The offset to commit, always within [log start, high watermark]: a commit outside would be thrown away by the next
 * reader, which would then start by its own default (auto.offset.reset, or Dapr's initialOffset).
 * null: there is nothing to start from (a shift of a group that never committed, a copy of one that never did).
 */
export function resetOffset(target: ResetTarget, facts: ResetFacts): number | null {
  const within = (offset: number) => Math.min(Math.max(offset, facts.logStart), facts.highWatermark);
  switch (target.kind) {
    case 'earliest':
      return facts.logStart;
    case 'latest':
      return facts.highWatermark;
    case 'offset':
      return within(target.offset);
    case 'time':
      return within(facts.atTime ?? facts.highWatermark);
    case 'shift':
      return facts.committed === null ? null : within(facts.committed + target.by);
    case 'group':
      return facts.otherCommitted === null ? null : within(facts.otherCommitted);
  }
}
