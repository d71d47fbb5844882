export interface LintOptions {
  /** Dapr runtime version the rules are judged for, e.g. "1.18.0". */
  daprVersion: string;
  mode: 'self-hosted' | 'kubernetes';
  /** Rule id -> severity it shall have, or "off". */
  severities: Record<string, 'error' | 'warning' | 'info' | 'off'>;
  /** Variables daprd is started with, where that is known; without it a variable may or may not be set. */
  environment?: Readonly<Record<string, string>>;
}

export const DEFAULT_LINT_OPTIONS: LintOptions = { daprVersion: '1.18.0', mode: 'self-hosted', severities: {} };
