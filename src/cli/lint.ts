import * as l10n from '@vscode/l10n';
import type { Finding, Severity } from '../core/dapr/finding.ts';
import { lintWorkspace } from '../core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../core/dapr/lintOptions.ts';
import { lineStarts, positionAt } from '../core/dapr/yaml/lines.ts';
import { EXIT, flag, text, UsageError, wholeNumber, type Command, type OptionValues } from './command.ts';
import { nearestConfig, withConfig } from './lintConfig.ts';
import type { LintLine } from './lintLine.ts';
import { sarif } from './sarif.ts';
import { readSources } from './sources.ts';

export const lintCommand: Command = {
  name: 'lint',
  operands: 'PATH…',
  summary: () => l10n.t('what daprd will do with these component and subscription files'),
  options: {
    'stdin-filename': { type: 'string' },
    format: { type: 'string' },
    json: { type: 'boolean' },
    'max-warnings': { type: 'string' },
    'dapr-version': { type: 'string' },
    mode: { type: 'string' },
  },
  help: () => ({
    'stdin-filename': l10n.t('NAME  with PATH "-": check stdin under this name'),
    format: l10n.t('text|json|sarif  how to print the findings'),
    json: l10n.t('the same as --format json'),
    'max-warnings': l10n.t('N  exit 1 on more warnings than this, too'),
    'dapr-version': l10n.t('V  version of the Dapr runtime, e.g. 1.18.0'),
    mode: l10n.t('self-hosted|kubernetes  where daprd runs: some rules differ'),
  }),
  async run({ options, positionals, out, cwd, stdin, version }) {
    if (positionals.length === 0) throw new UsageError(l10n.t('lint needs at least one PATH (or "-" for stdin).'));
    const format = text(options, 'format') ?? (flag(options, 'json') ? 'json' : 'text');
    if (flag(options, 'json') && format !== 'json')
      throw new UsageError(l10n.t('--json means --format json: it does not go with --format {0}.', format));
    if (format !== 'text' && format !== 'json' && format !== 'sarif')
      throw new UsageError(l10n.t('--format takes text, json or sarif, not "{0}".', format));
    const config = await nearestConfig(cwd);
    if (config.problems.length > 0) throw new UsageError(config.problems.join('\n'));
    const lintOptions = { ...DEFAULT_LINT_OPTIONS, ...config.options, ...optionsFrom(options) };
    const maxWarnings = wholeNumber(options, 'max-warnings', 0) ?? config.maxWarnings;

    const stdinName = text(options, 'stdin-filename');
    if (stdinName !== undefined && !positionals.includes('-'))
      throw new UsageError(l10n.t('--stdin-filename names what is read from stdin: it needs the PATH "-".'));
    const files = await readSources(positionals, { cwd, stdin, ...(stdinName === undefined ? {} : { stdinName }) });
    const result = lintWorkspace(withConfig(files, config), lintOptions);
    const findings = files.flatMap((file) => linesOf(file.path, file.text, result.get(file.path) ?? []));

    if (format === 'json') await out.json({ filesChecked: result.size, findings });
    else if (format === 'sarif') await out.json(sarif(findings, version));
    else
      for (const f of findings) await out.line(`${f.file}:${f.line}:${f.column} ${f.severity} ${f.rule} ${f.message}`);

    const count = (severity: Severity) => findings.filter((f) => f.severity === severity).length;
    const warnings = count('warning');
    if (format === 'text')
      out.note(
        l10n.t(
          'Files with Dapr documents: {0} · errors: {1} · warnings: {2} · notes: {3}',
          result.size,
          count('error'),
          warnings,
          count('info'),
        ),
      );
    const tooMany = maxWarnings !== undefined && warnings > maxWarnings;
    if (tooMany) out.note(l10n.t('{0} warnings are more than the {1} allowed.', warnings, maxWarnings));
    return count('error') > 0 || tooMany ? EXIT.findings : EXIT.done;
  },
};

function optionsFrom(options: OptionValues): Partial<LintOptions> {
  const result: Partial<LintOptions> = {};
  const daprVersion = text(options, 'dapr-version')?.replace(/^v/, '');
  if (daprVersion !== undefined) {
    if (!/^\d+\.\d+(\.\d+)?/.test(daprVersion))
      throw new UsageError(l10n.t('--dapr-version takes a version such as 1.18.0, not "{0}".', daprVersion));
    result.daprVersion = daprVersion;
  }
  const mode = text(options, 'mode');
  if (mode !== undefined) {
    if (mode !== 'self-hosted' && mode !== 'kubernetes')
      throw new UsageError(l10n.t('--mode takes self-hosted or kubernetes, not "{0}".', mode));
    result.mode = mode;
  }
  return result;
}

function linesOf(file: string, source: string, findings: readonly Finding[]): LintLine[] {
  const starts = lineStarts(source);
  return findings
    .map((finding) => {
      const start = positionAt(starts, finding.range.start);
      const end = positionAt(starts, finding.range.end);
      return {
        file,
        line: start.line + 1,
        column: start.column + 1,
        endLine: end.line + 1,
        endColumn: end.column + 1,
        rule: finding.rule,
        severity: finding.severity,
        consequence: finding.consequence,
        message: finding.message,
        fixes: finding.fixes.map((fix) => fix.title),
      };
    })
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1));
}
