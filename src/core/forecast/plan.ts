import * as l10n from '@vscode/l10n';
import { readersOf, type Reader, type ReaderOptions } from '../dapr/delivery/readers.ts';
import { isTopicName } from '../dapr/delivery/topicName.ts';
import type { Finding } from '../dapr/finding.ts';
import { parseLintConfig } from '../dapr/config.ts';
import { declaringOf } from '../dapr/resources/apps.ts';
import { createLinter, type Judgement, type Linter } from '../dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../dapr/lintOptions.ts';
import { Workspace, type SourceFile } from '../dapr/workspace.ts';
import { lineStarts, positionAt } from '../dapr/yaml/lines.ts';
import { readerProblems } from './readerProblems.ts';
import type { ForecastProblem } from './result.ts';
import { faultsOf, stopBeside, stopsIn, stopText, type Stop } from './stops.ts';

export interface ForecastOptions extends Omit<ReaderOptions, 'namespace'> {
  /** Default: `default` self-hosted, the component's own in Kubernetes. */
  namespace?: string;
  /** The files before the change: their groups are the predecessors. */
  baseFiles?: readonly SourceFile[];
  /** The group that handled the messages before. */
  was?: string;
  lint?: Runtime;
  /** Where what is missing can be told: as options of the command (default), or in the editor. */
  place?: 'command' | 'editor';
}

/** The runtime that the files are for. Default: the newest that is known, self-hosted. */
export type Runtime = Partial<Pick<LintOptions, 'daprVersion' | 'mode'>>;

/** What the files alone tell: who reads what, and which topics and groups a cluster must be asked about. */
export interface ForecastPlan {
  workspace: Workspace;
  readers: PlannedReader[];
  problems: ForecastProblem[];
  /** Of the problems, those of documents that are no YAML. */
  unreadable: ForecastProblem[];
  topics: string[];
  groups: string[];
}

export interface PlannedReader {
  reader: Reader;
  file: string;
  line: number;
  /** daprd stops at this component's document, or runs without it. */
  notLoaded: boolean;
  /** daprd of the app stops at another component: what stands here holds once that is mended. */
  stop?: Stop | undefined;
  /** The predecessor's group; null: it cannot be known; undefined: none was named. */
  predecessor?: string | null | undefined;
}

/** Files and what daprd makes of each: judged once, whatever is then asked about them. */
export interface JudgedFiles {
  linter: Linter;
  lint: LintOptions;
  files: readonly SourceFile[];
  /** Of the files that hold a Dapr document, by path. */
  judgements: ReadonlyMap<string, readonly Judgement[]>;
  stops: readonly Stop[];
  /** From 1. */
  lineOf: (file: string, offset: number) => number;
}

/** @param runtime which daprd, and where; a `kafka-dapr.config.yaml` among the files wins, as in the lint of them. */
export function judgeFiles(files: readonly SourceFile[], runtime: Runtime = {}): JudgedFiles {
  const lint = { ...DEFAULT_LINT_OPTIONS, ...runtimeOf(files, runtime) };
  const linter = createLinter(lint);
  for (const file of files) linter.set(file.path, file.text);
  const places = new Map(files.map((file) => [file.path, lineStarts(file.text)]));
  const judgements = new Map(
    files.filter((file) => linter.hasDapr(file.path)).map((file) => [file.path, linter.judgements(file.path)]),
  );
  const lineOf = (file: string, offset: number) => positionAt(places.get(file) ?? [0], offset).line + 1;
  return { linter, lint, files, judgements, stops: stopsIn(linter.workspace, judgements, lineOf), lineOf };
}

/** Which findings a person wants to see does not change what daprd does. */
function runtimeOf(files: readonly SourceFile[], { daprVersion, mode }: Runtime): Runtime {
  const declaring = declaringOf(files.map(({ path }) => path));
  const told = files.find(({ path }) => path === declaring);
  const { options } = parseLintConfig(told?.text ?? '');
  const runtime = { daprVersion: options.daprVersion ?? daprVersion, mode: options.mode ?? mode };
  return {
    ...(runtime.daprVersion === undefined ? {} : { daprVersion: runtime.daprVersion }),
    ...(runtime.mode === undefined ? {} : { mode: runtime.mode }),
  };
}

export function planForecast(files: readonly SourceFile[], options: ForecastOptions): ForecastPlan {
  return planOf(judgeFiles(files, options.lint), options);
}

/** `options.lint` has had its say when the files were judged. */
export function planOf(judged: JudgedFiles, options: ForecastOptions): ForecastPlan {
  const { linter, lint, files, judgements, lineOf } = judged;
  const errors = [...judgements].flatMap(([file, found]) =>
    found
      .filter((f) => f.severity === 'error' && (!f.hidden || f.consequence !== 'runs'))
      .map((f) => ({
        rule: f.rule,
        problem: { file, line: lineOf(file, f.range.start), message: `${f.rule}: ${f.message}` },
      })),
  );
  // One file may hold thousands of Subscriptions, each of which is looked at.
  const serious = new Map(
    [...judgements].map(([path, found]) => [path, found.filter((f) => f.consequence !== 'runs')]),
  );
  const problems: ForecastProblem[] = errors.map(({ problem }) => problem);
  const unreadable = errors.flatMap(({ rule, problem }) => (rule === 'C-13' ? [problem] : []));
  const base = options.baseFiles === undefined ? undefined : readersIn(options.baseFiles, options, lint);
  const read = readersOf(linter.workspace, readerOptions(options, lint));
  const readers = read.map((reader): PlannedReader => {
    const { document } = reader.component;
    const at = { file: document.file, line: lineOf(document.file, document.start + reader.component.root.range.start) };
    problems.push(...readerProblems(reader, at, options));
    const predecessor = options.was ?? (base === undefined ? undefined : predecessorOf(reader, base, read));
    if (base !== undefined && predecessor === undefined && reader.topics.length > 0)
      problems.push({ ...at, message: notThereBefore(reader) });
    const stop = stopBeside(reader, judged.stops);
    if (stop !== undefined) problems.push({ ...at, message: stopText(reader, stop) });
    const notLoaded = isNotLoaded(reader, (path) => serious.get(path) ?? [], options);
    return { reader, ...at, notLoaded, stop, predecessor };
  });
  if (readers.length === 0 && files.length > 0)
    problems.push({ file: files[0]?.path ?? '', line: 1, message: noReader(linter, options) });
  const groups = readers
    .flatMap(({ reader, predecessor }) => [reader.group.group, predecessor])
    .filter((group): group is string => typeof group === 'string' && group !== '');
  const topics = readers
    .flatMap(({ reader }) => reader.topics.map((topic) => topic.brokerTopic))
    .filter((topic): topic is string => topic !== null && isTopicName(topic));
  return {
    workspace: linter.workspace,
    readers,
    problems,
    unreadable,
    topics: [...new Set(topics)],
    groups: [...new Set(groups)],
  };
}

function notThereBefore({ component, app }: Reader): string {
  return l10n.t(
    '{0}: it was not there before the change, so that nothing is handed over: what is skipped counts from the log start.',
    app === null ? component.name : `${component.name} (${app})`,
  );
}

function readerOptions(options: ForecastOptions, lint: LintOptions): ReaderOptions {
  const { namespace, baseFiles: _base, was: _was, lint: _lint, place: _place, ...rest } = options;
  return { ...rest, namespace: namespace ?? (lint.mode === 'self-hosted' ? 'default' : null) };
}

/** The "what if" is about the new files only. */
function readersIn(files: readonly SourceFile[], options: ForecastOptions, lint: LintOptions): Reader[] {
  const workspace = new Workspace();
  for (const file of files) workspace.set(file.path, file.text);
  const { set: _set, appId: _app, ...rest } = readerOptions(options, lint);
  const named = options.appId === undefined ? [] : readersOf(workspace, { ...rest, appId: options.appId });
  return [...named, ...readersOf(workspace, rest)];
}

/**
 * The group of the same component and app before the change. A renamed app is told by being the only one that is new
 * where only one is gone. null: the group cannot be known; undefined: there was no such reader.
 */
export function predecessorOf(
  reader: Reader,
  base: readonly Reader[],
  today: readonly Reader[],
): string | null | undefined {
  const through = (readers: readonly Reader[]) =>
    readers.filter(
      ({ component }) => component.name === reader.component.name && component.type === reader.component.type,
    );
  const [before, now] = [through(base), through(today)];
  const same = before.find((other) => other.app === reader.app);
  if (same) return same.group.group;
  const gone = new Set(before.filter((old) => !now.some((other) => other.app === old.app)));
  const added = now.filter((other) => !before.some((old) => old.app === other.app));
  const [only] = gone;
  return gone.size === 1 && added.length === 1 ? only?.group.group : undefined;
}

/**
 * daprd stops at this component or runs without it, or stops at a Subscription through it (a `match` that is no CEL).
 * @param findingsOf those of a file
 */
export function isNotLoaded(
  reader: Reader,
  findingsOf: (file: string) => readonly Finding[],
  options: Pick<ForecastOptions, 'set'>,
): boolean {
  const { document, skipped } = reader.component;
  if (skipped) return true;
  const asked = options.set?.initialOffset !== undefined;
  const faults = (place: typeof document) =>
    faultsOf(place, findingsOf(place.file)).filter(({ rule }) => !(asked && rule === 'K-03'));
  return (
    reader.topics.some(
      ({ subscription }) =>
        subscription !== undefined &&
        subscription.told === undefined &&
        // At the start K-33 is tried again for ever instead: the dry run tells.
        faults(subscription.document).some((f) => f.consequence === 'daprd-stops' && f.rule !== 'K-33'),
    ) ||
    faults(document).some(({ consequence }) => consequence !== 'runs') ||
    (reader.initialOffset === null && asked)
  );
}

function noReader(linter: Linter, options: ForecastOptions): string {
  const kafka = linter.workspace.components.filter(
    (component) => component.type === 'pubsub.kafka' || component.type === 'bindings.kafka',
  );
  if (kafka.length === 0) return l10n.t('No Dapr component of type pubsub.kafka or bindings.kafka is in these files.');
  const names = kafka.map((component) => component.name).join(', ');
  if (options.component !== undefined && !kafka.some((component) => component.name === options.component))
    return l10n.t('No Kafka component is named {0}; there are: {1}.', options.component, names);
  return l10n.t('The scopes of {0} leave out app {1}: it does not load them.', names, options.appId ?? '');
}
