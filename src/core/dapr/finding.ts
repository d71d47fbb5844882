/** A place in a text: UTF-16 offsets, end exclusive. */
export interface TextRange {
  start: number;
  end: number;
}

export type Severity = 'error' | 'warning' | 'info';

/** What a daprd that is started with this file does: stops (Ex), runs without the resource (Eu), or runs. */
export type Consequence = 'daprd-stops' | 'not-loaded' | 'runs';

/** What a rule found. `message` is one localized sentence that says what daprd really does. */
export interface Finding {
  /** e.g. `K-03`; its page is docs/rules/K-03.md. */
  rule: string;
  severity: Severity;
  consequence: Consequence;
  range: TextRange;
  message: string;
  fixes: Fix[];
}

/** A quick fix: text edits in the same file that keep comments, style and indentation. */
export interface Fix {
  title: string;
  edits: { range: TextRange; newText: string }[];
  /** Preferred among several, and part of "fix all". */
  preferred?: boolean;
}
