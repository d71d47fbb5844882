/** Where a partition without a usable commit begins. */
export type InitialOffset = 'newest' | 'oldest';

/**
 * What daprd makes of the text of `initialOffset` (CC:common/component/kafka/utils.go:44-55): compared in any letter
 * case but not trimmed; empty is newest. null: daprd refuses it (`kafka error: invalid initialOffset: <text>`).
 * The key itself counts only when spelled exactly `initialOffset`.
 */
export function effectiveInitialOffset(text: string | undefined): InitialOffset | null {
  if (text === undefined || text === '') return 'newest';
  const lower = text.toLowerCase();
  return lower === 'newest' || lower === 'oldest' ? lower : null;
}

/** What somebody who wrote a word of another client most likely wanted. */
export function meantInitialOffset(text: string): InitialOffset | undefined {
  const word = text.trim().toLowerCase();
  if (['oldest', 'earliest', 'beginning', 'smallest', 'first', 'start', 'all', '-2', '0'].includes(word))
    return 'oldest';
  if (['newest', 'latest', 'end', 'largest', 'last', 'new', 'now', '-1'].includes(word)) return 'newest';
  return undefined;
}
