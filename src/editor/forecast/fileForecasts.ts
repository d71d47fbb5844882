import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isTopicName } from '../../core/dapr/delivery/topicName.ts';
import { namesBroker } from '../../core/dapr/delivery/namesBroker.ts';
import { brokersOf, type Reader, type ReaderTopic } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import type { Linter } from '../../core/dapr/rules/lint.ts';
import type { Rule } from '../../core/dapr/rules/rule.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import type { LintOptions } from '../../core/dapr/lintOptions.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import { gatherFacts, NO_FACTS, type Facts, type ForecastCluster } from '../../core/forecast/facts.ts';
import type { HistoryCluster } from '../../core/forecast/history.ts';
import { componentForecast } from '../../core/forecast/forecast.ts';
import { lineOf, readersFor, tableOf, topicLineOf, type LiveReader } from '../../core/forecast/liveReader.ts';
import { liveRules } from '../../core/forecast/liveRules.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { isNotLoaded, predecessorOf } from '../../core/forecast/plan.ts';
import { deadLetterName } from '../../core/forecast/sampleRules.ts';
import type { RangeSource } from '../../core/forecast/rangeRecords.ts';
import { stopBeside, stopLine, stopsNear, type Stop } from '../../core/forecast/stops.ts';
import { ESTIMATE, estimateText } from '../../core/forecast/sample.ts';
import { componentOffers } from './componentOffers.ts';
import { ClusterSamples } from './clusterSamples.ts';
import { filesByGroup } from './filesByGroup.ts';
import { GitBase } from './gitBase.ts';
import { matchingClusters } from './matchCluster.ts';
import { workspacePath } from './workspaceFiles.ts';

/** A cluster that a person has connected to. */
export interface ConnectedCluster {
  profile: ClusterProfile;
  /** `host:port` of its brokers, as they call themselves. */
  brokers: readonly string[];
  /** Another object whenever the person asks for everything anew. */
  seen: object;
  client(): Promise<ForecastCluster & HistoryCluster>;
  /** Its connection, for a look at some records. */
  source(): Promise<RangeSource>;
}

export interface FileForecastsOptions {
  /** Only what is connected already: files never cause a connection. */
  connected: () => readonly ConnectedCluster[];
  /** Fires when `connected` or `saved` may answer otherwise. */
  onDidConnect: vscode.Event<void>;
  saved: () => readonly ClusterProfile[];
  names: { topics(): string[]; groups(): string[] };
  /** Between two rounds; 0: never. */
  refreshSeconds: () => number;
  /** Something besides the files' own editors shows facts. */
  shown: () => boolean;
}

/** What one connected cluster was asked about, and what it said. */
interface Learned {
  seen: object;
  asked: string;
  facts: Facts;
  error?: string;
  sampled: ClusterSamples;
}

/**
 * The component files beside the connected clusters that their brokers mean: facts for diagnostics, lenses, hovers and
 * the tree. Three rounds of requests for all files together when a cluster connects or another topic or group is named,
 * and again from time to time while it can be seen.
 */
export class FileForecasts implements vscode.Disposable {
  readonly #options: FileForecastsOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #learned = new Map<string, Learned>();
  readonly #base = new GitBase();
  readonly #closing = new AbortController();
  readonly #subscriptions: vscode.Disposable[];
  #connected: readonly ConnectedCluster[] = [];
  #saved: readonly ClusterProfile[] = [];
  #model: { workspace: Workspace; options: LintOptions } | undefined;
  #notLoaded: ReadonlySet<Component> = new Set();
  #stops: readonly Stop[] = [];
  #files: ReadonlySet<string> = new Set();
  /** Cluster id -> group -> files that read in it; found once for all rows of a tree, until files or clusters change. */
  readonly #filesIn = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  #running: Promise<void> | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FileForecastsOptions) {
    this.#options = options;
    this.#subscriptions = [
      this.#changed,
      this.#base,
      this.#base.onDidChange(() => {
        this.#changed.fire();
        this.#update();
      }),
      options.onDidConnect(() => this.#update()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#sampleAll()),
      vscode.workspace.onDidChangeConfiguration((e) => {
        if (e.affectsConfiguration('kafkaDapr.explorer.refreshSeconds')) this.#restart();
      }),
    ];
    this.#restart();
  }

  /** The files say this now. */
  follow(linter: Linter, options: LintOptions): void {
    this.#model = { workspace: linter.workspace, options };
    this.#filesIn.clear();
    const readers = this.#readers();
    this.#notLoaded = new Set(
      readers
        .filter((reader) => isNotLoaded(reader, (file) => linter.judgements(file), {}))
        .map((reader) => reader.component),
    );
    this.#stops = stopsNear(readers, linter);
    this.#files = new Set(
      readers.flatMap(({ component, topics }) => [
        component.document.file,
        ...topics.flatMap(({ subscription }) => (subscription ? [subscription.document.file] : [])),
      ]),
    );
    this.#base.follow([...this.#files], options);
    this.#update();
  }

  /** The rules with the halves that need a cluster. */
  rules(rules: readonly Rule[]): readonly Rule[] {
    return liveRules(rules, (reader) => this.#live(reader));
  }

  line(reader: Reader): string {
    const live = this.#live(reader);
    if (live) return lineOf(live);
    const stop = this.#stopOf(reader);
    return stop === undefined ? '' : stopLine(stop);
  }

  topicLine(reader: Reader, topic: string): { text: string; warns: boolean } | null {
    const live = this.#live(reader);
    return live && topicLineOf(live, topic);
  }

  tables(resource: Component | Subscription): string {
    return this.#readers()
      .flatMap((reader) => {
        const topics = reader.topics.filter((t) => t.subscription === resource).map((t) => t.topic);
        const live = reader.component === resource || topics.length > 0 ? this.#live(reader) : null;
        return live ? [tableOf(live, topics)] : [];
      })
      .join('\n\n');
  }

  /** The files whose components read in a group of a connected cluster. */
  filesIn(clusterId: string, group: string): string[] {
    const files = this.#filesIn.get(clusterId) ?? filesByGroup(this.#readersOn(clusterId));
    this.#filesIn.set(clusterId, files);
    return [...(files.get(group) ?? [])];
  }

  clusterOf(component: Component): string | undefined {
    return this.#savedFor(component)?.name;
  }

  offers(component: Component, file: vscode.Uri): vscode.Command[] {
    const topic = this.#readers().find((r) => r.component === component)?.topics[0]?.brokerTopic;
    const [connected, saved] = [this.#clusterOf(component)?.profile, this.#savedFor(component)];
    return componentOffers(component, file, { topic: topic ?? undefined, connected, saved });
  }

  topics(): string[] {
    return this.#options.names.topics();
  }

  groups(): string[] {
    return this.#options.names.groups();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** As the files are at this moment; worked out once until one changes. */
  #readers(): readonly Reader[] {
    return this.#model ? readersFor(this.#model.workspace, this.#model.options) : [];
  }

  #live({ component, app }: Reader): LiveReader | null {
    const reader = this.#readers().find((r) => r.component === component && r.app === app);
    if (!reader) return null;
    const cluster = this.#clusterOf(component);
    const learned = cluster && this.#learned.get(cluster.profile.id);
    if (!learned) return null;
    const planned = {
      reader,
      file: component.document.file,
      line: 1,
      notLoaded: this.#notLoaded.has(component),
      stop: this.#stopOf(reader),
      predecessor: this.#predecessor(reader),
    };
    return {
      planned,
      cluster: cluster.profile.name,
      forecast: componentForecast(planned, learned.facts),
      facts: learned.facts,
      ...learned.sampled.known,
      ...(learned.error === undefined ? {} : { error: learned.error }),
    };
  }

  #stopOf(reader: Reader): Stop | undefined {
    return stopBeside(reader, this.#stops);
  }

  /** The group that read before a change since the last commit, where it is another one. */
  #predecessor(reader: Reader): string | undefined {
    const before = this.#base.readers && predecessorOf(reader, this.#base.readers, this.#readers());
    return typeof before === 'string' && before !== reader.group.group ? before : undefined;
  }

  #clusterOf(component: Component): ConnectedCluster | undefined {
    const brokers = brokersOf(component);
    if (!brokers) return undefined;
    const [profile] = matchingClusters(
      brokers,
      this.#connected.map((c) => c.profile),
    );
    const isNamed = namesBroker(brokers);
    return this.#connected.find((c) => c.profile === profile) ?? this.#connected.find((c) => c.brokers.some(isNamed));
  }

  #savedFor(component: Component): ClusterProfile | undefined {
    return this.#clusterOf(component)?.profile ?? matchingClusters(brokersOf(component) ?? [], this.#saved)[0];
  }

  /** Asks what has not been asked yet. While an answer is awaited, once more after it. */
  #update(all = false): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#ask(all).finally(() => {
      this.#running = undefined;
      if (!this.#again || this.#closing.signal.aborted) return;
      this.#again = false;
      this.#update();
    });
  }

  async #ask(all: boolean): Promise<void> {
    const clusters = () =>
      JSON.stringify([this.#saved, this.#connected.map(({ profile, brokers }) => [profile, brokers])]);
    const before = clusters();
    this.#saved = this.#options.saved();
    this.#connected = this.#options.connected();
    this.#filesIn.clear();
    const ids = new Set(this.#connected.map((c) => c.profile.id));
    for (const id of this.#learned.keys()) if (!ids.has(id)) this.#learned.delete(id);
    if (clusters() !== before) this.#changed.fire();
    const answers = await Promise.all(this.#connected.map((cluster) => this.#askCluster(cluster, all)));
    if (!this.#closing.signal.aborted && answers.includes(true)) this.#changed.fire();
  }

  /** Resolves to whether it knows something new. Never rejects: a failure is what is known. */
  async #askCluster(cluster: ConnectedCluster, all: boolean): Promise<boolean> {
    const { id } = cluster.profile;
    const before = this.#learned.get(id);
    const wanted = wantedOf(this.#readersOn(id), this.#model?.options.mode ?? 'self-hosted', (reader) =>
      this.#predecessor(reader),
    );
    const asked = JSON.stringify(wanted);
    if (!all && before?.asked === asked && before.seen === cluster.seen) return false;
    const sampled = before?.seen === cluster.seen ? before.sampled : new ClusterSamples();
    // The settings of brokers are asked once for a connection.
    const broker = before?.seen === cluster.seen ? before.facts.broker : undefined;
    const learned: Learned = { seen: cluster.seen, asked, facts: NO_FACTS, sampled };
    try {
      learned.facts = await gatherFacts(
        await cluster.client(),
        { ...wanted, broker },
        { signal: this.#closing.signal },
      );
    } catch (error) {
      learned.error = error instanceof Error ? error.message : String(error);
    }
    this.#learned.set(id, learned);
    this.#sample(cluster, learned);
    return before === undefined || textOf(before) !== textOf(learned);
  }

  #readersOn(id: string): Reader[] {
    return this.#readers().filter((reader) => this.#clusterOf(reader.component)?.profile.id === id);
  }

  #sampleAll(): void {
    for (const cluster of this.#connected) {
      const learned = this.#learned.get(cluster.profile.id);
      if (learned) this.#sample(cluster, learned);
    }
  }

  /** A look at the records of what is read by the files that a person has before them. */
  #sample(cluster: ConnectedCluster, { sampled, facts }: Learned): void {
    const signal = this.#closing.signal;
    const seen = this.#readersOn(cluster.profile.id).flatMap((reader) =>
      reader.topics.filter(({ subscription }) =>
        [reader.component, subscription].some((resource) => resource && isVisible(resource.document.file)),
      ),
    );
    const topics = seen.flatMap(({ brokerTopic }) => brokerTopic ?? []);
    const near = (topic: string, partition: number) => {
      const commits = [...facts.groups.values()].map((group) => group.commits.get(topic)?.get(partition));
      const offsets = commits.filter((offset) => typeof offset === 'number');
      return offsets.length === 0 ? null : Math.min(...offsets);
    };
    void Promise.all([
      sampled.recall(cluster, facts.topics, topics, near, signal),
      sampled.look(cluster, facts.topics, topics, signal),
    ]).then((news) => {
      if (!signal.aborted && news.includes(true)) this.#changed.fire();
    });
  }

  /** How many messages a topic holds: reads some of its offsets, while the person waits and may stop it. */
  async estimate(clusterId: string, topic: string): Promise<void> {
    const cluster = this.#options.connected().find((c) => c.profile.id === clusterId);
    if (!cluster) throw new Error(l10n.t('Connect to the cluster first.'));
    const sampled = this.#learned.get(clusterId)?.sampled ?? new ClusterSamples();
    const options = { location: vscode.ProgressLocation.Notification, title: topic, cancellable: true };
    const text = await vscode.window.withProgress(options, async (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const signal = AbortSignal.any([stop.signal, this.#closing.signal]);
      try {
        const client = await cluster.client();
        const [found] = await client.offsets(await client.topics([topic], { signal }), { signal });
        if (!found || found.error !== undefined) throw new Error(found?.error ?? l10n.t('not known'));
        const sample = await sampled.take(cluster, topic, found.partitions, ESTIMATE, signal);
        return estimateText(topic, found.partitions, sample);
      } catch (error) {
        // Stopped by the person, who needs not be told.
        if (signal.aborted) return undefined;
        throw error;
      }
    });
    if (text === undefined) return;
    this.#changed.fire();
    void vscode.window.showInformationMessage(text);
  }

  #restart(): void {
    clearTimeout(this.#timer);
    const seconds = this.#options.refreshSeconds();
    if (seconds <= 0 || this.#closing.signal.aborted) return;
    this.#timer = setTimeout(() => {
      if (this.#isSeen()) this.#update(true);
      this.#restart();
    }, seconds * 1000);
  }

  /** Nobody looks at facts: no requests. */
  #isSeen(): boolean {
    if (this.#learned.size === 0 || !vscode.window.state.focused) return false;
    return this.#options.shown() || [...this.#files].some(isVisible);
  }
}

/** A file of the model in an editor that can be seen. */
function isVisible(file: string): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => file === workspacePath(document.uri));
}

/** What a cluster must be asked about for these readers. */
function wantedOf(
  readers: readonly Reader[],
  mode: LintOptions['mode'],
  predecessor: (reader: Reader) => string | undefined,
): { topics: string[]; groups: string[] } {
  const unique = (names: readonly (string | null)[]) =>
    [...new Set(names.filter((name): name is string => name !== null && name !== ''))].sort();
  return {
    topics: unique(readers.flatMap((r) => r.topics.flatMap((t) => [t.brokerTopic, deadLetterOf(r, t, mode)]))).filter(
      isTopicName,
    ),
    groups: unique(readers.flatMap((reader) => [reader.group.group, predecessor(reader) ?? null])),
  };
}

function deadLetterOf(reader: Reader, { subscription }: ReaderTopic, mode: LintOptions['mode']): string | null {
  const topic = subscription?.deadLetterTopic;
  return topic === undefined || topic.node.templated ? null : deadLetterName(reader, topic.text, mode);
}

/** To compare two answers; Maps have no JSON of their own. */
function textOf({ facts, error }: Learned): string {
  return JSON.stringify([error, facts], (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}
