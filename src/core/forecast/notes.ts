import * as l10n from '@vscode/l10n';
import { appPortOf, checksHealth } from '../dapr/delivery/appSettings.ts';
import type { Reader } from '../dapr/delivery/readers.ts';
import { ruleTitleWithId } from '../dapr/delivery/sentences.ts';
import type { ForecastRule } from '../dapr/delivery/start.ts';
import { committedOf, type Facts, type GroupFacts } from './facts.ts';
import { refusalOf } from './nothingRead.ts';
import type { ForecastPlan } from './plan.ts';
import { sharedText, sharing } from './sharedGroup.ts';

/** What holds beside the figures of one component and topic: who shares it, what renames or refuses it. */
export interface ForecastNote {
  rule: ForecastRule;
  component: string;
  app: string | null;
  /** null: about the whole component. */
  topic: string | null;
  message: string;
}

type Plan = Pick<ForecastPlan, 'readers' | 'workspace'>;

/**
 * F-11, F-14, F-15, F-18, F-20 to F-23, from the plan and from facts that are there already; each names its
 * rule. F-12, F-13, F-16 and F-24 are about records: a dry run tells them.
 */
export function notesOf(plan: Plan, facts: Facts): ForecastNote[] {
  return plan.readers.flatMap(({ reader }) => {
    const note = (rule: ForecastRule, topic: string | null, ...more: string[]): ForecastNote => ({
      rule,
      component: reader.component.name,
      app: reader.app,
      topic,
      message: [ruleTitleWithId(rule), ...more].join(' '),
    });
    const group = reader.group.group === null ? undefined : facts.groups.get(reader.group.group);
    return [
      ...groupNotes(reader, group, facts, note),
      ...reader.topics.flatMap(({ topic, brokerTopic, subscription }) => {
        const others = sharing(plan.readers, reader, brokerTopic);
        return [
          ...uncommittedWhileRead(reader, brokerTopic, group, facts).map((message) => ({
            ...note('F-11', topic),
            message,
          })),
          ...waitingForApp(reader, brokerTopic, plan, facts).map((text) => note('F-22', topic, text)),
          ...(brokerTopic !== null && brokerTopic !== topic ? [note('F-15', topic)] : []),
          ...(others.length > 0 ? [{ ...note('F-20', topic), message: sharedText(others) }] : []),
          ...(subscription !== undefined && hasNoRoute(subscription) ? [note('F-23', topic)] : []),
        ];
      }),
    ];
  });
}

/** Partitions that a member reads without a commit: what it has in hand, the next start with newest does not find. */
function uncommittedWhileRead(
  { initialOffset, group: { group: name } }: Reader,
  topic: string | null,
  group: GroupFacts | undefined,
  facts: Facts,
): string[] {
  if (initialOffset !== 'newest' || topic === null || group === undefined) return [];
  const held = group.members
    .flatMap(({ assignment }) => assignment)
    .flatMap((assigned) => (assigned.topic === topic ? assigned.partitions : []));
  const open = uncommitted(facts, name, topic).filter(
    ({ partition, logStart, highWatermark }) => held.includes(partition) && logStart !== highWatermark,
  );
  return open.length === 0
    ? []
    : [
        l10n.t(
          '{0} is being read, but nothing was committed there yet: should its first message keep failing, the next start with newest skips it and everything behind it (F-11).',
          namesOf(open),
        ),
      ];
}

/** What daprd waits for before it reads, where that can cost messages: partitions without a commit, with newest. */
function waitingForApp(
  { app, initialOffset, group: { group: name, fresh } }: Reader,
  topic: string | null,
  { workspace: { apps } }: Plan,
  facts: Facts,
): string[] {
  const port = appPortOf(apps, app);
  const health = checksHealth(apps, app);
  if (initialOffset !== 'newest' || topic === null || (port === undefined && !health)) return [];
  const open = fresh ? (facts.topics.get(topic)?.partitions ?? []) : uncommitted(facts, name, topic);
  if (open.length === 0) return [];
  const waits =
    port === undefined
      ? l10n.t('daprd of {0} asks for its health.', app ?? '')
      : health
        ? l10n.t('daprd of {0} waits for port {1} and asks for its health.', app ?? '', port)
        : l10n.t('daprd of {0} waits for port {1}.', app ?? '', port);
  return [`${waits} ${l10n.t('Without a commit: {0}.', namesOf(open))}`];
}

const uncommitted = (facts: Facts, group: string | null, topic: string) =>
  (facts.topics.get(topic)?.partitions ?? []).filter(
    ({ partition }) => committedOf(facts, group, topic, partition) === 'none',
  );

const namesOf = (partitions: readonly { partition: number }[]): string =>
  partitions.map(({ partition }) => `P${partition}`).join(', ');

function groupNotes(
  reader: Reader,
  group: GroupFacts | undefined,
  facts: Facts,
  note: (rule: ForecastRule, topic: string | null, ...more: string[]) => ForecastNote,
): ForecastNote[] {
  const refused = refusalOf(reader, facts);
  if (refused !== undefined) return [note('F-18', null, refused)];
  if (group === undefined) return [];
  if (group.members.length === 0) return group.hasCommits ? [note('F-21', null)] : [];
  const members = group.members.map((member) =>
    member.host === '' ? member.clientId : `${member.clientId} (${member.host})`,
  );
  return [note('F-14', null, l10n.t('Members: {0}.', members.join(', ')))];
}

function hasNoRoute({
  version,
  route,
  rules,
  defaultRoute,
}: NonNullable<Reader['topics'][number]['subscription']>): boolean {
  if (version === 'v1alpha1') return (route?.text ?? '') === '' && route?.node.templated !== true;
  return (
    rules.every((rule) => (rule.path?.text ?? '') === '') &&
    (defaultRoute?.text ?? '') === '' &&
    defaultRoute?.node.templated !== true
  );
}

/** From a group of the tree: the components that would use it. */
export function readersOfGroup(plan: ForecastPlan, group: string): Reader[] {
  return plan.readers.flatMap(({ reader }) => (reader.group.group === group ? [reader] : []));
}

/** From a topic of the tree: who would read it. */
export function readersOfTopic(plan: ForecastPlan, topic: string): Reader[] {
  return plan.readers.flatMap(({ reader }) =>
    reader.topics.some(({ brokerTopic }) => brokerTopic === topic) ? [reader] : [],
  );
}
