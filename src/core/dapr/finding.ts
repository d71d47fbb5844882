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

/** A quick fix: text edits that keep comments, style and indentation. */
export interface Fix {
  title: string;
  /** In the same file. */
  edits: TextEdit[];
  /** What else it does; such a fix is no part of "fix all". */
  files?: FileChange[];
  /** Preferred among several, and part of "fix all". */
  preferred?: boolean;
}

export interface TextEdit {
  range: TextRange;
  newText: string;
}

/** Paths are relative to the workspace. Ranges count from the start of that file. */
export type FileChange =
  | { kind: 'edit'; path: string; edits: TextEdit[] }
  | { kind: 'create'; path: string; text: string }
  | { kind: 'move'; path: string; to: string };
