/** What a change of the group costs on one partition, counted from its predecessor's commits. Offsets; null: not known. */
export interface Handover {
  /** Kept by Kafka and already handled by the predecessor. */
  handledBefore: number | null;
  /** Neither handled by the predecessor nor delivered to the successor: lost by the change. */
  handledByNobody: number | null;
  /** Handled by the predecessor and delivered to the successor again. */
  twice: number | null;
}

/**
 * End minus start overstates the loss: what lies below the predecessor's commit was handled. `first` is where the
 * successor begins; `committed` is the predecessor's commit (`none`: it never committed here; above the high
 * watermark nobody can tell what it handled).
 */
export function handover(
  state: { logStart: number | null; highWatermark: number | null },
  first: number | null,
  committed: number | 'none' | null,
): Handover {
  const { logStart: L, highWatermark: H } = state;
  if (L === null || H === null || committed === null)
    return { handledBefore: null, handledByNobody: null, twice: null };
  if (committed !== 'none' && committed > H) return { handledBefore: null, handledByNobody: null, twice: null };
  const handledTo = committed === 'none' ? L : Math.max(L, committed);
  return {
    handledBefore: handledTo - L,
    handledByNobody: first === null ? null : Math.max(0, first - handledTo),
    twice: first === null ? null : Math.max(0, handledTo - first),
  };
}
