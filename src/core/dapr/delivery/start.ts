import type { InitialOffset } from './initialOffset.ts';

export type ForecastRule =
  | 'F-00'
  | 'F-01'
  | 'F-02'
  | 'F-03'
  | 'F-04'
  | 'F-05a'
  | 'F-05b'
  | 'F-06a'
  | 'F-06b'
  | 'F-07'
  | 'F-08'
  | 'F-09'
  | 'F-10'
  | 'F-11'
  | 'F-12'
  | 'F-13'
  | 'F-14'
  | 'F-15'
  | 'F-16'
  | 'F-17'
  | 'F-18'
  | 'F-19'
  | 'F-20'
  | 'F-21'
  | 'F-22'
  | 'F-23'
  | 'F-24'
  | 'F-25';

/** daprd does not load the component, Kafka does not let it join or refuses what it asks, or one of its topics is not there. */
export type NothingRead = 'F-00' | 'F-18' | 'F-19' | 'F-25';

export const readsNothing = (rule: ForecastRule | null): rule is NothingRead =>
  rule === 'F-00' || rule === 'F-18' || rule === 'F-19' || rule === 'F-25';

/** One partition as the cluster shows it. Offsets; null: not known. */
export interface PartitionState {
  /** First offset still kept. */
  logStart: number | null;
  /** Offset the next record will get (read_uncommitted: daprd never asks for the last stable offset). */
  highWatermark: number | null;
  /** The group's commit: a number, `none`, or null when it is not known. */
  committed: number | 'none' | null;
}

/** What else decides which rule applies. All optional: the plain case needs none of it. */
export interface StartContext {
  /** Whether the group has commits on other partitions, had some that expired, or never existed. Default `none`. */
  history?: 'none' | 'some' | 'expired';
  /** The group gets a new name at each start (`{uuid}`). */
  fresh?: boolean;
  /** The group runs but no member claims this partition: it was added after the assignment. */
  unclaimed?: boolean;
  /** Why the component reads nothing at all. */
  nothingRead?: NothingRead | undefined;
}

/** What happens to one partition when the component starts now. Offsets, an upper bound of messages; null: not known. */
export interface PartitionStart {
  /** First offset that is delivered; null: none, or not known. */
  first: number | null;
  /** Delivered right after the start. */
  backlog: number | null;
  /** Kept by Kafka, never acknowledged by this group, and not going to be delivered to it. */
  skipped: number | null;
  /** Deleted by Kafka before this group read them. */
  gone: number | null;
  /** Delivered again although handled before (an upper bound). */
  replayed: number | null;
  rule: ForecastRule | null;
}

const UNKNOWN: PartitionStart = { first: null, backlog: null, skipped: null, gone: null, replayed: null, rule: null };

/**
 * Where a claim on this partition begins. A commit inside `[log start, high watermark]` is used; anything else falls
 * to `initialOffset` (SAR:consumer_group_session.go:238-245,457-466; SAR:consumer.go:686-711). Checked against 65
 * partition starts of a real daprd.
 */
export function partitionStart(
  state: PartitionState,
  initialOffset: InitialOffset | null,
  context: StartContext = {},
): PartitionStart {
  const { logStart: L, highWatermark: H } = state;
  if (L === null || H === null) return context.nothingRead ? { ...UNKNOWN, rule: context.nothingRead } : UNKNOWN;
  const C = context.fresh === true ? 'none' : state.committed;
  if (context.nothingRead) return nothingIsRead(L, H, C, context.nothingRead);
  if (C === null) return UNKNOWN;
  if (C !== 'none' && L <= C && C <= H)
    return { first: C, backlog: H - C, skipped: 0, gone: 0, replayed: 0, rule: C === H ? 'F-10' : 'F-01' };
  if (initialOffset === null) return { ...UNKNOWN, gone: C === 'none' ? 0 : Math.max(0, L - C) };

  const first = initialOffset === 'oldest' ? L : H;
  const at = { first, backlog: H - first, skipped: first - L };
  if (C !== 'none' && C < L)
    return { ...at, gone: L - C, replayed: 0, rule: initialOffset === 'newest' ? 'F-05a' : 'F-05b' };
  if (C !== 'none')
    return {
      ...at,
      gone: 0,
      replayed: initialOffset === 'oldest' ? H - L : 0,
      rule: initialOffset === 'newest' ? 'F-06a' : 'F-06b',
    };
  return {
    ...at,
    gone: 0,
    replayed: replayedWithoutCommit(initialOffset, H - L, context),
    rule: ruleWithoutCommit(initialOffset, H - L, context),
  };
}

/**
 * A start after the group was deleted or its commits expired: as a first one, but what was handled `before` its last
 * commit is then delivered again, or not missed. `before`: that commit, `none`, or null when it is not known.
 */
export function startWithoutCommit(
  log: Pick<PartitionState, 'logStart' | 'highWatermark'>,
  initialOffset: InitialOffset | null,
  before: number | 'none' | null,
  context: Pick<StartContext, 'fresh' | 'nothingRead'>,
): PartitionStart {
  const history = before === 'none' ? 'none' : 'expired';
  const start = partitionStart({ ...log, committed: 'none' }, initialOffset, { ...context, history });
  const { logStart: L, highWatermark: H } = log;
  if (before === 'none' || L === null || H === null || start.first === null || context.fresh === true) return start;
  if (before === null) return initialOffset === 'oldest' ? { ...start, replayed: null } : { ...start, skipped: null };
  // A commit above the end is of another log: nobody can tell what was handled, so both are upper bounds.
  if (before > H) return initialOffset === 'oldest' ? { ...start, replayed: H - L } : { ...start, skipped: H - L };
  const handled = Math.max(before, L) - L;
  // What Kafka deleted before the group read it does not come back because the group is gone.
  const gone = Math.max(0, L - before);
  return initialOffset === 'oldest'
    ? { ...start, gone, replayed: handled }
    : { ...start, gone, skipped: H - L - handled };
}

function ruleWithoutCommit(initialOffset: InitialOffset, kept: number, context: StartContext): ForecastRule {
  if (context.fresh === true) return 'F-17';
  if (context.unclaimed === true) return initialOffset === 'newest' ? 'F-07' : 'F-08';
  if (kept === 0) return 'F-09';
  if (initialOffset === 'oldest') return 'F-04';
  return (context.history ?? 'none') === 'none' ? 'F-02' : 'F-03';
}

function replayedWithoutCommit(initialOffset: InitialOffset, kept: number, context: StartContext): number {
  if (initialOffset === 'newest') return 0;
  // A group of another name each time: what an earlier start handled comes again; so does what an expired one did.
  return context.fresh === true || context.history === 'expired' ? kept : 0;
}

/** Nothing is read, and the group's offsets stay untouched. */
function nothingIsRead(L: number, H: number, C: number | 'none' | null, rule: NothingRead): PartitionStart {
  const from = C === null ? null : C === 'none' || C < L || C > H ? L : C;
  const gone = C === null ? null : C === 'none' ? 0 : Math.max(0, L - C);
  return { first: null, backlog: 0, skipped: from === null ? null : H - from, gone, replayed: 0, rule };
}
