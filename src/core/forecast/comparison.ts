import * as l10n from '@vscode/l10n';
import type { ClientChoices, ComparisonRow, ReplayComparison, ReplaySharing } from '../../shared/replayPage.ts';
import { COMPONENTS } from '../dapr/catalog/catalog.ts';
import type { ReplayFact } from '../dapr/catalog/component.ts';
import { propertiesText, toClientProperties } from '../dapr/delivery/clientProperties.ts';
import { handlerSetup } from '../dapr/delivery/handlerSetup.ts';
import type { Reader } from '../dapr/delivery/readers.ts';
import { durationText } from '../dapr/rules/durationText.ts';
import type { Workspace } from '../dapr/workspace.ts';
import { clientCode, daprCode } from './comparisonCode.ts';
import { clientStart, type ClientStart } from './clientStart.ts';
import { pace, type TopicHistory } from './history.ts';
import { recommendation } from './recommendation.ts';
import { summarize, type ComponentForecast, type Summary } from './result.ts';
import { count, instanceCount, partitionCount } from '../../shared/counts.ts';

export interface Comparable {
  component: ComponentForecast;
  reader: Reader;
  sharing: ReplaySharing;
  workspace: Workspace;
  history: ReadonlyMap<string, TopicHistory>;
  daprVersion: string;
}

/** auto.commit.interval.ms of the Java client. */
const AUTO_COMMIT_SECONDS = 5;

/** The component beside a plain Kafka client for the same topics and group, with the figures that are known. Pure. */
export function compare(of: Comparable, choices: ClientChoices): ReplayComparison {
  const { component, reader, history } = of;
  const client = component.topics
    .map(({ topic, brokerTopic, partitions }) =>
      clientStart(partitions, choices, (p) => history.get(brokerTopic ?? topic)?.times.get(p) ?? []),
    )
    .reduce(together, { delivered: 0, skipped: 0, twice: 0, stopsOn: [] });
  const dapr = summarize(component.topics.map((topic) => topic.summary));
  const topics = component.topics.map(({ topic, brokerTopic }) => brokerTopic ?? topic);
  const converted = toClientProperties(reader.metadata, component.group);
  const chosen = { 'auto.offset.reset': choices.reset, 'enable.auto.commit': String(choices.autoCommit) };
  const properties = {
    ...converted,
    pairs: [...new Map([...converted.pairs, ...Object.entries(chosen)])],
  };
  const rows: ComparisonRow[] = [
    {
      id: 'set-up',
      title: l10n.t('Set-up'),
      dapr: [
        l10n.t(
          'Component {0} with {1} settings, and daprd beside every instance.',
          component.name,
          reader.metadata.length,
        ),
        l10n.t('Group {0}; topics: {1}.', component.group ?? '?', topics.join(', ') || '–'),
      ],
      client: [
        l10n.t(
          'A Kafka library in the app with {0} properties (below), in every language and app of its own.',
          properties.pairs.length,
        ),
        l10n.t('The same group: a client beside the component takes partitions away from it.'),
      ],
    },
    {
      id: 'past',
      title: l10n.t('Past messages'),
      dapr: daprPast(component, dapr),
      client: clientPast(choices, client),
    },
    { id: 'scaling', title: l10n.t('Scaling'), ...scaling(of) },
    { id: 'commit', title: l10n.t('Commit and retry'), ...commits(of, choices) },
    {
      id: 'brokers',
      title: l10n.t('Other brokers'),
      dapr: [
        l10n.t('Another component type and no other code; where a new subscriber starts, each decides by itself:'),
        ...COMPONENTS.filter(({ type }) => type.startsWith('pubsub.') && type !== 'pubsub.kafka').map(
          ({ title, replay }) => `${title}: ${startOf(replay)}`,
        ),
      ],
      client: [l10n.t('Kafka, and what speaks its protocol.')],
    },
    { id: 'code', title: l10n.t('Code'), code: true, dapr: daprCode(reader), client: clientCode(topics, choices) },
  ];
  return { rows, recommendation: recommendation(of, choices, client, dapr), properties: propertiesText(properties) };
}

function together(a: ClientStart, b: ClientStart): ClientStart {
  const sum = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return {
    delivered: sum(a.delivered, b.delivered),
    skipped: sum(a.skipped, b.skipped),
    twice: sum(a.twice, b.twice),
    stopsOn: [...a.stopsOn, ...b.stopsOn],
  };
}

function daprPast({ initialOffset }: ComponentForecast, { backlog, skipped, replayed }: Summary): string[] {
  return [
    initialOffset === null
      ? l10n.t('initialOffset is not valid: daprd does not load the component.')
      : `initialOffset=${initialOffset}`,
    l10n.t(
      '{0} will be delivered, {1} never received, {2} received twice.',
      count(backlog),
      count(skipped),
      count(replayed),
    ),
    l10n.t('There is no seek, and no "none": a commit outside the log always falls to initialOffset.'),
  ];
}

function clientPast({ reset, seek }: ClientChoices, { delivered, skipped, twice, stopsOn }: ClientStart): string[] {
  const figures = l10n.t(
    '{0} will be delivered, {1} never received, {2} received twice.',
    count(delivered),
    count(skipped),
    count(twice),
  );
  return [
    `auto.offset.reset=${reset}`,
    ...(stopsOn.length === 0
      ? [figures]
      : [
          l10n.t(
            'Stops with an error on {0}: there is no commit inside the log and nothing to fall to.',
            stopsOn.map((p) => `P${p}`).join(', '),
          ),
        ]),
    seek.kind === 'no'
      ? l10n.t('It may seek to any offset or time before the first poll.')
      : l10n.t('It seeks at every start, whatever was committed.'),
  ];
}

function scaling({ component, sharing }: Comparable): Pick<ComparisonRow, 'dapr' | 'client'> {
  const partitions = component.topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
  const idle = sharing.shares.filter((share) => share.count === 0).length;
  const limit = l10n.t('{0}: no more instances than that have work in one group.', partitionCount(partitions));
  return {
    dapr: [
      limit,
      ...(idle === 0
        ? []
        : [
            l10n.t(
              'With {0} ({1}) nothing is left for {2} of them.',
              instanceCount(sharing.instances),
              sharing.assignor,
              idle,
            ),
          ]),
      l10n.t('range, sticky or roundrobin; no static membership: every restart moves partitions.'),
    ],
    client: [
      limit,
      l10n.t(
        'Also cooperative assignors, static membership (group.instance.id), the group protocol of KIP-848, or assign() without a group.',
      ),
    ],
  };
}

function commits(
  { reader, workspace, history, component, daprVersion }: Comparable,
  { autoCommit }: ClientChoices,
): Pick<ComparisonRow, 'dapr' | 'client'> {
  const dapr = [l10n.t('Commits what the handler acknowledged, once a second and at the end.')];
  for (const { topic, subscription } of reader.topics) {
    if (subscription === undefined) continue;
    const { setup } = handlerSetup(subscription, reader.component, workspace, daprVersion);
    const dead = subscription.deadLetterTopic?.text ?? '';
    dapr.push(
      dead !== ''
        ? l10n.t('{0}: a message that fails goes to {1}.', topic, dead)
        : setup.retryEnabled && setup.maxRetries === null && setup.maxElapsedMs === null
          ? l10n.t(
              '{0}: a message that fails is tried again every {1} without end, and its partition waits.',
              topic,
              durationText(setup.backOffMs),
            )
          : l10n.t('{0}: a message that fails is given up after its tries and skipped.', topic),
    );
  }
  const rates = component.topics.flatMap(({ topic, brokerTopic, partitions }) => {
    const known = history.get(brokerTopic ?? topic);
    return partitions.map((p) => (known ? pace(known, p).perSecond : null));
  });
  const perSecond = rates.includes(null) ? null : rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
  return {
    dapr,
    client: autoCommit
      ? [
          perSecond === null
            ? l10n.t(
                'Commits every {0} s what poll() returned, handled or not: a crash may lose it.',
                AUTO_COMMIT_SECONDS,
              )
            : l10n.t(
                'Commits every {0} s what poll() returned, handled or not: a crash may lose it, about {1} messages at the present rate.',
                AUTO_COMMIT_SECONDS,
                count(Math.ceil(perSecond * AUTO_COMMIT_SECONDS)),
              ),
          l10n.t('Retries, pauses and dead letters are your code.'),
        ]
      : [
          l10n.t('Your code commits (commitSync) after it has handled what poll() returned.'),
          l10n.t('Retries, pauses and dead letters are your code.'),
        ],
  };
}

function startOf({ codeDefault: start, field, oldestValue }: ReplayFact): string {
  const words =
    start === 'oldest'
      ? l10n.t('everything that is kept')
      : start === 'newest'
        ? l10n.t('only what is new')
        : l10n.t('only what comes while it is subscribed');
  return field === undefined || oldestValue === undefined || start === 'oldest'
    ? words
    : l10n.t('{0}; more with {1}', words, `${field}: ${oldestValue}`);
}
