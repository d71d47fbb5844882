import * as l10n from '@vscode/l10n';
import type { ReplayTarget } from '../../shared/replayPage.ts';
import type { InitialOffset } from '../dapr/delivery/initialOffset.ts';
import { resetWay } from './resetWay.ts';
import { edit, startStep, toldTopics, untoldTopics, type Situation, type Step, type Way } from './way.ts';
import { commitOn, isEmpty, partitionsOf, started } from './wayFigures.ts';

/** What somebody wants from a component. */
export type Wish =
  | { kind: 'everything' }
  | { kind: 'only-new' }
  /** ms since the epoch. */
  | { kind: 'since'; timestamp: number }
  | { kind: 'from-offset'; offset: number }
  | { kind: 'second-reader' }
  | { kind: 'every-instance' };

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
    case 'since':
      return from(
        situation,
        { kind: 'time', timestamp: wish.timestamp },
        l10n.t('Seek to the offsets for this time before the first poll (offsetsForTimes).'),
      );
    case 'from-offset':
      return from(
        situation,
        { kind: 'offset', offset: wish.offset },
        l10n.t('Seek to the offset before the first poll.'),
      );
    case 'second-reader':
      return secondReader(situation);
    case 'every-instance':
      return everyInstance();
  }
}

/** Without it, what a topic holds cannot be told from what its group has handled. */
const isUntold = (situation: Situation): boolean =>
  situation.exists !== false && situation.fresh !== true && untoldTopics(situation).length > 0;

function everything(situation: Situation): Way[] {
  // A start goes on behind what was handled, or may do so.
  const goesOn =
    isUntold(situation) ||
    partitionsOf(situation).some(({ p, topic }) => {
      const commit = commitOn(situation, p, topic);
      return commit === null || (commit !== 'none' && (p.logStart === null || commit > p.logStart));
    });
  const ways: Way[] = [];
  if (!goesOn) ways.push(startAt(situation, 'oldest'));
  else
    ways.push(
      {
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
      },
      ...resetWay(situation, { kind: 'earliest' }),
    );
  ways.push(
    ...readHere(situation, { kind: 'earliest' }),
    client(l10n.t('auto.offset.reset=earliest with a group.id that has no commits, or seek to the beginning.')),
  );
  return ways;
}

function onlyNew(situation: Situation): Way[] {
  const partitions = partitionsOf(situation).map(({ p, topic }) => ({ p, commit: commitOn(situation, p, topic) }));
  const uncommitted = partitions.filter(({ commit }) => commit === 'none');
  const skipsAgain =
    uncommitted.length === 0
      ? []
      : [l10n.t('With newest a partition without a commit skips again whatever arrives between two starts.')];
  // A start finds another position than the end, or may do so; with a commit above the end, again at each start.
  const pending =
    isUntold(situation) || partitions.some(({ p, commit }) => commit !== 'none' && commit !== p.highWatermark);
  const { initialOffset } = situation.component;
  // Where nothing is there, oldest delivers nothing either, and loses nothing of what comes.
  const asIs = uncommitted.every(({ p }) => isEmpty(p)) ? initialOffset : 'newest';
  const ways: Way[] = [];
  if (!pending) ways.push({ ...startAt(situation, asIs ?? 'newest'), costs: asIs === 'oldest' ? [] : skipsAgain });
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
      costs: [
        l10n.t('What the old group had not yet handled is never received.'),
        l10n.t('With newest a partition without a commit skips again whatever arrives between two starts.'),
      ],
      ...started(situation, 'newest', 'new'),
    });
  ways.push(client(l10n.t('auto.offset.reset=latest with a group.id that has no commits, or seek to the end.')));
  return ways;
}

/** Where no commit is in the way, initialOffset decides. */
function startAt(situation: Situation, initialOffset: InitialOffset): Way {
  const { component } = situation;
  const nameless = component.group === '';
  const figures = started(situation, initialOffset, 'own');
  if (component.initialOffset === initialOffset && !nameless)
    return {
      id: 'nothing',
      title: l10n.t('Nothing to change'),
      steps: [startStep(situation)],
      costs: [],
      ...figures,
    };
  return {
    id: 'edit',
    title: initialOffset === 'oldest' ? l10n.t('Start at oldest') : l10n.t('Start at newest'),
    steps: [
      edit(nameless ? { consumerGroup: newGroup(situation), initialOffset } : { initialOffset }),
      startStep(situation),
    ],
    costs: [],
    ...figures,
  };
}

/** From a place on. Where a reset has nothing to go by, oldest receives all that will come. */
function from(situation: Situation, to: ReplayTarget, clientText: string): Way[] {
  const reset = resetWay(situation, to);
  const { group } = situation.component;
  const empty = partitionsOf(situation).every(({ p }) => isEmpty(p));
  const instead = group !== null && empty && toldTopics(situation).length > 0 ? [startAt(situation, 'oldest')] : [];
  return [...(reset.length > 0 ? reset : instead), ...readHere(situation, to), client(clientText)];
}

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

/** Each topic in a messages page of its own. */
function readHere(situation: Situation, from: ReplayTarget): Way[] {
  const topics = toldTopics(situation);
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

const newGroup = ({ freeGroup, component }: Situation): string =>
  freeGroup ?? numbered(component.group || (component.app ?? component.name), 1);

/** The name with the n-th number after its own behind it: `orders-v2`, then `orders-v3`. */
export function numbered(name: string, n: number): string {
  const [, stem = name, number = '1'] = /^(.*)-v(\d+)$/.exec(name) ?? [];
  return `${stem}-v${Number(number) + n}`;
}
