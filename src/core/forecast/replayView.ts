import * as l10n from '@vscode/l10n';
import type {
  ReplayForecast,
  ReplayMember,
  ReplayMoment,
  ReplayPartition,
  ReplaySharing,
  ReplayTopic,
} from '../../shared/replayPage.ts';
import { sharesOf } from '../dapr/delivery/assignment.ts';
import type { GroupSource } from '../dapr/delivery/group.ts';
import type { Reader } from '../dapr/delivery/readers.ts';
import { readsNothing, type ForecastRule } from '../dapr/delivery/start.ts';
import { startSentence } from '../dapr/delivery/sentences.ts';
import { memberCount } from '../../shared/counts.ts';
import { committedOf, type Facts, type GroupFacts } from './facts.ts';
import type { TopicHistory } from './history.ts';
import { handedOverText, handoverOf } from './liveReader.ts';
import { topicDowntime, writtenAt } from './topicDowntime.ts';
import { notesOf } from './notes.ts';
import { nothingRead, refusalOf, strategyOf } from './nothingRead.ts';
import type { ForecastPlan } from './plan.ts';
import { restartNote } from './restart.ts';
import { ruleProof } from './ruleProof.ts';
import { summarize, type ComponentForecast, type PartitionForecast, type TopicForecast } from './result.ts';

/** What the page's controls say beside what decides the figures. */
interface Shown {
  /** All readers of the workspace, as the controls say. */
  plan: Pick<ForecastPlan, 'readers' | 'workspace'>;
  reader: Reader;
  facts: Facts;
  /** Default: as many as the group has members. */
  instances?: number | undefined;
  /** Default: a start now, which finds the commits as they are. */
  moment?: ReplayMoment | undefined;
  /** The group of the file, where the controls say another one. */
  was?: string | undefined;
  /** By name on the broker; topics that were not asked about yet are absent. */
  history: ReadonlyMap<string, TopicHistory>;
}

/** Who the members are, the page shows by itself; that they let nobody join is one of its problems. */
const SAID = new Set<ForecastRule>(['F-14', 'F-18']);

/** One component as one app reads it, in the words and figures of the page. */
export function replayForecast(component: ComponentForecast, shown: Shown): ReplayForecast {
  const { facts, reader } = shown;
  const group = component.group === null ? undefined : facts.groups.get(component.group);
  const restart = shown.moment === undefined ? restartNote(reader, group) : undefined;
  const notes = notesOf(shown.plan, facts).filter(
    (note) => note.component === component.name && note.app === component.app && !SAID.has(note.rule),
  );
  const sentences = notes.map((note) => (note.topic === null ? note.message : `${note.topic}: ${note.message}`));
  // Without topics nothing is known to be missed: the sums are unknown, as summarize says.
  const summary = summarize(component.topics.map((topic) => topic.summary));
  const handedOver = handoverFrom(shown.was, component);
  const planned = shown.plan.readers.find((candidate) => candidate.reader === reader);
  return {
    group: component.group,
    groupFrom: groupFrom(component.groupSource),
    initialOffset: component.initialOffset,
    standing: standing(group, refusalOf(reader, facts) !== undefined),
    members: membersOf(reader, group),
    sharing: sharing(component, reader, group, shown.instances),
    summary: { ...summary, ...(handedOver ? { replayed: handedOver.twice } : {}) },
    ...(handedOver ? { handover: handedOver.sentence } : {}),
    topics: component.topics.map((topic) => replayTopic(component, topic, shown)),
    notes: [...(restart === undefined ? [] : [restart]), ...new Set(sentences)],
    readsNothing: planned !== undefined && nothingRead(planned, facts, shown.moment !== undefined) !== undefined,
  };
}

/** What another group than the file's takes over: for the app it comes again, and what is skipped may be handled already. */
function handoverFrom(was: string | undefined, { topics }: ComponentForecast) {
  if (was === undefined) return undefined;
  const sum = handoverOf(topics.flatMap(({ partitions }) => partitions));
  if (!sum)
    return { twice: null, sentence: l10n.t('What {0} has handled before is not known on every partition.', was) };
  return { twice: sum.twice, sentence: handedOverText(sum, was) };
}

function replayTopic(component: ComponentForecast, forecast: TopicForecast, shown: Shown): ReplayTopic {
  const { topic, brokerTopic, summary, partitions } = forecast;
  const { facts, moment, reader } = shown;
  const history = brokerTopic === null ? undefined : shown.history.get(brokerTopic);
  return {
    topic,
    brokerTopic,
    summary,
    // How long it may be away is no question for a component that reads nothing, and none where nothing is known.
    ...(history && partitions.some((p) => p.highWatermark !== null && !readsNothing(p.rule))
      ? { downtime: shownDowntime(topicDowntime(component, forecast, history, facts)) }
      : {}),
    partitions: partitions.map((p) => {
      const known = reader.group.fresh
        ? 'none'
        : committedOf(facts, component.group, brokerTopic ?? topic, p.partition);
      const committed = moment === undefined ? known : 'none';
      return {
        partition: p.partition,
        logStart: p.logStart,
        highWatermark: p.highWatermark,
        committed,
        first: p.first,
        backlog: p.backlog,
        skipped: p.skipped,
        gone: p.gone,
        replayed: p.replayed,
        rule: p.rule,
        sentence: startSentence({ ...p, committed }, p, moment === 'group-deleted' ? known : 'none'),
        ruleTitle: p.rule === null ? '' : ruleProof(p.rule),
        ...(history ? { times: timesOf(p, history) } : {}),
      };
    }),
  };
}

function timesOf(p: PartitionForecast, { times }: TopicHistory): NonNullable<ReplayPartition['times']> {
  const at = (offset: number | null) => writtenAt(times.get(p.partition), p, offset);
  return { logStart: at(p.logStart), committed: at(p.committed), first: at(p.first) };
}

const shownDowntime = ({ sentence, small }: ReturnType<typeof topicDowntime>) => ({ sentence, small });

function standing(group: GroupFacts | undefined, refused: boolean): string | null {
  if (group === undefined || group.state === 'Dead') return null;
  if (group.members.length === 0) return l10n.t('The group exists and nobody is reading in it.');
  const members = memberCount(group.members.length);
  return refused
    ? l10n.t('The group is running with {0}, and Kafka does not let this component join them (F-18).', members)
    : l10n.t('The group is running with {0}: a start now shares the partitions with them (F-14).', members);
}

function membersOf(reader: Reader, group: GroupFacts | undefined): ReplayMember[] {
  const topics = new Set(reader.topics.map((topic) => topic.brokerTopic));
  return (group?.members ?? []).map(({ clientId, host, assignment }) => ({
    clientId,
    host,
    partitions: assignment
      .filter((assigned) => topics.has(assigned.topic))
      .map(({ topic, partitions }) => ({ topic, partitions: [...partitions].sort((a, b) => a - b) })),
  }));
}

function sharing(
  component: ComponentForecast,
  reader: Reader,
  group: GroupFacts | undefined,
  wanted: number | undefined,
): ReplaySharing {
  const topics = component.topics.map(({ topic, brokerTopic, partitions }) => ({
    topic: brokerTopic ?? topic,
    partitions: partitions.map((p) => p.partition),
  }));
  const instances = wanted ?? Math.max(1, group?.members.length ?? 0);
  const assignor = group?.type === 'consumer' ? 'uniform' : (strategyOf(reader) ?? 'range');
  const { template } = reader.group;
  const own = template !== undefined && /\{(uuid|podName)\}/.test(template);
  const shares = topics.every((topic) => topic.partitions.length === 0)
    ? []
    : own
      ? Array.from({ length: instances }, () => ({
          count: topics.reduce((sum, topic) => sum + topic.partitions.length, 0),
          partitions: topics,
        }))
      : sharesOf(assignor, topics, instances);
  return { instances, assignor, groups: own ? 'own' : 'one', shares };
}

function groupFrom(source: GroupSource): string {
  switch (source) {
    case 'consumerGroup':
      return l10n.t('from consumerGroup');
    case 'consumerID':
      return l10n.t('from consumerID');
    case 'appId':
      return l10n.t('from the app id');
    case 'unknown':
      return l10n.t('not known here');
  }
}
