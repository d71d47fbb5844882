import * as vscode from 'vscode';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../../core/dapr/lintOptions.ts';

/** The helper's settings, as the linter takes them. */
export function lintOptions(): LintOptions {
  const settings = vscode.workspace.getConfiguration('kafkaDapr.dapr');
  return {
    daprVersion: settings.get('version') || DEFAULT_LINT_OPTIONS.daprVersion,
    mode: settings.get<LintOptions['mode']>('mode') ?? DEFAULT_LINT_OPTIONS.mode,
    severities: settings.get<LintOptions['severities']>('severities') ?? {},
  };
}

export function affectsLint(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration('kafkaDapr.dapr');
}
