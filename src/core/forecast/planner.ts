import * as l10n from '@vscode/l10n';
import type { ReplayEdit, ReplayTarget } from '../../shared/replayPage.ts';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import type { NothingRead } from '../dapr/delivery/start.ts';
import type { ComponentForecast } from './result.ts';
import { afterReset, commitOn, partitionsOf, started } from './wayFigures.ts';

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
  /** Offsets delivered right after the start, an upper bound of messages; null: not known; absent: not by the component. */
  delivered?: number | null;
  /** From some known times, not from each message's. */
  about?: true;
  /** Of these, handled before by this group; null: not known. */
  twice?: number | null;
}

export interface Situation {
  component: ComponentForecast;
  /** Somebody reads in the group now. */
  running: boolean;
  /** Kafka knows the group: it has members or commits. Default: it does. */
  exists?: boolean;
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

/** The ways to fulfil a wish, the cheapest first. Pure: figures come from the forecast. */
export function waysTo(wish: Wish, situation: Situation): Way[] {
  const ways = waysOf(wish, situation);
  const { nothingRead, refusedBeside } = situation;
  if (nothingRead === undefined && refusedBeside !== true) return ways;
  const mend: Step = {
    kind: 'start',
    text:
      nothingRead === 'F-00'
        ? l10n.t('First mend what keeps daprd from starting the component: it stands at the top of this page.')
        : l10n.t('First mend why nothing is delivered: it stands at the top of this page.'),
  };
  // A group of its own has no members that could be in the way, and a reset is done when they are gone.
  const isFree = ({ id }: Way) => nothingRead === undefined && (id === 'new-group' || id === 'reset');
  return ways.map((way) =>
    way.delivered === undefined || isFree(way) ? way : { ...way, steps: [mend, ...way.steps] },
  );
}

function waysOf(wish: Wish, situation: Situation): Way[] {
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

const topicNames = ({ component }: Situation): string[] => component.topics.flatMap((topic) => topic.brokerTopic ?? []);

function everything(situation: Situation): Way[] {
  const commits = partitionsOf(situation).map(({ p, topic }) => commitOn(situation, p, topic));
  const hasCommits = commits.some((commit) => commit !== 'none');
  const ways: Way[] = [];
  if (!hasCommits && situation.component.initialOffset === 'oldest')
    ways.push({ ...nothingToChange(), ...started(situation, 'oldest', 'own') });
  else if (!hasCommits)
    ways.push({
      id: 'edit',
      title: l10n.t('Start at oldest'),
      steps: [edit({ initialOffset: 'oldest' }), { kind: 'start', text: l10n.t('Start the app.') }],
      costs: [],
      ...started(situation, 'oldest', 'own'),
    });
  else
    ways.push({
      id: 'new-group',
      title: l10n.t('A new group that starts at oldest'),
      steps: [
        edit({ consumerGroup: newGroup(situation), initialOffset: 'oldest' }),
        { kind: 'start', text: l10n.t('Start the app again.') },
      ],
      costs: [
        l10n.t('The old group stays behind with its commits until they expire.'),
        l10n.t('What the old group handled is handled again.'),
      ],
      ...started(situation, 'oldest', 'new'),
    });
  if (hasCommits) ways.push(...resetWay(situation, { kind: 'earliest' }));
  ways.push(
    ...readHere(situation, { kind: 'earliest' }),
    client(l10n.t('auto.offset.reset=earliest with a group.id that has no commits, or seek to the beginning.')),
  );
  return ways;
}

function onlyNew(situation: Situation): Way[] {
  const skipsAgain = l10n.t(
    'With newest a partition without a commit skips again whatever arrives between two starts.',
  );
  const pending = partitionsOf(situation).some(({ p, topic }) => {
    const commit = commitOn(situation, p, topic);
    return typeof commit === 'number' && p.highWatermark !== null && commit < p.highWatermark;
  });
  const ways: Way[] = [];
  if (!pending && situation.component.initialOffset === 'newest')
    ways.push({ ...nothingToChange(), costs: [skipsAgain], ...started(situation, 'newest', 'own') });
  else if (!pending)
    ways.push({
      id: 'edit',
      title: l10n.t('Start at newest'),
      steps: [edit({ initialOffset: 'newest' }), { kind: 'start', text: l10n.t('Start the app.') }],
      costs: [skipsAgain],
      ...started(situation, 'newest', 'own'),
    });
  // Committed at the end, a partition skips nothing later.
  if (situation.exists !== false) ways.push(...resetWay(situation, { kind: 'latest' }));
  if (pending)
    ways.push({
      id: 'new-group',
      title: l10n.t('A new group that starts at newest'),
      steps: [
        edit({ consumerGroup: newGroup(situation), initialOffset: 'newest' }),
        { kind: 'start', text: l10n.t('Start the app again.') },
      ],
      costs: [l10n.t('What the old group had not yet handled is never received.'), skipsAgain],
      ...started(situation, 'newest', 'new'),
    });
  ways.push(client(l10n.t('auto.offset.reset=latest with a group.id that has no commits, or seek to the end.')));
  return ways;
}

const nothingToChange = (): Way => ({
  id: 'nothing',
  title: l10n.t('Nothing to change'),
  steps: [{ kind: 'start', text: l10n.t('Start the app.') }],
  costs: [],
});

function secondReader(situation: Situation): Way[] {
  const group = newGroup(situation);
  const copyAs = situation.copyName ?? `${situation.component.name}-2`;
  return [
    {
      id: 'new-group',
      title: l10n.t('A second component with a group of its own'),
      steps: [
        edit({ consumerGroup: group, initialOffset: 'oldest', copyAs }),
        {
          kind: 'start',
          text:
            situation.binding === true
              ? l10n.t('Answer the path of the new binding in the second app.')
              : l10n.t('Point the second app’s Subscription at the new component.'),
        },
      ],
      costs: [l10n.t('Both groups receive every message.')],
      ...started(situation, 'oldest', 'new'),
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

/**
 * Kafka refuses to change the offsets of a group that has members: the app must be stopped first. One that does not
 * exist has none to change: it must have handled a message.
 */
function resetWay(situation: Situation, to: ReplayTarget): Way[] {
  const { group } = situation.component;
  const topics = topicNames(situation);
  if (group === null || group === '' || topics.length === 0) return [];
  const absent = situation.exists === false;
  const stop: Step = {
    kind: 'stop',
    text: l10n.t('Stop every instance of the app: Kafka refuses while the group has members.'),
  };
  const before: Step[] = absent
    ? [
        edit({ initialOffset: 'oldest' }),
        {
          kind: 'start',
          text: l10n.t('Start the app until it has handled a message: group {0} does not exist before.', group),
        },
        stop,
      ]
    : situation.running
      ? [stop]
      : [];
  return [
    {
      id: 'reset',
      title: l10n.t('Reset the group’s offsets'),
      steps: [
        ...before,
        { kind: 'reset', text: l10n.t('Reset {0} on {1}.', group, topics.join(', ')), group, topics, to },
        { kind: 'start', text: l10n.t('Start the app.') },
      ],
      costs: absent
        ? [l10n.t('On the way the app handles messages from the log start on.')]
        : situation.running
          ? [l10n.t('The app is down while the offsets are reset.')]
          : [],
      ...afterReset(situation, to),
      ...(to.kind === 'time' ? { about: true as const } : {}),
    },
  ];
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
    },
  ];
}

function client(text: string): Way {
  return {
    id: 'client',
    title: l10n.t('A plain Kafka client'),
    steps: [{ kind: 'client', text }],
    costs: [l10n.t('Retries, dead letters and routes are then the app’s own business.')],
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

const newGroup = ({ freeGroup, component }: Situation): string =>
  freeGroup ?? numbered(component.group ?? component.app ?? component.name, 1);

/** The name with the n-th number after its own behind it: `orders-v2`, then `orders-v3`. */
export function numbered(name: string, n: number): string {
  const [, stem = name, number = '1'] = /^(.*)-v(\d+)$/.exec(name) ?? [];
  return `${stem}-v${Number(number) + n}`;
}
