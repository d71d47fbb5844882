import * as l10n from '@vscode/l10n';
import type { ReplayEdit, ReplayTarget, WayAction } from '../../shared/replayPage.ts';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import type { NothingRead } from '../dapr/delivery/start.ts';
import type { ComponentForecast } from './result.ts';

export type Step =
  | { kind: 'edit'; text: string; set: ReplayEdit & { initialOffset?: InitialOffset } }
  | { kind: 'stop' | 'start'; text: string }
  | { kind: 'reset'; text: string; group: string; topics: string[]; to: ReplayTarget }
  | { kind: 'read'; text: string; topic: string; from: ReplayTarget }
  | { kind: 'client'; text: string };

/** One way to get there. */
export interface Way {
  id: 'nothing' | 'edit' | 'new-group' | 'reset' | 'read-here' | 'client';
  title: string;
  steps: Step[];
  /** Sentences: duplicates, a new group, downtime. */
  costs: string[];
  /** Offsets delivered right after the start, an upper bound of messages; null: not known; absent: not by the component. */
  delivered?: number | null;
  /** From some known times, not from each message's. */
  about?: true;
  /** Of these, handled before by this group; null: not known. */
  twice?: number | null;
}

export interface Situation {
  component: ComponentForecast;
  /** Somebody reads in the group now, or that is not known. */
  running: boolean;
  /** Kafka knows the group: it has members or commits. Default: it does. */
  exists?: boolean;
  /** The group gets a new name at each start (`{uuid}`): it never has a commit. */
  fresh?: boolean;
  /** The group's commits by topic on the broker; null: not known. Default: those of the forecast. */
  commitOf?: (topic: string, partition: number) => number | 'none' | null;
  /** A group that nobody has used yet. Default: the group with a number behind it. */
  freeGroup?: string;
  /** A name for a second component. Default: the component's with a 2. */
  copyName?: string;
  /** Why nothing would be read in any group. */
  nothingRead?: NothingRead | undefined;
  /** Kafka refuses the join as long as the members of its group are there. */
  refusedBeside?: boolean;
  /** An input binding, not a pub/sub component. */
  binding?: boolean;
  /** About the first offset that was written at or after a time; null or absent: not known. */
  offsetAt?: (topic: string, partition: number, time: number) => number | null;
}

/** On the broker: topics whose partitions the cluster told. */
export const toldTopics = ({ component }: Situation): string[] =>
  component.topics.flatMap(({ brokerTopic, partitions }) => (partitions.length > 0 ? (brokerTopic ?? []) : []));

/** Topics that do not exist, or that the cluster tells nothing about. */
export const untoldTopics = ({ component }: Situation): string[] =>
  component.topics.flatMap(({ topic, brokerTopic, partitions }) =>
    partitions.length > 0 ? [] : [brokerTopic ?? topic],
  );

export const startStep = ({ running }: Pick<Situation, 'running'>): Step => ({
  kind: 'start',
  text: running ? l10n.t('Start the app again.') : l10n.t('Start the app.'),
});

export function edit(set: ReplayEdit & { initialOffset?: InitialOffset }): Step {
  const text = [
    set.consumerGroup === undefined ? '' : `consumerGroup: "${set.consumerGroup}"`,
    set.initialOffset === undefined ? '' : `initialOffset: "${set.initialOffset}"`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  return {
    kind: 'edit',
    text:
      set.copyAs === undefined
        ? l10n.t('Set {0} in the component.', text)
        : l10n.t('Add a component {0} with {1}.', set.copyAs, text),
    set,
  };
}

/** What the buttons of a step do. */
export function actionsOf(step: Step): WayAction[] {
  switch (step.kind) {
    case 'edit': {
      const { initialOffset, consumerGroup } = step.set;
      const whatIf = {
        ...(initialOffset === undefined ? {} : { initialOffset }),
        ...(consumerGroup === undefined ? {} : { consumerGroup }),
      };
      return [
        { kind: 'try', whatIf },
        { kind: 'edit', edit: step.set },
      ];
    }
    case 'reset':
      return [{ kind: 'reset', group: step.group, topics: step.topics, to: step.to }];
    case 'read':
      return [{ kind: 'read', topic: step.topic, from: step.from }];
    case 'client':
      return [{ kind: 'client' }];
    case 'stop':
    case 'start':
      return [];
  }
}
