import * as l10n from '@vscode/l10n';
import type { ReplayMoment } from '../../shared/replayPage.ts';
import { handover } from '../dapr/delivery/handover.ts';
import type { ReaderTopic } from '../dapr/delivery/readers.ts';
import { partitionStart, startWithoutCommit } from '../dapr/delivery/start.ts';
import { isTopicName } from '../dapr/delivery/topicName.ts';
import type { SourceFile } from '../dapr/workspace.ts';
import { committedOf, gatherFacts, isUnclaimed, NO_FACTS, type Facts, type ForecastCluster } from './facts.ts';
import { missingTopic, nothingRead, nothingReadOf, refusals } from './nothingRead.ts';
import { judgeFiles, planOf, type ForecastOptions, type ForecastPlan, type PlannedReader } from './plan.ts';
import {
  summarize,
  type ComponentForecast,
  type ForecastProblem,
  type ForecastResult,
  type PartitionForecast,
  type TopicForecast,
} from './result.ts';
import { othersBeside, sharedGroups } from './sharedGroup.ts';

export { failures, remarks } from './failOn.ts';
export type { ForecastCluster } from './facts.ts';
export type { ForecastResult } from './result.ts';

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
  const judged = judgeFiles(input.files, input.options.lint);
  const planFor = (options: ForecastOptions) => planOf(judged, options);
  const plan = planFor(input.options);
  const facts =
    input.cluster === null
      ? NO_FACTS
      : await gatherFacts(input.cluster, plan, input.signal === undefined ? {} : { signal: input.signal });
  const { was } = input.options;
  if (was !== undefined && facts.groups.get(was)?.state === 'Dead') throw new UnknownPredecessor(was);
  const result = forecastFrom(plan, facts, input.cluster !== null);
  const shared = sharedGroups(plan.readers, othersBeside(input.options, planFor));
  return { ...result, problems: [...result.problems, ...shared] };
}

/** The figures, from facts that are there already: no request, so a control of the replay page answers at once. */
export function forecastFrom(
  plan: ForecastPlan,
  facts: Facts,
  connected: boolean,
  moment?: ReplayMoment,
): ForecastResult {
  const told = connected ? plan.readers.flatMap((planned) => liveProblems(planned, facts)) : [];
  const components = plan.readers.map((planned) => componentForecast(planned, facts, moment));
  return {
    components,
    problems: unique([...plan.problems, ...told]),
    notStarting: components.filter((_, i) => {
      const planned = plan.readers[i]!;
      return planned.stop !== undefined || nothingRead(planned, facts, moment !== undefined) === 'F-00';
    }),
    unreadable: plan.unreadable,
    partly: connected && isPartial(plan, facts),
  };
}

/** A broker that is down or does not allow it keeps something to itself; that a topic is not there is an answer. */
function isPartial({ topics, groups }: ForecastPlan, facts: Facts): boolean {
  return (
    topics.some((name) => {
      const topic = facts.topics.get(name);
      if (topic === undefined || topic.missing === true) return false;
      return topic.error !== undefined || topic.partitions.some((p) => p.logStart === null || p.highWatermark === null);
    }) ||
    groups.some((id) => {
      const group = facts.groups.get(id);
      return (
        group?.error !== undefined || [...(group?.commits.values() ?? [])].some((c) => [...c.values()].includes(null))
      );
    })
  );
}

/** One component as one app loads it. */
export function componentForecast(planned: PlannedReader, facts: Facts, moment?: ReplayMoment): ComponentForecast {
  const { reader } = planned;
  const start = { planned, facts, moment, nothingReadOf: nothingReadOf(planned, facts, moment !== undefined) };
  return {
    name: reader.component.name,
    app: reader.app,
    file: planned.file,
    line: planned.line,
    group: reader.group.group,
    groupSource: reader.group.source,
    initialOffset: reader.initialOffset,
    topics: reader.topics.map((topic) => topicForecast(topic, start)),
  };
}

/** What the cluster would not tell about the topics and the group of a component. */
function liveProblems(planned: PlannedReader, facts: Facts): ForecastProblem[] {
  const { reader, file, line } = planned;
  const topics = reader.topics.flatMap(({ brokerTopic }) => {
    const known = brokerTopic === null ? undefined : facts.topics.get(brokerTopic);
    // That a name is none, the files tell.
    return brokerTopic === null || !isTopicName(brokerTopic) || (known !== undefined && known.error === undefined)
      ? []
      : [missingTopic(brokerTopic, facts)];
  });
  const { group } = reader.group;
  const known = group === null ? undefined : facts.groups.get(group);
  if (known?.error !== undefined) topics.push(l10n.t('Group {0}: {1}', group ?? '', known.error));
  return [...topics, ...refusals(planned, facts)].map((message) => ({ file, line, message }));
}

/** What holds for every partition of a component. */
interface Start {
  planned: PlannedReader;
  facts: Facts;
  moment: ReplayMoment | undefined;
  nothingReadOf: ReturnType<typeof nothingReadOf>;
}

function topicForecast({ topic, brokerTopic }: ReaderTopic, of: Start): TopicForecast {
  const known = brokerTopic === null ? [] : (of.facts.topics.get(brokerTopic)?.partitions ?? []);
  const partitions = known.map((p) => partitionForecast(brokerTopic ?? topic, p, of));
  return { topic, brokerTopic, partitions, summary: summarize(partitions) };
}

function partitionForecast(
  topic: string,
  p: { partition: number; leader: number | null; logStart: number | null; highWatermark: number | null },
  { planned: { reader, predecessor }, facts, moment, nothingReadOf }: Start,
): PartitionForecast {
  const { group, fresh } = reader.group;
  const known = committedOf(facts, group, topic, p.partition);
  const committed = moment === undefined ? known : 'none';
  const context = { nothingRead: nothingReadOf(p.leader), fresh };
  const start =
    moment === undefined
      ? partitionStart({ ...p, committed }, reader.initialOffset, {
          ...context,
          history: group !== null && facts.groups.get(group)?.hasCommits === true ? 'some' : 'none',
          unclaimed: isUnclaimed(facts, group, topic, p.partition),
        })
      : startWithoutCommit(p, reader.initialOffset, moment === 'group-deleted' ? known : 'none', context);
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

function unique(problems: readonly ForecastProblem[]): ForecastProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
