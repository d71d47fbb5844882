import * as l10n from '@vscode/l10n';
import type { Consequence, Finding, Fix } from '../finding.ts';
import type { Document } from '../resources/document.ts';
import { changeBetween, type Change } from '../resources/typing.ts';
import type { LintOptions } from '../lintOptions.ts';
import { Workspace, type LintResult, type SourceFile } from '../workspace.ts';
import { flowAsJson, isJson, isJsonFile } from '../yaml/jsonText.ts';
import { RULES } from './all.ts';
import { applyEdits } from './edits.ts';
import { missingStore } from './references.ts';
import { atLeast, type Problem, type Rule, type RuleContext } from './rule.ts';
import { isSuppressed, suppressions } from './suppressions.ts';

/** Findings of all files at once. */
export function lintWorkspace(files: readonly SourceFile[], options: LintOptions): LintResult {
  const linter = createLinter(options);
  for (const file of files) linter.set(file.path, file.text);
  const result: LintResult = new Map();
  for (const { path } of files) if (linter.hasDapr(path)) result.set(path, linter.findings(path));
  return result;
}

/** For an editor: files come, change and go; only changed documents are read and checked again. */
export interface Linter {
  set(path: string, text: string): void;
  remove(path: string): void;
  /** Sorted by place. Ranges count from the start of the file. Other files may change them: ask again after any change. */
  findings(path: string): Finding[];
  /** The same with those that are not shown: what daprd does with a file does not depend on what a person wants to see. */
  judgements(path: string): Judgement[];
  /** Whether the file holds at least one Dapr document. */
  hasDapr(path: string): boolean;
  /** The model behind: documents, components, subscriptions, apps. Read only. */
  readonly workspace: Workspace;
}

export interface Judgement extends Finding {
  /** Its rule is switched off, or off for this line by a comment. */
  hidden: boolean;
}

/** `rules`: others than those that need no cluster. */
export function createLinter(options: LintOptions, rules: readonly Rule[] = RULES): Linter {
  const workspace = new Workspace();
  const context: RuleContext = { options, workspace };
  const own = rulesByKind(rules.filter((rule) => rule.crossFile !== true));
  const crossFile = rulesByKind(rules.filter((rule) => rule.crossFile === true));
  const cache = new WeakMap<Document, { waits: boolean; findings: Judgement[] }>();

  const ownFindings = (document: Document): Judgement[] => {
    const waits = waitsForStore(document, context);
    let known = cache.get(document);
    if (known?.waits !== waits) {
      known = { waits, findings: check(own, document, context) };
      cache.set(document, known);
    }
    return known.findings;
  };

  const findingsOf = (document: Document) => [...ownFindings(document), ...check(crossFile, document, context)];
  const whileTyping = ({ before, text }: Document) =>
    before === undefined ? [] : outside(changeBetween(before.text, text), findingsOf(before), before.text, text);

  const judgements = (path: string): Judgement[] =>
    workspace
      .documents(path)
      .flatMap((document) => [...findingsOf(document), ...whileTyping(document)].map((f) => moved(f, document.start)))
      .sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));

  return {
    workspace,
    judgements,
    findings: (path) => judgements(path).flatMap(({ hidden, ...finding }) => (hidden ? [] : [finding])),
    set: (path, text) => workspace.set(path, text),
    remove: (path) => workspace.remove(path),
    hasDapr: (path) =>
      workspace.documents(path).some(({ resource, before }) => (before?.resource ?? resource) !== undefined),
  };
}

/** Findings that the change does not touch, where they stand now; fixes wait until the document parses. */
function outside(
  change: Change | undefined,
  findings: readonly Judgement[],
  before: string,
  after: string,
): Judgement[] {
  if (change === undefined) return [];
  const shift = after.length - before.length;
  return findings.flatMap((finding) => {
    const { start, end } = finding.range;
    if (end < change.prefix) return [{ ...finding, fixes: [] }];
    if (start < before.length - change.suffix) return [];
    return [{ ...finding, fixes: [], range: { start: start + shift, end: end + shift } }];
  });
}

type RulesByKind = ReadonlyMap<string | undefined, readonly Rule[]>;

/** Of nearly a hundred rules only those that a kind of document can break: the rest need not be asked. */
function rulesByKind(rules: readonly Rule[]): RulesByKind {
  const on = (kind: string | undefined) =>
    rules.filter((rule) => rule.on === 'document' || (rule.on ?? 'component') === kind);
  return new Map(['component', 'subscription', 'other', undefined].map((kind) => [kind, on(kind)]));
}

/** More of one kind in one document nobody reads; rules are lazy, so that a generated file stays cheap. */
const MAX_PER_RULE = 100;

/** A rule's problems as findings, still in the document's own offsets. */
function check(rules: RulesByKind, document: Document, context: RuleContext): Judgement[] {
  if (document.text === '' && document.separatorText === '') return [];
  const off = suppressions(document);
  const findings: Judgement[] = [];
  for (const rule of rules.get(document.resource?.kind) ?? []) {
    const isOff = context.options.severities[rule.id] === 'off';
    let told = 0;
    for (const problem of problemsOf(rule, document, context)) {
      const hidden = isOff || isSuppressed(off, rule.id, problem.range.start);
      findings.push({ ...toFinding(rule, problem, document, context), hidden });
      if (++told === MAX_PER_RULE) break;
    }
  }
  return findings;
}

function problemsOf(rule: Rule, document: Document, context: RuleContext): Iterable<Problem> {
  const { resource } = document;
  switch (rule.on) {
    case 'document':
      return rule.check(document, context);
    default:
      return resource?.kind === 'component' ? rule.check(resource, context) : [];
    case 'subscription':
      return resource?.kind === 'subscription' ? rule.check(resource, context) : [];
  }
}

function toFinding(rule: Rule, problem: Problem, document: Document, context: RuleContext): Finding {
  const stated = problem.consequence ?? rule.consequence ?? 'runs';
  const spared = stated === 'daprd-stops' && runsWithout(problem, document, context);
  const consequence = spared ? 'not-loaded' : stated;
  // A value in the message may end in a line break.
  const message =
    problem.message.replaceAll('\n', '\\n') +
    (spared ? ` ${l10n.t('Here it does not stop, but runs without this document.')}` : '');
  return {
    rule: rule.id,
    severity: configured(context.options, rule.id) ?? problem.severity ?? rule.severity,
    consequence,
    range: problem.range,
    message: message + whileRunning(consequence, context.options),
    fixes: fixesOf(problem, document),
  };
}

/** Fixes write YAML; in a JSON file as JSON, and those that cannot, a comment for one, are none there. */
function fixesOf({ fixes = [] }: Problem, { file, text }: Document): Fix[] {
  if (!isJsonFile(file) || !isJson(text)) return [...fixes];
  return fixes
    .map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, newText: flowAsJson(edit.newText) })) }))
    .filter(({ edits }) => isJson(applyEdits(text, edits)));
}

function configured(options: LintOptions, rule: string): 'error' | 'warning' | 'info' | undefined {
  const severity = options.severities[rule];
  return severity === 'off' ? undefined : severity;
}

/**
 * What stops daprd elsewhere does not when the document is skipped anyway, also with the List that it is an item of, when its component waits for a secret store
 * that never comes, or has `ignoreErrors: true` (scenario ignoreErrors).
 */
function runsWithout({ fatal }: Problem, document: Document, context: RuleContext): boolean {
  const { resource } = document;
  if (document.embedded === 'List' && context.options.mode === 'self-hosted') return true;
  if (fatal === 'loading' || resource === undefined || resource.kind === 'other') return false;
  const ignored = resource.kind === 'component' && resource.ignoreErrors && fatal !== 'panic';
  return resource.skipped || ignored || waitsForStore(document, context);
}

function waitsForStore({ resource }: Document, context: RuleContext): boolean {
  return resource?.kind === 'component' && missingStore(resource, context) !== undefined;
}

/** Since 1.18 daprd reloads changed files: a mistake reaches the sidecar that runs already. */
function whileRunning(consequence: Consequence, options: LintOptions): string {
  if (!atLeast(options, '1.18.0') || options.mode === 'kubernetes') return '';
  switch (consequence) {
    case 'daprd-stops':
      return ' ' + l10n.t('Saving this while daprd runs stops it, too.');
    case 'not-loaded':
      return ' ' + l10n.t('Saving this while daprd runs unloads it: its subscriptions stop without an error.');
    case 'runs':
      return '';
  }
}

function moved(finding: Judgement, by: number): Judgement {
  const shift = ({ start, end }: { start: number; end: number }) => ({ start: start + by, end: end + by });
  return {
    ...finding,
    range: shift(finding.range),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, range: shift(edit.range) })),
    })),
  };
}
