import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import { isKafka, itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { parseDuration } from './durationText.ts';
import { addItem, lineAbove, replaceScalar, setValue } from './edits.ts';
import type { Rule } from './rule.ts';

/** Words of Kafka clients for the two places, and what Dapr calls them. */
const SYNONYMS: Record<string, 'oldest' | 'newest'> = {
  earliest: 'oldest',
  beginning: 'oldest',
  smallest: 'oldest',
  first: 'oldest',
  start: 'oldest',
  latest: 'newest',
  end: 'newest',
  largest: 'newest',
  last: 'newest',
};

/** What decides where the component starts: `unknown` when a template, a secret or the environment holds it. */
export function effectiveInitialOffset(component: Component): 'newest' | 'oldest' | 'invalid' | 'unknown' {
  const value = valueOf(itemOf(component, 'initialOffset'));
  if (!value.known) return 'unknown';
  const text = value.text.toLowerCase();
  if (text === '' || text === 'newest') return 'newest';
  return text === 'oldest' ? 'oldest' : 'invalid';
}

/** Subscribes at all: a binding without `topics` only writes. */
export function reads(component: Component): boolean {
  return component.type === 'pubsub.kafka' || looseItemOf(component, 'topics') !== undefined;
}

function misspelt(component: Component): MetadataItem | undefined {
  return component.metadata.find(
    (item) => item.name !== 'initialOffset' && item.name.toLowerCase() === 'initialoffset',
  );
}

/** Its metadata is no list, and daprd reads nothing of it (C-10): what it lacks is not known yet. */
export function hasNoList(component: Component): boolean {
  return component.misfits.some(({ path }) => path === 'spec.metadata');
}

/** Where a finding about something that is not there is shown: the word `metadata`, else the type. */
export function missingRange(component: Component): { start: number; end: number } {
  const node = component.metadataEntry?.key ?? component.typeNode ?? component.root;
  return node.range;
}

/** The edit that makes a component start at oldest; undefined: its text cannot be edited safely. */
export function startAtOldest(component: Component): Fix['edits'][number] | undefined {
  const item = itemOf(component, 'initialOffset');
  return item === undefined
    ? addItem(component, 'initialOffset', 'oldest')
    : setValue(item, 'oldest', component.document);
}

function newGroup(component: Component): Fix['edits'][number] | undefined {
  const item = looseItemOf(component, 'consumerGroup') ?? itemOf(component, 'consumerID');
  const value = valueOf(item);
  if (!value.known) return undefined;
  if (item === undefined) return addItem(component, 'consumerGroup', '{appID}-replay');
  return setValue(item, value.text === '' ? '{appID}-replay' : `${value.text}-replay`, component.document);
}

function newestFixes(component: Component, at: number): Fix[] {
  const oldest = startAtOldest(component);
  const group = newGroup(component);
  const fixes: Fix[] = [];
  if (oldest !== undefined) {
    fixes.push({ title: l10n.t('Start at oldest'), edits: [oldest] });
    if (group !== undefined && !sameSpot(oldest, group))
      fixes.push({
        title: l10n.t('Start at oldest with a new consumer group (replays the topic)'),
        edits: [group, oldest],
      });
  }
  const comment = `# kafka-dapr-disable-next-line K-01 ${l10n.t('intended: only messages that arrive from now on')}`;
  fixes.push({
    title: l10n.t('This is intended: say so in a comment'),
    edits: [lineAbove(at, comment, component.document)],
  });
  return fixes;
}

/** Two insertions at one place have no order between them. */
function sameSpot(a: Fix['edits'][number], b: Fix['edits'][number]): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end;
}

export const initialOffsetRules: readonly Rule[] = [
  {
    id: 'K-01',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component) || !reads(component) || effectiveInitialOffset(component) !== 'newest') return;
      if (misspelt(component) !== undefined) return;
      const item = itemOf(component, 'initialOffset');
      if (item === undefined && (component.document.conditional || hasNoList(component))) return;
      const range = item === undefined ? missingRange(component) : (item.valueNode ?? item.node).range;
      const shown = item === undefined || range.start === range.end ? (item?.nameNode?.range ?? range) : range;
      yield {
        range: shown,
        message: l10n.t(
          'Starts at newest (Kafka: latest): messages already in a topic are never received by a new consumer group, and a partition without a committed offset jumps to the end again at every restart; a group that has committed offsets resumes there whatever is set here.',
        ),
        fixes: newestFixes(component, shown.start),
      };
    },
  },
  {
    id: 'K-02',
    severity: 'warning',
    *check(component) {
      if (!isKafka(component) || itemOf(component, 'initialOffset') !== undefined) return;
      const item = misspelt(component);
      if (item?.nameNode === undefined) return;
      yield {
        range: item.nameNode.range,
        message: l10n.t(
          'daprd ignores "{0}" without a message, whatever its value: only the exact spelling initialOffset is read, so it starts at newest (Kafka: latest).',
          item.name,
        ),
        fixes: [
          {
            title: l10n.t('Rename to {0}', 'initialOffset'),
            edits: [replaceScalar(item.nameNode, 'initialOffset')],
            preferred: true,
          },
        ],
      };
    },
  },
  {
    id: 'K-03',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (!isKafka(component) || effectiveInitialOffset(component) !== 'invalid') return;
      const item = itemOf(component, 'initialOffset');
      if (item?.valueNode === undefined || item.value === undefined) return;
      const meant = item.value.trim().toLowerCase();
      const synonym = Object.hasOwn(SYNONYMS, meant) ? SYNONYMS[meant] : undefined;
      const wanted = meant === 'oldest' || meant === 'newest' ? meant : synonym;
      const fixes = (['oldest', 'newest'] as const).flatMap((word) => {
        const edit = setValue(item, word, component.document);
        if (edit === undefined) return [];
        return [{ title: l10n.t('Replace by {0}', word), edits: [edit], preferred: word === wanted }];
      });
      yield {
        range: item.valueNode.range,
        message: l10n.t(
          'daprd stops: kafka error: invalid initialOffset: {0}. Dapr knows oldest (Kafka: earliest) and newest (Kafka: latest) only.',
          item.value,
        ),
        fixes: wanted === 'newest' ? fixes.reverse() : fixes,
      };
    },
  },
  {
    id: 'K-04',
    severity: 'info',
    *check(component) {
      if (!isKafka(component) || !reads(component) || effectiveInitialOffset(component) !== 'newest') return;
      const item = looseItemOf(component, 'clientConnectionTopicMetadataRefreshInterval');
      const value = valueOf(item);
      if (item?.valueNode === undefined || !value.known) return;
      const interval = parseDuration(value.text, 's');
      if (interval === undefined || interval <= 60_000) return;
      const oldest = startAtOldest(component);
      const shorter = setValue(item, '1m', component.document);
      yield {
        range: item.valueNode.range,
        message: l10n.t(
          'Messages in partitions that are added later are never received until the group notices them, which takes up to two of these intervals: it starts there at newest (Kafka: latest).',
        ),
        fixes: [
          ...(oldest === undefined ? [] : [{ title: l10n.t('Start at oldest'), edits: [oldest] }]),
          ...(shorter === undefined ? [] : [{ title: l10n.t('Replace by {0}', '1m'), edits: [shorter] }]),
        ],
      };
    },
  },
];
