import type { Finding } from './finding.ts';

/** One file of a workspace as the helper sees it. `path` is relative to the workspace, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

export interface LintOptions {
  /** Dapr runtime version the rules are judged for, e.g. "1.18.0". */
  daprVersion: string;
  mode: 'self-hosted' | 'kubernetes';
  /** Rule id -> severity it shall have, or "off". */
  severities: Record<string, 'error' | 'warning' | 'info' | 'off'>;
}

export const DEFAULT_LINT_OPTIONS: LintOptions = { daprVersion: '1.18.0', mode: 'self-hosted', severities: {} };

/** Findings per file that holds at least one Dapr document; other files are absent. */
export type LintResult = Map<string, Finding[]>;
