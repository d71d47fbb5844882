import type { TopicFacts } from '../../core/forecast/facts.ts';
import { gatherHistory, HISTORY_LASTS, type HistoryCluster, type TopicHistory } from '../../core/forecast/history.ts';
import { NOTHING_SAMPLED, type Sampled } from '../../core/forecast/liveReader.ts';
import type { RangeSource } from '../../core/forecast/rangeRecords.ts';
import { GLANCE, sampleTopic, type SampleSize, type TopicSample } from '../../core/forecast/sample.ts';

/** The connection of one cluster. */
export interface SampledCluster {
  client(): Promise<HistoryCluster>;
  source(): Promise<RangeSource>;
}

/** ms for a look at the records of one topic. */
const TIMEOUT = 15_000;

/** What was seen of the records of one connection's topics, each looked at once. */
export class ClusterSamples {
  #known: Sampled = NOTHING_SAMPLED;
  readonly #tried = new Set<string>();
  /** Topic -> ms since the epoch: when it was asked last. */
  readonly #recalled = new Map<string, number>();

  get known(): Sampled {
    return this.#known;
  }

  /** Looks at the topics that were not looked at yet. Resolves to whether something is new. */
  async look(
    cluster: SampledCluster,
    topics: ReadonlyMap<string, TopicFacts>,
    named: readonly string[],
    signal: AbortSignal,
  ): Promise<boolean> {
    let news = false;
    for (const name of named) {
      const topic = topics.get(name);
      if (!topic || topic.error !== undefined || this.#tried.has(name)) continue;
      this.#tried.add(name);
      news = true;
      try {
        await this.take(cluster, name, topic.partitions, GLANCE, signal);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.#known = { ...this.#known, unread: new Map([...this.#known.unread, [name, why]]) };
      }
      if (signal.aborted) return news;
    }
    return news;
  }

  /**
   * When messages of the topics were written and how long they are kept, asked again after some minutes. Never rejects.
   * @param near where the readers stand, for each partition
   */
  async recall(
    cluster: SampledCluster,
    topics: ReadonlyMap<string, TopicFacts>,
    named: readonly string[],
    near: (topic: string, partition: number) => number | null,
    signal: AbortSignal,
  ): Promise<boolean> {
    const now = Date.now();
    const wanted = new Map<string, TopicFacts>();
    for (const name of named) {
      const topic = topics.get(name);
      if (topic && topic.error === undefined && now - (this.#recalled.get(name) ?? 0) > HISTORY_LASTS)
        wanted.set(name, topic);
    }
    if (wanted.size === 0) return false;
    for (const name of wanted.keys()) this.#recalled.set(name, now);
    let found: Map<string, TopicHistory>;
    try {
      found = await gatherHistory(await cluster.client(), wanted, near, { signal });
    } catch {
      // There is no connection: the facts of the topics tell that. Asked again with the next of them.
      for (const name of wanted.keys()) this.#recalled.delete(name);
      return false;
    }
    this.#known = { ...this.#known, history: new Map([...this.#known.history, ...found]) };
    return found.size > 0;
  }

  /** Looks at one topic. Throws KafkaError when it cannot be read. */
  async take(
    cluster: SampledCluster,
    name: string,
    partitions: TopicFacts['partitions'],
    size: SampleSize,
    signal: AbortSignal,
  ): Promise<TopicSample> {
    const { compileRegex } = await import('../../core/scan/expressions.late.ts');
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
    const sample = await sampleTopic(await cluster.source(), name, partitions, size, limited);
    this.#known = { ...this.#known, compileRegex, samples: new Map([...this.#known.samples, [name, sample]]) };
    return sample;
  }
}
