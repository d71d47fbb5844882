import * as l10n from '@vscode/l10n';
import { readersOf, type Reader, type ReaderTopic } from '../dapr/delivery/readers.ts';
import { startSentence } from '../dapr/delivery/sentences.ts';
import { readsNothing, type NothingRead } from '../dapr/delivery/start.ts';
import type { LintOptions } from '../dapr/lintOptions.ts';
import type { Workspace } from '../dapr/workspace.ts';
import { committedOf, type Facts } from './facts.ts';
import { lengthText } from './downtime.ts';
import type { TopicHistory } from './history.ts';
import { refusals } from './nothingRead.ts';
import type { PlannedReader } from './plan.ts';
import type { ComponentForecast, PartitionForecast, Summary, TopicForecast } from './result.ts';
import { estimated, type TopicSample } from './sample.ts';
import { stopLine, stopText } from './stops.ts';
import { topicDowntime } from './topicDowntime.ts';
import { count, memberCount, messageCount } from '../../shared/counts.ts';

/** What is known of a cluster beside offsets and commits. */
export interface Sampled {
  /** By name on the broker. */
  samples: ReadonlyMap<string, TopicSample>;
  /** By name on the broker: when its messages were written, and how long they are kept. */
  history: ReadonlyMap<string, TopicHistory>;
  /** Topics whose records could not be looked at, each with a sentence. */
  unread: ReadonlyMap<string, string>;
  /** For `excludeHeaderMetaRegex`: the engine loads with the first sample. */
  compileRegex: (pattern: string) => (text: string) => boolean;
}

export const NOTHING_SAMPLED: Sampled = {
  samples: new Map(),
  history: new Map(),
  unread: new Map(),
  compileRegex: () => () => false,
};

/** One reader of the files beside what a connected cluster says about its topics and its group. */
export interface LiveReader extends Sampled {
  planned: PlannedReader;
  /** The saved cluster's name. */
  cluster: string;
  forecast: ComponentForecast;
  facts: Facts;
  /** The cluster does not answer right now, a sentence: nothing is known. */
  error?: string;
}

/** What a connected cluster says about a reader of the files; null: none has its brokers, or nothing is known yet. */
export type AskLive = (reader: Reader) => LiveReader | null;

/** Every reader of a workspace, as its runtime would make them. */
export function readersFor(workspace: Workspace, options: Pick<LintOptions, 'mode'>): Reader[] {
  return workspace.derive(options.mode === 'kubernetes' ? inKubernetes : selfHosted);
}
const selfHosted = (workspace: Workspace) => readersOf(workspace, { namespace: 'default' });
const inKubernetes = (workspace: Workspace) => readersOf(workspace, { namespace: null });

/** Rows of a hover; the replay page shows all. */
const MAX_ROWS = 12;

/**
 * What one topic would lose with `newest`. Empty: nothing to say, because every partition has a commit that is resumed
 * (`proven`), or because the cluster tells nothing.
 */
export function lossOf(live: LiveReader, topic: ReaderTopic): { proven: boolean; sentence: string } {
  const found = live.forecast.topics.find((t) => t.topic === topic.topic);
  const name = topic.brokerTopic ?? topic.topic;
  if (!found || live.error !== undefined || live.planned.notLoaded) return { proven: false, sentence: '' };
  if (nothingReadIn(found.partitions).length > 0) return { proven: false, sentence: '' };
  const missing = live.facts.topics.get(name)?.error;
  if (missing !== undefined)
    return {
      proven: false,
      sentence: l10n.t('{0} What is written to it before the first start is not received.', missing),
    };
  const known = found.partitions.filter((p) => p.skipped !== null);
  const proven = known.length > 0 && found.partitions.every((p) => p.rule === 'F-01' || p.rule === 'F-10');
  if (proven || known.length === 0) return { proven, sentence: '' };
  return { proven, sentence: [lost(live, name, known), ...beside(live, found, known)].join(' ') };
}

function lost(live: LiveReader, topic: string, known: readonly PartitionForecast[]): string {
  const { group, fresh } = live.planned.reader.group;
  const holds = add(known, (p) => (p.highWatermark ?? 0) - (p.logStart ?? 0));
  const skipped = add(known, (p) => p.skipped ?? 0);
  const of = live.planned.predecessor;
  const handover = handoverOf(known);
  if (typeof of === 'string' && of !== group && handover)
    return l10n.t(
      '{0} holds {1}: {2} already handled by {3}, {4} handled by nobody, {5} twice.',
      topic,
      messageCount(holds),
      count(handover.handledBefore),
      of,
      count(handover.handledByNobody),
      count(handover.twice),
    );
  if (fresh)
    return l10n.t(
      '{0} holds {1}, and the group is a new one at every start: with newest none of that is received.',
      topic,
      messageCount(holds),
    );
  const name = group ?? '?';
  if (holds === 0)
    return l10n.t('{0} is empty now: what arrives before group {1} first starts is not received.', topic, name);
  const uncommitted = known.filter((p) => p.rule !== 'F-01' && p.rule !== 'F-10');
  const where = uncommitted.map((p) => `P${p.partition}`).join(', ');
  if (skipped === 0)
    return l10n.t(
      '{0}: group {1} has no commit on {2}, which is empty now: what arrives there before the group first starts is not received.',
      topic,
      name,
      where,
    );
  if (uncommitted.length === known.length && known.every((p) => p.committed === null))
    return l10n.t(
      '{0} holds {1}; group {2} has never committed: with newest it receives none of them.',
      topic,
      messageCount(holds),
      name,
    );
  return l10n.t(
    '{0} holds {1}; with newest group {2} never receives {3} of them: it has no commit to resume at on {4}.',
    topic,
    messageCount(holds),
    name,
    count(skipped),
    where,
  );
}

function beside(live: LiveReader, topic: TopicForecast, known: readonly PartitionForecast[]): string[] {
  const gone = add(known, (p) => p.gone ?? 0);
  return [
    ...holes(live, topic),
    ...(gone > 0 ? [l10n.t('{0} were already deleted by Kafka.', count(gone))] : []),
    ...(known.length < topic.partitions.length ? [notKnown(topic.partitions)] : []),
  ];
}

/** Where offsets are more than messages: how many there are about. */
function holes({ samples }: LiveReader, { topic, brokerTopic, partitions }: TopicForecast): string[] {
  const sample = samples.get(brokerTopic ?? topic);
  const offsets = add(partitions, (p) => (p.highWatermark ?? 0) - (p.logStart ?? 0));
  const messages = estimated(sample, offsets);
  if (messages === null || !sample) return [];
  return [
    l10n.t(
      'These are offsets: of {0} that were sampled, {1} hold a message (compaction or transactions), so there are about {2}.',
      count(sample.offsets),
      count(sample.found),
      count(messages),
    ),
  ];
}

function unread(live: LiveReader, topic: string): string[] {
  const why = live.unread.get(topic);
  return why === undefined ? [] : [l10n.t('No record of it could be looked at: {0}', why)];
}

function notKnown(partitions: readonly PartitionForecast[]): string {
  const names = partitions.filter((p) => p.skipped === null).map((p) => `P${p.partition}`);
  return l10n.t('Not known: {0}.', names.join(', '));
}

/** One line beside the group and the start of a component; empty: nothing is known. */
export function lineOf(live: LiveReader): string {
  if (live.error !== undefined) return l10n.t('not known now: {0}', live.error);
  const topics = live.forecast.topics;
  const missing = topics.filter((t) => live.facts.topics.get(t.brokerTopic ?? t.topic)?.error !== undefined);
  const partitions = topics.flatMap((t) => t.partitions);
  const parts = figures(live, partitions);
  const lossy = topics.filter((t) => t.partitions.some((p) => (p.skipped ?? 0) > 0)).map((t) => t.brokerTopic);
  const skipped = add(partitions, (p) => p.skipped ?? 0);
  const handover = handoverText(live, partitions);
  if (handover !== null) parts.unshift(handover);
  else if (skipped > 0 && nothingReadIn(partitions).length === 0)
    parts.unshift(l10n.t('{0} of {1} will never be received', messageCount(skipped), namesText(lossy)));
  if (live.planned.stop) parts.unshift(stopLine(live.planned.stop));
  for (const topic of missing) parts.push(l10n.t('{0} cannot be read', topic.brokerTopic ?? topic.topic));
  const small = topics.flatMap((topic) => smallDowntime(live, topic) ?? []);
  const shortest = small.sort((a, b) => a.ms - b.ms)[0];
  if (shortest !== undefined) parts.push(awayText(shortest.ms));
  return parts.join(' · ');
}

/** The first of several: the table of the hover has all. */
function namesText(names: readonly (string | null)[]): string {
  const [first = ''] = names.map((name) => name ?? '');
  return names.length > 1 ? l10n.t('{0} and {1} more', first, names.length - 1) : first;
}

/** Less than is good, and not because of newest alone: that is told as what is never received. */
function smallDowntime(live: LiveReader, topic: TopicForecast): { ms: number; sentence: string } | null {
  const history = live.history.get(topic.brokerTopic ?? topic.topic);
  if (!history || live.planned.notLoaded) return null;
  const { ms, small, limitedBy, sentence } = topicDowntime(live.forecast, topic, history, live.facts);
  return small && ms !== null && limitedBy !== 'no-commit' ? { ms, sentence } : null;
}

const awayText = (ms: number): string =>
  ms === 0 ? l10n.t('may not be away any longer') : l10n.t('may be away for {0} only', lengthText(ms));

/** The same for one topic, for a row of the tree; `warns`: something is lost or not known. */
export function topicLineOf(live: LiveReader, topic: string): { text: string; warns: boolean } | null {
  const found = live.forecast.topics.find((t) => t.topic === topic);
  if (!found) return null;
  if (live.error !== undefined) return { text: l10n.t('not known now: {0}', live.error), warns: true };
  const missing = live.facts.topics.get(found.brokerTopic ?? topic)?.error;
  if (missing !== undefined) return { text: missing, warns: true };
  const parts = figures(live, found.partitions);
  const away = smallDowntime(live, found);
  if (away !== null) parts.push(awayText(away.ms));
  const skipped = add(found.partitions, (p) => p.skipped ?? 0);
  const handover = handoverText(live, found.partitions);
  if (handover !== null) parts.unshift(handover);
  else if (skipped > 0 && nothingReadIn(found.partitions).length === 0)
    parts.unshift(l10n.t('{0} never received', count(skipped)));
  if (live.planned.stop) parts.unshift(stopLine(live.planned.stop));
  if (parts.length === 0) return null;
  const nobody = handoverOf(found.partitions)?.handledByNobody ?? skipped;
  const unknown = found.partitions.some((p) => p.skipped === null);
  const gone = add(found.partitions, (p) => p.gone ?? 0);
  return {
    text: parts.join(' · '),
    warns: nobody > 0 || unknown || gone > 0 || away !== null || live.planned.stop !== undefined,
  };
}

/** Where nothing of a component is read, its partitions say so. */
const nothingReadIn = (partitions: readonly PartitionForecast[]): NothingRead[] =>
  partitions.flatMap(({ rule }) => (readsNothing(rule) ? [rule] : []));

function nothingReadLine(rule: NothingRead): string {
  switch (rule) {
    case 'F-00':
      return l10n.t('daprd does not start it: nothing is delivered');
    case 'F-18':
      return l10n.t('Kafka refuses the join (F-18): nothing is delivered');
    case 'F-19':
      return l10n.t('a topic is not there (F-19): nothing is delivered');
    case 'F-25':
      return l10n.t('version is too old for these brokers (F-25): nothing is delivered');
  }
}

/** What stands beside the loss: nothing missed, backlog, deleted, twice, unknown. */
function figures(live: LiveReader, partitions: readonly PartitionForecast[]): string[] {
  const of = (what: keyof Summary) => add(partitions, (p) => p[what] ?? 0);
  const unknown = partitions.filter((p) => p.skipped === null).length;
  const parts: string[] = [];
  const nothingRead = nothingReadIn(partitions);
  const [rule] = nothingRead;
  if (rule !== undefined && nothingRead.length === partitions.length) return [nothingReadLine(rule)];
  if (rule !== undefined)
    parts.push(l10n.t('version is too old for some of these brokers (F-25): nothing is delivered of their partitions'));
  if (partitions.length > 0 && unknown === 0 && of('skipped') === 0 && of('gone') === 0 && of('replayed') === 0)
    parts.push(
      partitions.some((p) => p.committed !== null)
        ? l10n.t('resumes, nothing missed')
        : live.forecast.initialOffset === 'oldest'
          ? l10n.t('nothing missed')
          : l10n.t('empty now'),
    );
  if (of('backlog') > 0) parts.push(l10n.t('{0} will be delivered', count(of('backlog'))));
  if (of('gone') > 0) parts.push(l10n.t('{0} already deleted by Kafka', count(of('gone'))));
  if (of('replayed') > 0) parts.push(l10n.t('{0} received twice', count(of('replayed'))));
  if (unknown > 0) parts.push(l10n.t('{0} of {1} partitions not known', unknown, partitions.length));
  return parts;
}

function handoverText(live: LiveReader, partitions: readonly PartitionForecast[]): string | null {
  const { predecessor } = live.planned;
  const sum = handoverOf(partitions);
  if (typeof predecessor !== 'string' || predecessor === live.forecast.group || sum === undefined) return null;
  return handedOverText(sum, predecessor);
}

/** `12,300 already handled by orders-old, 130 handled by nobody, 0 twice` */
export function handedOverText(sum: NonNullable<ReturnType<typeof handoverOf>>, before: string): string {
  return l10n.t(
    '{0} already handled by {1}, {2} handled by nobody, {3} twice',
    count(sum.handledBefore),
    before,
    count(sum.handledByNobody),
    count(sum.twice),
  );
}

/** Summed up; undefined: no predecessor, or a partition on which it is not known. */
export function handoverOf(partitions: readonly PartitionForecast[]) {
  const sum = { handledBefore: 0, handledByNobody: 0, twice: 0 };
  if (partitions.length === 0) return undefined;
  for (const { handover } of partitions) {
    if (!handover || handover.handledBefore === null) return undefined;
    if (handover.handledByNobody === null || handover.twice === null) return undefined;
    sum.handledBefore += handover.handledBefore;
    sum.handledByNobody += handover.handledByNobody;
    sum.twice += handover.twice;
  }
  return sum;
}

/** A Markdown table for each topic, or for these: what each partition holds, where a start begins, and why. */
export function tableOf(live: LiveReader, only: readonly string[] = []): string {
  const { forecast, facts, cluster, error } = live;
  if (error !== undefined) return l10n.t('{0}: {1}', markdown(cluster), markdown(error));
  const group = forecast.group === null ? undefined : facts.groups.get(forecast.group);
  const members = group?.members.length ?? 0;
  const who = members === 0 ? l10n.t('nobody reading') : l10n.t('{0} reading', memberCount(members));
  const head = `**${markdown(cluster)}** · ${markdown(forecast.group ?? '?')} · ${who}`;
  const { reader, stop } = live.planned;
  const why = [...(stop === undefined ? [] : [stopText(reader, stop)]), ...refusals(live.planned, facts)];
  const topics = forecast.topics.filter(({ topic }) => only.length === 0 || only.includes(topic));
  return [...why.map(markdown), head, ...topics.map((topic) => topicTable(live, topic))].join('\n\n');
}

function topicTable(live: LiveReader, topic: TopicForecast): string {
  const name = topic.brokerTopic ?? topic.topic;
  const error = live.facts.topics.get(name)?.error;
  if (topic.partitions.length === 0) return `${markdown(name)}: ${markdown(error ?? l10n.t('not known'))}`;
  const number = (n: number | null) => (n === null ? '?' : count(n));
  const rows = topic.partitions.slice(0, MAX_ROWS).map((p) => {
    const committed = committedOf(live.facts, live.forecast.group, name, p.partition);
    return [
      `P${p.partition}`,
      number(p.logStart),
      number(p.highWatermark),
      committed === 'none' ? '–' : number(committed),
      p.first === null && p.backlog === 0 ? '–' : number(p.first),
      number(p.backlog),
      number(p.skipped),
      markdown(startSentence({ ...p, committed }, p)),
    ].join(' | ');
  });
  const more = topic.partitions.length - MAX_ROWS;
  const away = smallDowntime(live, topic);
  return [
    [
      `**${markdown(name)}**`,
      l10n.t('log start'),
      l10n.t('high watermark'),
      l10n.t('committed'),
      l10n.t('starts at'),
      l10n.t('delivered'),
      l10n.t('never received'),
      l10n.t('why'),
    ].join(' | '),
    '--- | ---: | ---: | ---: | ---: | ---: | ---: | ---',
    ...rows,
    ...(more > 0 ? [l10n.t('{0} more', more)] : []),
    ...[...holes(live, topic), ...(away ? [away.sentence] : []), ...unread(live, name)].flatMap((sentence) => [
      '',
      markdown(sentence),
    ]),
  ].join('\n');
}

/** Names of other people's making, as text and nothing else. */
export function markdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~&$]/g, '\\$&').replace(/\s+/g, ' ');
}

function add<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
