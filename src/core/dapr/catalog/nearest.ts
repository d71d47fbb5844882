// Apart from the catalog: what only compares names need not load all components.

/** The candidate with the fewest edits (letter case apart), at most a third of the name's length. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let distance = Math.floor(name.length / 3) + 1;
  for (const candidate of candidates) {
    const d = editDistance(name.toLowerCase(), candidate.toLowerCase(), distance);
    if (d < distance) {
      best = candidate;
      distance = d;
    }
  }
  return best;
}

/** Levenshtein distance, given up (returning `limit`) as soon as it cannot be below `limit`. */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    if (Math.min(...row) >= limit) return limit;
    previous = row;
  }
  return Math.min(previous[b.length] ?? 0, limit);
}
