import type { Consequence, Severity } from '../core/dapr/finding.ts';

/** One finding in the shape of the contract: positions count from 1 in UTF-16 units, the end is exclusive. */
export interface LintLine {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  rule: string;
  severity: Severity;
  consequence: Consequence;
  message: string;
  fixes: string[];
}
