import * as l10n from '@vscode/l10n';
import { handover } from '../dapr/delivery/handover.ts';
import { readersOf, type Reader, type ReaderOptions, type ReaderTopic } from '../dapr/delivery/readers.ts';
import { partitionStart } from '../dapr/delivery/start.ts';
import type { Finding } from '../dapr/finding.ts';
import { createLinter, type Linter } from '../dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS, Workspace, type LintOptions, type SourceFile } from '../dapr/workspace.ts';
import { lineStarts, positionAt } from '../dapr/yaml/lines.ts';
import {
  committedOf,
  gatherFacts,
  isUnclaimed,
  missingTopic,
  NO_FACTS,
  type Facts,
  type ForecastCluster,
} from './facts.ts';
import {
  summarize,
  type ComponentForecast,
  type ForecastProblem,
  type ForecastResult,
  type PartitionForecast,
  type TopicForecast,
} from './result.ts';

export { failures } from './failOn.ts';
export type { ForecastCluster } from './facts.ts';
export type { ForecastResult } from './result.ts';

export interface ForecastOptions extends Omit<ReaderOptions, 'namespace'> {
  /** Default: `default` self-hosted, the component's own in Kubernetes. */
  namespace?: string;
  /** The files before the change: their groups are the predecessors. */
  baseFiles?: readonly SourceFile[];
  /** The group that handled the messages before. */
  was?: string;
  lint?: Partial<LintOptions>;
}

export interface ForecastInput {
  files: readonly SourceFile[];
  /** null: no cluster; what only it knows stays null. */
  cluster: ForecastCluster | null;
  options: ForecastOptions;
  signal?: AbortSignal;
}

/** `was` names a group that does not exist: every figure of a handover from it would be wrong. */
export class UnknownPredecessor extends Error {
  override readonly name = 'UnknownPredecessor';
  constructor(group: string) {
    super(l10n.t('Group {0}, which handled the messages before, does not exist on this cluster.', group));
  }
}

/**
 * Joins component files with a cluster: for each component, app and topic where each partition would start and what
 * that costs. Faulty files give `problems`, never an exception; a cluster that cannot be reached throws.
 * @throws UnknownPredecessor, KafkaError
 */
export async function forecast(input: ForecastInput): Promise<ForecastResult> {
  const plan = planForecast(input.files, input.options);
  const facts =
    input.cluster === null
      ? NO_FACTS
      : await gatherFacts(input.cluster, plan, input.signal === undefined ? {} : { signal: input.signal });
  const { was } = input.options;
  if (was !== undefined && facts.groups.get(was)?.state === 'Dead') throw new UnknownPredecessor(was);
  return forecastFrom(plan, facts, input.cluster !== null);
}

/** Faults that depend on the environment daprd will run in (POD_NAME): the group's own sentence says that it is not known. */
const NOT_TOLD = new Set(['K-19']);

/** What the files alone tell: who reads what, and which topics and groups a cluster must be asked about. */
export interface ForecastPlan {
  readers: PlannedReader[];
  problems: ForecastProblem[];
  topics: string[];
  groups: string[];
}

interface PlannedReader {
  reader: Reader;
  file: string;
  line: number;
  /** daprd stops at this component's document, or runs without it. */
  notLoaded: boolean;
  /** The predecessor's group; null: it cannot be known; undefined: none was named. */
  predecessor: string | null | undefined;
}

export function planForecast(files: readonly SourceFile[], options: ForecastOptions): ForecastPlan {
  const lint = { ...DEFAULT_LINT_OPTIONS, ...options.lint };
  const linter = createLinter(lint);
  for (const file of files) linter.set(file.path, file.text);
  const places = new Map(files.map((file) => [file.path, lineStarts(file.text)]));
  const lineOf = (file: string, offset: number) => positionAt(places.get(file) ?? [0], offset).line + 1;

  const found = new Map(
    files.filter((file) => linter.hasDapr(file.path)).map((file) => [file.path, linter.findings(file.path)]),
  );
  const problems: ForecastProblem[] = [...found].flatMap(([file, findings]) =>
    findings
      .filter((f) => f.severity === 'error')
      .map((f) => ({ file, line: lineOf(file, f.range.start), message: `${f.rule}: ${f.message}` })),
  );
  const base = options.baseFiles === undefined ? undefined : readersIn(options.baseFiles, options, lint);
  const readers = readersOf(linter.workspace, readerOptions(options, lint)).map((reader): PlannedReader => {
    const { document } = reader.component;
    const at = { file: document.file, line: lineOf(document.file, document.start + reader.component.root.range.start) };
    problems.push(...readerProblems(reader, at, options));
    return {
      reader,
      ...at,
      notLoaded: isNotLoaded(reader, found.get(document.file) ?? [], options),
      predecessor: options.was ?? (base === undefined ? undefined : predecessorOf(reader, base)),
    };
  });
  if (readers.length === 0 && files.length > 0)
    problems.push({ file: files[0]?.path ?? '', line: 1, message: noReader(linter, options) });
  const groups = readers
    .flatMap(({ reader, predecessor }) => [reader.group.group, predecessor])
    .filter((group): group is string => typeof group === 'string' && group !== '');
  const topics = readers
    .flatMap(({ reader }) => reader.topics.map((topic) => topic.brokerTopic))
    .filter((topic): topic is string => topic !== null && isTopicName(topic));
  return { readers, problems, topics: [...new Set(topics)], groups: [...new Set(groups)] };
}

/** The figures, from facts that are there already: no request, so a control of the replay page answers at once. */
export function forecastFrom(plan: ForecastPlan, facts: Facts, connected: boolean): ForecastResult {
  const problems = [...plan.problems];
  const components = plan.readers.map((planned): ComponentForecast => {
    const { reader } = planned;
    return {
      name: reader.component.name,
      app: reader.app,
      file: planned.file,
      line: planned.line,
      group: reader.group.group,
      groupSource: reader.group.source,
      initialOffset: reader.initialOffset,
      topics: reader.topics.map((topic) => topicForecast(planned, topic, facts, connected, problems)),
    };
  });
  if (connected)
    for (const { reader, file, line } of plan.readers) {
      const group = reader.group.group === null ? undefined : facts.groups.get(reader.group.group);
      if (group?.error !== undefined)
        problems.push({ file, line, message: l10n.t('Group {0}: {1}', reader.group.group ?? '', group.error) });
    }
  return { components, problems: unique(problems) };
}

function topicForecast(
  planned: PlannedReader,
  { topic, brokerTopic }: ReaderTopic,
  facts: Facts,
  connected: boolean,
  problems: ForecastProblem[],
): TopicForecast {
  const known = brokerTopic === null ? undefined : facts.topics.get(brokerTopic);
  if (brokerTopic !== null && connected && (known === undefined || known.error !== undefined))
    problems.push({ file: planned.file, line: planned.line, message: missingTopic(brokerTopic, known?.error) });
  const partitions =
    brokerTopic === null ? [] : (known?.partitions ?? []).map((p) => partitionForecast(planned, brokerTopic, p, facts));
  return { topic, brokerTopic, partitions, summary: summarize(partitions) };
}

function partitionForecast(
  planned: PlannedReader,
  topic: string,
  p: { partition: number; logStart: number | null; highWatermark: number | null },
  facts: Facts,
): PartitionForecast {
  const { reader, notLoaded, predecessor } = planned;
  const { group, fresh } = reader.group;
  // A binding without a group joins nothing (F-00 in effect: `The provided group id was empty`).
  const nothingJoined = notLoaded || group === '';
  const committed = committedOf(facts, group, topic, p.partition);
  const start = partitionStart({ ...p, committed }, reader.initialOffset, {
    notLoaded: nothingJoined,
    fresh,
    history: group !== null && facts.groups.get(group)?.hasCommits === true ? 'some' : 'none',
    unclaimed: isUnclaimed(facts, group, topic, p.partition),
  });
  const before = predecessor === undefined ? undefined : committedOf(facts, predecessor, topic, p.partition);
  return {
    partition: p.partition,
    logStart: p.logStart,
    highWatermark: p.highWatermark,
    committed: typeof committed === 'number' ? committed : null,
    ...start,
    ...(before === undefined ? {} : { handover: handover(p, start.first, before) }),
  };
}

function readerOptions(options: ForecastOptions, lint: LintOptions): ReaderOptions {
  const { namespace, baseFiles: _base, was: _was, lint: _lint, ...rest } = options;
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

/** The reader of the same component and app before the change; a renamed app is told by being the only one. */
function predecessorOf(reader: Reader, base: readonly Reader[]): string | null | undefined {
  const same = base.filter(
    (other) => other.component.name === reader.component.name && other.component.type === reader.component.type,
  );
  const before = same.find((other) => other.app === reader.app) ?? (same.length === 1 ? same[0] : undefined);
  return before?.group.group;
}

function isNotLoaded(reader: Reader, findings: readonly Finding[], options: ForecastOptions): boolean {
  const { document, skipped } = reader.component;
  if (skipped) return true;
  const end = document.start + document.text.length;
  return (
    findings.some(
      (finding) =>
        finding.consequence !== 'runs' &&
        !NOT_TOLD.has(finding.rule) &&
        finding.range.start >= document.start &&
        finding.range.end <= end &&
        !(options.set?.initialOffset !== undefined && finding.rule === 'K-03'),
    ) ||
    (reader.initialOffset === null && options.set?.initialOffset !== undefined)
  );
}

function readerProblems(
  reader: Reader,
  at: { file: string; line: number },
  options: ForecastOptions,
): ForecastProblem[] {
  const problem = (message: string): ForecastProblem => ({ ...at, message });
  const problems: ForecastProblem[] = [];
  const { group, component } = reader;
  const appId = options.appId ?? reader.app;
  if (reader.topics.length === 0 && component.type === 'pubsub.kafka')
    problems.push(
      problem(
        l10n.t(
          '{0}: no Subscription of these files names it{1}. Name topics with --topic, if the app subscribes in code.',
          component.name,
          appId === null ? '' : ` (${appId})`,
        ),
      ),
    );
  if (group.unknown !== undefined) problems.push(problem(unknownGroup(component.name, group.unknown, group.template)));
  if (group.group === '')
    problems.push(
      problem(
        l10n.t(
          '{0}: the binding has neither consumerGroup nor consumerID: its group is empty and nothing is delivered.',
          component.name,
        ),
      ),
    );
  for (const { topic, brokerTopic } of reader.topics) {
    if (brokerTopic === null)
      problems.push(
        problem(
          l10n.t(
            '{0}: {namespace} renames topic {1} on the broker, and the namespace is not known. Give --namespace.',
            component.name,
            topic,
          ),
        ),
      );
    else if (!isTopicName(brokerTopic))
      problems.push(
        problem(
          l10n.t(
            '{0}: Kafka refuses the topic name "{1}", and all topics of this component stop (F-19).',
            component.name,
            brokerTopic,
          ),
        ),
      );
  }
  return problems;
}

function unknownGroup(
  name: string,
  why: 'secret' | 'uuid' | 'podName' | 'namespace' | 'appId',
  template: string | undefined,
): string {
  switch (why) {
    case 'secret':
      return l10n.t('{0}: the group comes from a secret, the environment or a template and is not known here.', name);
    case 'uuid':
      return l10n.t(
        '{0}: the group {1} gets a new name at every start; no start finds commits of an earlier one (F-17).',
        name,
        template ?? '',
      );
    case 'podName':
      return l10n.t('{0}: the group {1} depends on the pod and is not known here.', name, template ?? '');
    case 'namespace':
      return l10n.t(
        '{0}: the group {1} depends on the namespace, which is not known. Give --namespace.',
        name,
        template ?? '',
      );
    case 'appId':
      return l10n.t('{0}: the group depends on the app id, which no file tells. Give --app-id.', name);
  }
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

/** Kafka's rule for topic names. */
export function isTopicName(name: string): boolean {
  return /^[A-Za-z0-9._-]{1,249}$/.test(name) && name !== '.' && name !== '..';
}

function unique(problems: readonly ForecastProblem[]): ForecastProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
