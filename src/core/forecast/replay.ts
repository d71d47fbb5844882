import * as l10n from '@vscode/l10n';
import type {
  ClientChoices,
  ReplayComparison,
  ReplayEdit,
  ReplayForecast,
  ReplayReader,
  ReplayView,
  ReplayWay,
  ReplayWish,
  WhatIf,
} from '../../shared/replayPage.ts';
import { brokersOf, type Reader } from '../dapr/delivery/readers.ts';
import { appProtocolOf } from '../dapr/delivery/appSettings.ts';
import type { SourceFile } from '../dapr/workspace.ts';
import { offsetAt } from '../kafka/read/timePoint.ts';
import { editedFile } from '../dapr/delivery/componentEdit.ts';
import { compare } from './comparison.ts';
import { committedOf, gatherFacts, NO_FACTS, type BrokerFacts, type Facts, type ForecastCluster } from './facts.ts';
import { forecastFrom } from './forecast.ts';
import { gatherHistory, HISTORY_LASTS, type HistoryCluster, type TopicHistory } from './history.ts';
import {
  judgeFiles,
  planOf,
  type ForecastOptions,
  type ForecastPlan,
  type JudgedFiles,
  type PlannedReader,
  type Runtime,
} from './plan.ts';
import { nothingRead, refusalOf } from './nothingRead.ts';
import { numbered, waysTo } from './planner.ts';
import { replayForecast } from './replayView.ts';
import { othersBeside } from './sharedGroup.ts';
import type { ComponentForecast, TopicForecast } from './result.ts';
import type { Delivery } from './tryDelivery.ts';
import { actionsOf } from './way.ts';

/** What the replay page shows, without the cluster's name, which its host knows. */
export type Replay = Omit<ReplayView, 'cluster'>;

/**
 * One replay page's memory: the files as they were read and what one cluster said. A "what if" is computed from both;
 * the cluster is asked again only about a topic or group that it was never asked about, and the files are judged once
 * for each question.
 */
export class ReplayModel {
  readonly #files: readonly SourceFile[];
  readonly #runtime: Runtime;
  /** Sentences on files that could not be read: what they hold is missing in every forecast. */
  readonly #skipped: readonly string[];
  #judged: JudgedFiles | undefined;
  #plans = new Map<string, ForecastPlan>();
  #facts: Facts = NO_FACTS;
  /** ms since the epoch: when the cluster was asked last. */
  #at = 0;
  #history = new Map<string, TopicHistory>();
  #broker: BrokerFacts | undefined;
  /** What the facts tell about. */
  #asked = { topics: new Set<string>(), groups: new Set<string>() };
  #learning: Promise<void> = Promise.resolve();

  constructor(files: readonly SourceFile[], runtime: Runtime = {}, skipped: readonly string[] = []) {
    this.#files = files;
    this.#runtime = runtime;
    this.#skipped = skipped;
  }

  /**
   * The same files, judged, and what takes long to learn, also what is being learned now; where everybody stands is
   * asked anew.
   */
  again(): ReplayModel {
    const next = new ReplayModel(this.#files, this.#runtime, this.#skipped);
    next.#judged = this.#judged;
    next.#plans = this.#plans;
    next.#history = this.#history;
    next.#broker = this.#broker;
    return next;
  }

  readers(): ReplayReader[] {
    return this.#plan({}).readers.map(({ reader }) => ({ component: reader.component.name, app: reader.app }));
  }

  /** The brokers a component names, for finding the saved cluster it means; empty where a secret or template decides. */
  brokersOf(component: string): string[] {
    const readers = this.#plan({}).readers.filter(({ reader }) => reader.component.name === component);
    return [...new Set(readers.flatMap(({ reader }) => brokersOf(reader.component) ?? []))];
  }

  fileOf(component: string): string {
    const planned = this.#plan({}).readers.find(({ reader }) => reader.component.name === component);
    return planned?.file ?? '';
  }

  async replay(cluster: ForecastCluster, of: ReplayReader, whatIf: WhatIf, signal?: AbortSignal): Promise<Replay> {
    const asIs = this.#plan(optionsFor(of, {}));
    const was = predecessorIn(asIs, of, whatIf);
    const asked = { ...optionsFor(of, whatIf), ...(was === undefined ? {} : { was }) };
    const wanted = Object.keys(whatIf).length > 0 ? this.#plan(asked) : undefined;
    await this.#learn(cluster, [asIs, ...(wanted ? [wanted] : [])], signal);
    const now = forecastFrom(asIs, this.#facts, true);
    const component = pick(now.components, of);
    if (!component) throw gone(of.component);
    const then = wanted ? forecastFrom(wanted, this.#facts, true, whatIf.moment) : undefined;
    const changed = then ? pick(then.components, of) : undefined;
    const problems = [...now.problems, ...(then?.problems ?? [])]
      .filter((problem) => problem.file === component.file)
      .map((problem) => problem.message);
    const shownTopics = [component, ...(changed ? [changed] : [])].flatMap((c) => c.topics);
    return {
      reader: of,
      readers: this.readers(),
      file: component.file,
      line: component.line,
      whatIf,
      at: this.#at,
      now: this.#shown(asIs, component, {}),
      ...(wanted && changed ? { then: this.#shown(wanted, changed, whatIf, was) } : {}),
      problems: [...new Set([...problems, ...this.#skipped, ...this.#notRead(shownTopics)])],
      pending: this.#unasked(shownTopics).length > 0,
    };
  }

  /**
   * Asks when the messages of the shown topics were written and how long they are kept: an extra after the figures,
   * which the controls then need not ask again.
   */
  async learnHistory(cluster: HistoryCluster, of: ReplayReader, whatIf: WhatIf, signal?: AbortSignal): Promise<void> {
    const forecasts = [{}, whatIf].map((asked) =>
      pick(forecastFrom(this.#plan(optionsFor(of, asked)), this.#facts, true).components, of),
    );
    const names = this.#unasked(forecasts.flatMap((forecast) => forecast?.topics ?? []));
    const topics = new Map(
      names.flatMap((name) => {
        const facts = this.#facts.topics.get(name);
        return facts ? [[name, facts] as const] : [];
      }),
    );
    const near = (topic: string, partition: number) =>
      forecasts[0]?.topics
        .find(({ brokerTopic }) => brokerTopic === topic)
        ?.partitions.find((p) => p.partition === partition)?.committed ?? null;
    const found = await gatherHistory(cluster, topics, near, signal ? { signal } : {});
    for (const [topic, history] of found) this.#history.set(topic, history);
  }

  /** Names on the broker. */
  #unasked(topics: readonly TopicForecast[]): string[] {
    return topics.flatMap(({ brokerTopic, partitions }) =>
      brokerTopic !== null && partitions.length > 0 && this.#isOld(brokerTopic) ? [brokerTopic] : [],
    );
  }

  /** Not asked about, or so long ago that its ages and rates have moved on. */
  #isOld(topic: string): boolean {
    const history = this.#history.get(topic);
    return history === undefined || Date.now() - history.at > HISTORY_LASTS;
  }

  #notRead(topics: readonly TopicForecast[]): string[] {
    return topics.flatMap(({ brokerTopic }) => this.#history.get(brokerTopic ?? '')?.problems ?? []);
  }

  /** The ways to fulfil a wish, as the file is now; the cheapest first. */
  async ways(cluster: ForecastCluster, of: ReplayReader, wish: ReplayWish, signal?: AbortSignal): Promise<ReplayWay[]> {
    const plan = this.#plan(optionsFor(of, {}));
    await this.#learn(cluster, [plan], signal);
    const component = pick(forecastFrom(plan, this.#facts, true).components, of);
    if (!component) throw gone(of.component);
    const offsetAtTime = (topic: string, partition: number, time: number): number | null => {
      const p = component.topics
        .find(({ brokerTopic }) => brokerTopic === topic)
        ?.partitions.find((candidate) => candidate.partition === partition);
      const points = this.#history.get(topic)?.times.get(partition);
      if (!points || p === undefined || p.logStart === null || p.highWatermark === null) return null;
      return offsetAt(points, time, p.logStart, p.highWatermark);
    };
    const group = component.group === null ? undefined : this.#facts.groups.get(component.group);
    const planned = plannedIn(plan, of);
    return waysTo(wish, {
      component,
      running: group !== undefined && (group.error !== undefined || group.members.length > 0),
      fresh: planned?.reader.group.fresh === true,
      exists: group?.state !== 'Dead',
      commitOf: (topic, partition) => committedOf(this.#facts, component.group, topic, partition),
      freeGroup: await this.freeGroup(cluster, of, signal),
      copyName: copyName(of.component, plan.workspace.components),
      nothingRead: planned && nothingRead(withGroup(planned), this.#facts, true),
      refusedBeside: planned !== undefined && refusalOf(planned.reader, this.#facts) !== undefined,
      binding: planned?.reader.component.type === 'bindings.kafka',
      offsetAt: offsetAtTime,
    }).map(({ id: _, steps, ...way }) => ({
      ...way,
      steps: steps.map((step) => ({ text: step.text, actions: actionsOf(step) })),
    }));
  }

  /** A name like that of the component's group that no group of the cluster has. */
  async freeGroup(cluster: ForecastCluster, of: ReplayReader, signal?: AbortSignal): Promise<string> {
    const reader = readerIn(this.#plan(optionsFor(of, {})), of);
    const name = reader?.group.group || (of.app ?? of.component);
    const names = Array.from({ length: FREE_NAMES }, (_, i) => numbered(name, i + 1));
    const known = await cluster.describeGroups(names, signal ? { signal } : {});
    const free = names.find((candidate) => known.some(({ group, state }) => group === candidate && state === 'Dead'));
    return free ?? numbered(name, FREE_NAMES + 1);
  }

  /**
   * The component's file as it is and as an edit makes it.
   * @throws Error a sentence: only a person can edit it
   */
  edited(of: ReplayReader, edit: ReplayEdit): { path: string; before: string; after: string } {
    const reader = readerIn(this.#plan(optionsFor(of, {})), of);
    const file = this.#files.find(({ path }) => path === reader?.component.document.file);
    if (!file) throw gone(of.component);
    return { path: file.path, before: file.text, after: editedFile(file, of.component, edit) };
  }

  /** The component beside a plain client, as the controls say and with what is known already. */
  compare(of: ReplayReader, whatIf: WhatIf, choices: ClientChoices): ReplayComparison {
    const plan = this.#plan(optionsFor(of, whatIf));
    const component = pick(forecastFrom(plan, this.#facts, true, whatIf.moment).components, of);
    const reader = readerIn(plan, of);
    if (!component || !reader) throw gone(of.component);
    const { sharing } = this.#shown(plan, component, whatIf);
    const { daprVersion } = this.#judgedFiles().lint;
    return compare(
      { component, reader, sharing, workspace: plan.workspace, history: this.#history, daprVersion },
      choices,
    );
  }

  /** What a dry run of one topic needs; undefined: the cluster was not asked about it, or does not have it. */
  delivery(of: ReplayReader, whatIf: WhatIf, topic: string): Delivery | undefined {
    const plan = this.#plan(optionsFor(of, whatIf));
    const forecast = pick(forecastFrom(plan, this.#facts, true, whatIf.moment).components, of);
    const found = forecast?.topics.find((candidate) => candidate.topic === topic);
    const reader = readerIn(plan, of);
    const read = reader?.topics.find((candidate) => candidate.topic === topic);
    if (!reader || !read || !found || found.partitions.length === 0) return undefined;
    const http = appProtocolOf(plan.workspace.apps, of.app) !== 'grpc';
    const { daprVersion } = this.#judgedFiles().lint;
    return {
      reader,
      topic: read,
      brokerTopic: found.brokerTopic ?? topic,
      partitions: found.partitions,
      daprVersion,
      http,
    };
  }

  #shown(plan: ForecastPlan, component: ComponentForecast, whatIf: WhatIf, was?: string): ReplayForecast {
    const { instances, moment } = whatIf;
    const of = { component: component.name, app: component.app };
    const planned = plannedIn(plan, of);
    if (!planned) throw gone(component.name);
    const others = othersBeside(optionsFor(of, whatIf), (options) => this.#plan(options));
    return replayForecast(component, {
      plan: { workspace: plan.workspace, readers: [planned, ...others] },
      reader: planned.reader,
      facts: this.#facts,
      instances,
      moment,
      was,
      history: this.#history,
    });
  }

  #judgedFiles(): JudgedFiles {
    return (this.#judged ??= judgeFiles(this.#files, this.#runtime));
  }

  #plan(options: ForecastOptions): ForecastPlan {
    const key = JSON.stringify(options);
    const plan = this.#plans.get(key) ?? planOf(this.#judgedFiles(), options);
    this.#plans.set(key, plan);
    return plan;
  }

  /** One question after the other: the second may be answered by what the first one learns. */
  #learn(cluster: ForecastCluster, plans: readonly ForecastPlan[], signal?: AbortSignal): Promise<void> {
    const mine = this.#learning.then(() => this.#ask(cluster, plans, signal));
    // Its own caller hears of a failure; the next one asks again.
    this.#learning = mine.catch(() => undefined);
    return mine;
  }

  async #ask(cluster: ForecastCluster, plans: readonly ForecastPlan[], signal?: AbortSignal): Promise<void> {
    const topics = plans.flatMap((plan) => plan.topics);
    const groups = plans.flatMap((plan) => plan.groups);
    const known = this.#asked;
    if (topics.every((topic) => known.topics.has(topic)) && groups.every((group) => known.groups.has(group))) return;
    const everything = {
      topics: [...new Set([...known.topics, ...topics])],
      groups: [...new Set([...known.groups, ...groups])],
    };
    this.#at = Date.now();
    this.#facts = await gatherFacts(cluster, { ...everything, broker: this.#broker }, signal ? { signal } : {});
    this.#broker = this.#facts.broker?.error === undefined ? this.#facts.broker : undefined;
    this.#asked = { topics: new Set(everything.topics), groups: new Set(everything.groups) };
  }
}

/** How many names of groups are tried at once. */
const FREE_NAMES = 8;

/** daprd stops at two components of one name. */
function copyName(name: string, components: readonly { name: string }[]): string {
  for (let n = 2; ; n++) if (!components.some((other) => other.name === `${name}-${n}`)) return `${name}-${n}`;
}

/** Every way gives a binding a group that has none: that alone is not to be mended first. */
function withGroup({ reader, ...planned }: PlannedReader): PlannedReader {
  const group = reader.group.group === '' ? reader.component.name : reader.group.group;
  return { ...planned, reader: { ...reader, group: { ...reader.group, group } } };
}

const gone = (component: string): Error =>
  new Error(l10n.t('{0} is no longer in the files of this workspace.', component));

/** Where one component, as one app loads it, would start on a topic. */
export interface DaprStart {
  component: string;
  group: string | null;
  /** Partition -> offset; partitions whose start is not known are absent. */
  offsets: Record<number, number>;
}

/** Every component of the files that would read the topic; `means` tells whether its brokers are this cluster's. */
export async function startsOn(
  model: ReplayModel,
  cluster: ForecastCluster,
  topic: string,
  means: (brokers: readonly string[]) => boolean,
): Promise<DaprStart[]> {
  const starts: DaprStart[] = [];
  for (const reader of model.readers()) {
    if (!means(model.brokersOf(reader.component))) continue;
    const { now } = await model.replay(cluster, reader, {});
    const read = now.topics.find((candidate) => candidate.brokerTopic === topic);
    const known = (read?.partitions ?? []).flatMap((p) => (p.first === null ? [] : [[p.partition, p.first] as const]));
    if (known.length > 0)
      starts.push({ component: reader.component, group: now.group, offsets: Object.fromEntries(known) });
  }
  return starts;
}

function optionsFor(of: ReplayReader, whatIf: WhatIf): ForecastOptions {
  const { initialOffset, consumerGroup, topic } = whatIf;
  const set = {
    ...(initialOffset === undefined ? {} : { initialOffset }),
    ...(consumerGroup === undefined ? {} : { consumerGroup }),
  };
  return {
    place: 'editor',
    component: of.component,
    ...(of.app === null ? {} : { appId: of.app }),
    ...(topic === undefined ? {} : { topic }),
    ...(Object.keys(set).length > 0 ? { set } : {}),
  };
}

/** The file's group, where the controls say another one that starts with the commits there are. */
function predecessorIn(asIs: ForecastPlan, of: ReplayReader, whatIf: WhatIf): string | undefined {
  const group = readerIn(asIs, of)?.group.group ?? '';
  const other = whatIf.consumerGroup !== undefined && whatIf.consumerGroup !== group;
  return other && group !== '' && whatIf.moment === undefined ? group : undefined;
}

const plannedIn = (plan: ForecastPlan, of: ReplayReader): PlannedReader | undefined =>
  plan.readers.find(({ reader }) => reader.component.name === of.component && reader.app === of.app);

const readerIn = (plan: ForecastPlan, of: ReplayReader): Reader | undefined => plannedIn(plan, of)?.reader;

const pick = (components: readonly ComponentForecast[], of: ReplayReader): ComponentForecast | undefined =>
  components.find((component) => component.name === of.component && component.app === of.app);
