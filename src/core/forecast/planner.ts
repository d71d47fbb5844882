import * as l10n from '@vscode/l10n';
import type { ReplayEdit, ReplayTarget } from '../../shared/replayPage.ts';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import { partitionStart } from '../dapr/delivery/start.ts';
import type { ComponentForecast, PartitionForecast } from './result.ts';

/** What somebody wants from a component. */
export type Wish =
  | { kind: 'everything' }
  | { kind: 'only-new' }
  /** ms since the epoch. */
  | { kind: 'since'; timestamp: number }
  | { kind: 'from-offset'; offset: number }
  | { kind: 'second-reader' }
  | { kind: 'every-instance' };

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
  /** Offsets delivered right after the start, an upper bound of messages; null: not known. */
  delivered: number | null;
  /** Of these, handled before by this group; null: not known. */
  twice: number | null;
}

export interface Situation {
  component: ComponentForecast;
  /** Somebody reads in the group now. */
  running: boolean;
  /** An input binding, not a pub/sub component. */
  binding?: boolean;
  /** About the first offset that was written at or after a time; null or absent: not known. */
  offsetAt?: (topic: string, partition: number, time: number) => number | null;
}

/** The ways to fulfil a wish, the cheapest first. Pure: figures come from the forecast. */
export function waysTo(wish: Wish, situation: Situation): Way[] {
  switch (wish.kind) {
    case 'everything':
      return everything(situation);
    case 'only-new':
      return onlyNew(situation);
    case 'since': {
      const to: ReplayTarget = { kind: 'time', timestamp: wish.timestamp };
      return [
        ...resetWay(situation, to),
        ...readHere(situation, to),
        client(l10n.t('Seek to the offsets for this time before the first poll (offsetsForTimes).')),
      ];
    }
    case 'from-offset': {
      const to: ReplayTarget = { kind: 'offset', offset: wish.offset };
      return [
        ...resetWay(situation, to),
        ...readHere(situation, to),
        client(l10n.t('Seek to the offset before the first poll.')),
      ];
    }
    case 'second-reader':
      return secondReader(situation);
    case 'every-instance':
      return everyInstance();
  }
}

const partitions = ({ component }: Situation): PartitionForecast[] =>
  component.topics.flatMap((topic) => topic.partitions);
const topicNames = ({ component }: Situation): string[] => component.topics.flatMap((topic) => topic.brokerTopic ?? []);

/** Sums over the partitions as they would start with another commit or another initialOffset. */
function outcome(
  situation: Situation,
  start: (p: PartitionForecast, topic: string) => number | null,
): { delivered: number | null; twice: number | null } {
  let delivered: number | null = 0;
  let twice: number | null = 0;
  const all = situation.component.topics.flatMap(({ topic, brokerTopic, partitions: own }) =>
    own.map((p) => ({ p, name: brokerTopic ?? topic })),
  );
  for (const { p, name } of all) {
    const first = start(p, name);
    delivered =
      delivered === null || first === null || p.highWatermark === null
        ? null
        : delivered + Math.max(0, p.highWatermark - first);
    twice =
      twice === null || first === null
        ? null
        : twice +
          (p.committed === null || p.highWatermark === null
            ? 0
            : Math.max(0, Math.min(p.committed, p.highWatermark) - first));
  }
  return { delivered, twice };
}

function started(
  situation: Situation,
  initialOffset: InitialOffset,
  newGroup: boolean,
): { delivered: number | null; twice: number | null } {
  return outcome(
    situation,
    (p) => partitionStart({ ...p, committed: newGroup ? 'none' : (p.committed ?? 'none') }, initialOffset).first,
  );
}

function everything(situation: Situation): Way[] {
  const ways: Way[] = [];
  const hasCommits = partitions(situation).some((p) => p.committed !== null);
  const newGroup = freeName(situation.component);
  if (!hasCommits)
    ways.push({
      id: 'edit',
      title: l10n.t('Start at oldest'),
      steps: [edit({ initialOffset: 'oldest' }), { kind: 'start', text: l10n.t('Start the app.') }],
      costs: [],
      ...started(situation, 'oldest', false),
    });
  ways.push({
    id: 'new-group',
    title: l10n.t('A new group that starts at oldest'),
    steps: [
      edit({ consumerGroup: newGroup, initialOffset: 'oldest' }),
      { kind: 'start', text: l10n.t('Start the app again.') },
    ],
    costs: [
      l10n.t('The old group stays behind with its commits until they expire.'),
      ...(hasCommits ? [l10n.t('What the old group handled is handled again.')] : []),
    ],
    ...started(situation, 'oldest', true),
  });
  ways.push(
    ...resetWay(situation, { kind: 'earliest' }),
    ...readHere(situation, { kind: 'earliest' }),
    client(l10n.t('auto.offset.reset=earliest with a group.id that has no commits, or seek to the beginning.')),
  );
  return ways;
}

function onlyNew(situation: Situation): Way[] {
  const pending = partitions(situation).some(
    (p) => p.committed !== null && p.highWatermark !== null && p.committed < p.highWatermark,
  );
  const ways: Way[] = [];
  if (!pending)
    ways.push({
      id: situation.component.initialOffset === 'newest' ? 'nothing' : 'edit',
      title: situation.component.initialOffset === 'newest' ? l10n.t('Nothing to change') : l10n.t('Start at newest'),
      steps: situation.component.initialOffset === 'newest' ? [] : [edit({ initialOffset: 'newest' })],
      costs: [l10n.t('With newest a partition without a commit skips again whatever arrives between two starts.')],
      ...started(situation, 'newest', false),
    });
  ways.push(...resetWay(situation, { kind: 'latest' }), {
    id: 'new-group',
    title: l10n.t('A new group that starts at newest'),
    steps: [
      edit({ consumerGroup: freeName(situation.component), initialOffset: 'newest' }),
      { kind: 'start', text: l10n.t('Start the app again.') },
    ],
    costs: [
      l10n.t('What the old group had not yet handled is never received.'),
      l10n.t('With newest a partition without a commit skips again whatever arrives between two starts.'),
    ],
    ...started(situation, 'newest', true),
  });
  ways.push(client(l10n.t('auto.offset.reset=latest with a group.id that has no commits, or seek to the end.')));
  return ways;
}

function secondReader(situation: Situation): Way[] {
  const group = freeName(situation.component);
  return [
    {
      id: 'new-group',
      title: l10n.t('A second component with a group of its own'),
      steps: [
        edit({ consumerGroup: group, initialOffset: 'oldest', copyAs: `${situation.component.name}-2` }),
        {
          kind: 'start',
          text:
            situation.binding === true
              ? l10n.t('Answer the path of the new binding in the second app.')
              : l10n.t('Point the second app’s Subscription at the new component.'),
        },
      ],
      costs: [l10n.t('Both groups receive every message.')],
      ...started(situation, 'oldest', true),
    },
    ...readHere(situation, { kind: 'earliest' }),
    client(l10n.t('Another group.id; auto.offset.reset decides where it starts.')),
  ];
}

function everyInstance(): Way[] {
  return [
    {
      id: 'edit',
      title: l10n.t('One group for each pod of a StatefulSet'),
      steps: [edit({ consumerGroup: '{podName}', initialOffset: 'oldest' })],
      costs: [
        l10n.t(
          'The pods need stable names and POD_NAME; a Deployment’s pods get new names with every rollout and start over.',
        ),
      ],
      delivered: null,
      twice: null,
    },
    {
      id: 'new-group',
      title: l10n.t('A new group at every start ({uuid})'),
      steps: [edit({ consumerGroup: '{appID}-{uuid}', initialOffset: 'newest' })],
      costs: [
        l10n.t('What arrives while an instance is down never reaches it, and each start leaves a dead group behind.'),
      ],
      delivered: 0,
      twice: 0,
    },
    client(l10n.t('assign() all partitions without a group, in every instance.')),
  ];
}

/** Kafka refuses to change the offsets of a group that has members: the app must be stopped first. */
function resetWay(situation: Situation, to: ReplayTarget): Way[] {
  const { group } = situation.component;
  const topics = topicNames(situation);
  if (group === null || group === '' || topics.length === 0) return [];
  const figures = outcome(situation, (p, topic) => resetTo(situation, to, p, topic));
  return [
    {
      id: 'reset',
      title: l10n.t('Reset the group’s offsets'),
      steps: [
        ...(situation.running
          ? [
              {
                kind: 'stop' as const,
                text: l10n.t('Stop every instance of the app: Kafka refuses while the group has members.'),
              },
            ]
          : []),
        { kind: 'reset', text: l10n.t('Reset {0} on {1}.', group, topics.join(', ')), group, topics, to },
        { kind: 'start', text: l10n.t('Start the app.') },
      ],
      costs: situation.running ? [l10n.t('The app is down while the offsets are reset.')] : [],
      ...figures,
    },
  ];
}

/** As the reset does it: never outside of the log. */
function resetTo(
  { offsetAt }: Situation,
  to: ReplayTarget,
  { partition, logStart, highWatermark }: PartitionForecast,
  topic: string,
): number | null {
  if (logStart === null || highWatermark === null) return null;
  const within = (offset: number) => Math.min(Math.max(offset, logStart), highWatermark);
  switch (to.kind) {
    case 'earliest':
      return logStart;
    case 'latest':
      return highWatermark;
    case 'offset':
      return within(to.offset);
    case 'time': {
      const found = offsetAt?.(topic, partition, to.timestamp) ?? null;
      return found === null ? null : within(found);
    }
  }
}

/** Each topic in a messages page of its own. */
function readHere(situation: Situation, from: ReplayTarget): Way[] {
  const topics = topicNames(situation);
  if (topics.length === 0) return [];
  return [
    {
      id: 'read-here',
      title: l10n.t('Read here, without a group'),
      steps: topics.map((topic) => ({
        kind: 'read',
        text: l10n.t('Read {0} in a messages page.', topic),
        topic,
        from,
      })),
      costs: [l10n.t('The app receives nothing; nothing is committed.')],
      delivered: 0,
      twice: 0,
    },
  ];
}

function client(text: string): Way {
  return {
    id: 'client',
    title: l10n.t('A plain Kafka client'),
    steps: [{ kind: 'client', text }],
    costs: [l10n.t('Retries, dead letters and routes are then the app’s own business.')],
    delivered: null,
    twice: null,
  };
}

function edit(set: ReplayEdit & { initialOffset?: InitialOffset }): Step {
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

/** A group that this component does not use: the old name with a number that counts up. */
function freeName({ group, app, name }: ComponentForecast): string {
  const old = group ?? app ?? name;
  const numbered = /^(.*)-v(\d+)$/.exec(old);
  return numbered === null ? `${old}-v2` : `${numbered[1] ?? old}-v${Number(numbered[2]) + 1}`;
}
