import * as l10n from '@vscode/l10n';
import type {
  ClusterClient,
  ClusterDescription,
  Group,
  GroupListing,
  Topic,
  TopicWithOffsets,
} from '../../core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { LogDirectory } from '../../core/kafka/topics/logDirectories.ts';
import type { TopicSize } from '../../core/kafka/topics/topicSizes.ts';
import type { Setting } from '../../core/kafka/topics/settings.ts';
import { Facet } from './facet.ts';
import { kindOf, overheard, type Heard } from './overheard.ts';

/** Connects and logs in, within the profile's timeout. Rejects with a sentence that names the failing step. */
export type Connect = (profile: ClusterProfile, signal: AbortSignal) => Promise<ClusterClient>;

/**
 * One cluster as the tree sees it: a connection made on first use and what was last learned over it.
 * Parts are asked for only when something that shows them is expanded.
 */
export class ClusterSession {
  readonly profile: ClusterProfile;
  readonly description: Facet<ClusterDescription>;
  /** Node id; null: the cluster does not tell. */
  readonly controller: Facet<number | null>;
  readonly topics: Facet<Topic[]>;
  /** Topic name -> the topic with the offsets of its partitions. */
  readonly offsets: Facet<ReadonlyMap<string, TopicWithOffsets>>;
  /** Topic name -> bytes on disk. */
  readonly sizes: Facet<ReadonlyMap<string, TopicSize>>;
  readonly groupListing: Facet<GroupListing>;
  /** Group id -> members and offsets. */
  readonly groups: Facet<ReadonlyMap<string, Group>>;
  /** The component files of the workspace that read in a group of this cluster. */
  readonly componentFiles: (group: string) => readonly string[];
  readonly #connect: Connect;
  readonly #changed: () => void;
  /** Settings and log folders, by what they belong to; made when they are first shown. */
  readonly #details = new Map<string, Facet<unknown>>();
  readonly #closing = new AbortController();
  #client: Promise<ClusterClient> | undefined;
  #refused = false;
  /** Why the login was refused, if that was it. */
  #loginError: string | undefined;
  #resting: boolean;
  #asked = {};

  constructor(
    profile: ClusterProfile,
    connect: Connect,
    changed: () => void,
    componentFiles: (group: string) => readonly string[] = () => [],
    resting = false,
  ) {
    this.#resting = resting;
    this.profile = profile;
    this.componentFiles = componentFiles;
    this.#connect = connect;
    this.#changed = changed;
    const signal = this.#closing.signal;
    const facet = <T>(read: (client: ClusterClient) => Promise<T>) =>
      new Facet(async () => read(await this.client()), changed);
    this.description = facet((client) => client.describe({ signal }));
    this.controller = facet((client) => client.controller({ signal }));
    this.topics = facet((client) => client.topics(undefined, { signal }));
    this.offsets = facet(async (client) => {
      await this.topics.ensure();
      const topics = await client.offsets(this.topics.value ?? [], { signal });
      return new Map(topics.map((t) => [t.name, t]));
    });
    this.sizes = facet(async (client) => {
      await this.topics.ensure();
      return client.topicSizes(this.topics.value ?? [], { signal });
    });
    this.groupListing = facet((client) => client.groups({ signal }));
    this.groups = facet(async (client) => {
      const groups = await client.describeGroups(undefined, { signal });
      return new Map(groups.map((g) => [g.group, g]));
    });
  }

  /** Node id of the active controller; undefined as long as nobody says who it is: a former answer may be false by now. */
  get activeController(): number | undefined {
    const { value, error } = this.controller;
    return error === undefined ? (value ?? undefined) : undefined;
  }

  /** Why a topic is not in the list: it does not exist, or this login may not see it. undefined: it is in the list. */
  async whyUnlisted(topic: string): Promise<string | undefined> {
    if (!this.topics.value || this.topics.value.some(({ name }) => name === topic)) return undefined;
    try {
      const [found] = await (await this.client()).topics([topic], this.#options());
      return found?.error;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Why a group is not in the list: there is none, this login may not see it, or its broker does not answer. undefined: it is there. */
  async whyNoGroup(group: string): Promise<string | undefined> {
    if (!this.groups.value || this.groups.value.has(group)) return undefined;
    try {
      const [found] = await (await this.client()).describeGroups([group], this.#options());
      return found?.error;
    } catch (error) {
      return (error as Error).message;
    }
  }

  settingsOfTopic(topic: string): Facet<Setting[]> {
    return this.#detail(`topic/${topic}`, (client) => client.topicSettings(topic, this.#options()));
  }

  settingsOfBroker(id: number): Facet<Setting[]> {
    return this.#detail(`broker/${id}`, (client) => client.brokerSettings(id, this.#options()));
  }

  logDirectories(id: number): Facet<LogDirectory[]> {
    return this.#detail(`logs/${id}`, (client) => client.logDirectories(id, this.#options()));
  }

  /**
   * The connection, made if there is none, whoever wants it: the tree then shows the cluster as connected, and the files
   * that belong to it carry its facts. A failed attempt is forgotten, so that the next call tries again.
   */
  client(): Promise<ClusterClient> {
    this.#resting = false;
    if (!this.#client) {
      const attempt = this.#connect(this.profile, this.#closing.signal).then((client) =>
        overheard(client, (heard) => this.#heard(heard)),
      );
      this.#client = attempt;
      attempt.then(
        () => {
          this.#refused = false;
          this.#loginError = undefined;
          if (this.description.error !== undefined) void this.description.load();
          else void this.description.ensure();
        },
        (error: unknown) => {
          this.#refused = true;
          this.#loginError = kindOf(error) === 'sasl' ? (error as Error).message : undefined;
          if (!this.closed) this.description.fail(error);
          if (this.#client === attempt) this.#client = undefined;
        },
      );
    }
    return this.#client;
  }

  /** The person has disconnected: drawing the tree is no use of it. */
  get resting(): boolean {
    return this.#resting;
  }

  /** Why what looks by itself must not use this connection: a sentence with the next step; undefined: it may. */
  get leftAlone(): string | undefined {
    if (this.#resting) return l10n.t('You have disconnected from this cluster. Refresh connects again.');
    // One wrong password again and again can lock an account.
    return this.#loginError && l10n.t('{0} Refresh tries again.', this.#loginError);
  }

  /** It is connecting, or waiting for its first answer, for so long that it has to be said. */
  get connecting(): boolean {
    const { slow, value, error } = this.description;
    return slow && (value === undefined || error !== undefined);
  }

  /** The last attempt to connect failed: the next one is the person's, since a wrong password tried again and again can lock an account. */
  get refused(): boolean {
    return this.#refused;
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Another object whenever the person asks for everything anew; what is looked at again by itself leaves it as it is. */
  get asked(): object {
    return this.#asked;
  }

  /** Asks again for everything that was asked for before. After a failure it starts from a new connection. */
  async refresh(): Promise<void> {
    this.#asked = {};
    if (this.description.error !== undefined) await this.#disconnect();
    await this.description.load();
    if (this.description.error !== undefined) return;
    await Promise.all([
      this.controller.load(),
      this.refreshTopics({ refusedSizes: true }),
      this.refreshGroups(),
      ...[...this.#details.values()].filter((detail) => detail.wanted).map((detail) => detail.load()),
    ]);
    this.#forgetGone();
  }

  /** A user who may not see sizes is not refused anew, and noted in the broker's log, in every round: only on demand. */
  async refreshTopics({ refusedSizes = false } = {}): Promise<void> {
    if (!this.topics.wanted) return;
    await this.topics.load();
    await Promise.all([
      this.offsets.wanted ? this.offsets.load() : undefined,
      this.sizes.wanted && (refusedSizes || this.sizes.error === undefined) ? this.sizes.load() : undefined,
    ]);
  }

  /** Brokers, controller and version, and the log folders of those brokers. */
  async refreshBrokers(logsOf: readonly number[] = []): Promise<void> {
    const logs = logsOf.map((id) => this.logDirectories(id)).filter((known) => known.error === undefined);
    await Promise.all([this.description.load(), this.controller.load(), ...logs.map((known) => known.load())]);
  }

  async refreshGroups(): Promise<void> {
    await Promise.all([
      this.groupListing.wanted ? this.groupListing.load() : undefined,
      this.groups.wanted ? this.groups.load() : undefined,
    ]);
  }

  /** Ends every request at once. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#disconnect();
  }

  /**
   * Whoever uses the connection may be the first to notice that no broker answers, or that one does again: the cluster's
   * row tells it, whether or not it is open. One request per turn, no round of its own.
   */
  #heard(heard: Heard): void {
    const lost = this.description.error !== undefined;
    if (!this.closed && lost === (heard === 'answer')) void this.description.load();
  }

  /** A topic that was deleted has no settings to ask for any more. */
  #forgetGone(): void {
    const { value: topics, error } = this.topics;
    if (!topics || error !== undefined) return;
    const there = new Set(topics.map(({ name }) => `topic/${name}`));
    for (const key of this.#details.keys()) if (key.startsWith('topic/') && !there.has(key)) this.#details.delete(key);
  }

  #options() {
    return { signal: this.#closing.signal };
  }

  #detail<T>(key: string, read: (client: ClusterClient) => Promise<T>): Facet<T> {
    const known = this.#details.get(key) as Facet<T> | undefined;
    if (known) return known;
    const made = new Facet(async () => read(await this.client()), this.#changed);
    this.#details.set(key, made);
    return made;
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A connection that was never made has nothing to close; its failure is already shown.
    await client?.then(
      (c) => c.close(),
      () => undefined,
    );
  }
}
