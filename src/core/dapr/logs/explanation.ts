/** One kind of line of daprd's log. */
export interface Explanation {
  pattern: RegExp;
  /** The rule that finds the cause in a file. */
  rule?: string;
  explain: (match: RegExpExecArray) => { cause: string; fix: string; rule?: string };
}

/** What a group of the pattern caught. */
export function group(match: RegExpExecArray, n = 1): string {
  return (match[n] ?? '').trim();
}
