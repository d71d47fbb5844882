import type { GroupSource } from '../dapr/delivery/group.ts';
import type { Handover } from '../dapr/delivery/handover.ts';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import type { ForecastRule } from '../dapr/delivery/start.ts';

/** Offsets, an upper bound of messages; unknown is null. `kafka-dapr forecast --json` prints the components and the problems. */
export interface ForecastResult {
  components: ComponentForecast[];
  problems: ForecastProblem[];
  /** Those of the components that daprd stops at, before, or runs without, whether a topic of theirs is known or not. */
  notStarting: ComponentForecast[];
  /** Documents that are no YAML: what daprd skips there, nobody can tell. */
  unreadable: ForecastProblem[];
  /** The cluster would not or could not tell everything it was asked. */
  partly: boolean;
}

export interface ComponentForecast {
  name: string;
  app: string | null;
  file: string;
  /** From 1: where the component's document begins. */
  line: number;
  group: string | null;
  groupSource: GroupSource;
  initialOffset: InitialOffset | null;
  topics: TopicForecast[];
}

export interface TopicForecast {
  topic: string;
  brokerTopic: string | null;
  partitions: PartitionForecast[];
  summary: Summary;
}

export interface PartitionForecast {
  partition: number;
  logStart: number | null;
  highWatermark: number | null;
  /** null: never committed, or not known. */
  committed: number | null;
  first: number | null;
  backlog: number | null;
  skipped: number | null;
  gone: number | null;
  replayed: number | null;
  rule: ForecastRule | null;
  /** Only when a predecessor was named. */
  handover?: Handover;
}

export interface Summary {
  backlog: number | null;
  skipped: number | null;
  gone: number | null;
  replayed: number | null;
}

export interface ForecastProblem {
  file: string;
  line: number;
  message: string;
}

/** Adds partitions up; a part that is not known makes the sum unknown, and so does a topic without partitions. */
export function summarize(partitions: readonly Summary[]): Summary {
  const sum = (of: (p: Summary) => number | null): number | null =>
    partitions.length === 0
      ? null
      : partitions.reduce<number | null>(
          (total, p) => (total === null || of(p) === null ? null : total + (of(p) ?? 0)),
          0,
        );
  return {
    backlog: sum((p) => p.backlog),
    skipped: sum((p) => p.skipped),
    gone: sum((p) => p.gone),
    replayed: sum((p) => p.replayed),
  };
}
