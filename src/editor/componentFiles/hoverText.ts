import * as l10n from '@vscode/l10n';
import { componentOf } from '../../core/dapr/catalog/catalog.ts';
import { REFERENCE, VERSION } from '../../core/dapr/catalog/component.ts';
import { fieldHelp, valueHelp } from '../../core/dapr/catalog/help.ts';
import { effectiveInitialOffset } from '../../core/dapr/delivery/initialOffset.ts';
import { readersOf, type Reader } from '../../core/dapr/delivery/readers.ts';
import { beliefsAt, resourceHelp, type HelpTexts } from '../../core/dapr/help/helpTexts.ts';
import { isKafka, valueOf, type Component } from '../../core/dapr/resources/component.ts';
import { componentsOf } from '../../core/dapr/resources/visibility.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import { groupText } from './groupText.ts';
import { originLines } from './origins.ts';
import { partitionPicture } from './partitionPicture.ts';
import type { LiveFacts } from './liveFacts.ts';
import type { Place } from './places.ts';

/** Markdown for what stands at a place; null: nothing to say. */
export function hoverText(
  place: Place,
  workspace: Workspace,
  help: HelpTexts,
  tables?: LiveFacts['tables'],
): string | null {
  const { component, item, subscription, document } = place;
  const keys = place.path.map((entry) => entry.key.text);
  const path = keys.join('.');
  const resource = component ?? subscription;
  if (!resource && document.kind !== 'Resiliency') return null;
  const kind = component ? 'component' : subscription ? 'subscription' : 'resiliency';
  // An item says what it is by its name; below it only a reference has keys of its own.
  const named = component && item && item.name !== '' && !/Ref$/.test(keys[2] ?? '') ? item.name : undefined;
  const text =
    component && item && named !== undefined
      ? itemText(component, named, workspace, valueOf(item), help)
      : component && path === 'spec.type'
        ? typeText(component)
        : resourceHelp(help, `${kind} ${path}`);
  const live = resource && decidesStart(item?.name ?? path) ? tables?.(resource) : '';
  const beliefs = isAboutKafka(place, workspace) ? beliefsText(help, named ?? `${kind} ${path}`) : '';
  return [live, text, beliefs].filter((part) => part).join('\n\n') || null;
}

/** The beliefs are about Kafka: nothing of them where the file surely is about another broker. */
function isAboutKafka({ component, subscription }: Place, workspace: Workspace): boolean {
  if (component) return isKafka(component);
  return !subscription || componentsOf(subscription, workspace).every(isKafka);
}

function beliefsText(help: HelpTexts, at: string): string {
  const lines = beliefsAt(help, at).map(({ id, texts: [belief, verdict, answer] }) => {
    const target = `command:kafkaDapr.openFact?${encodeURIComponent(JSON.stringify([id]))}`;
    return `- “${belief}” — **${verdict}.** ${answer} [${l10n.t('Proof')}](${target})`;
  });
  return lines.length === 0 ? '' : [`*${l10n.t('People say:')}*`, lines.join('\n')].join('\n\n');
}

/** Places at which the figures of a live cluster belong. */
const decidesStart = (name: string) =>
  /^(initialOffset|consumerGroup|consumerID|spec\.(type|metadata|topic))$/.test(name);

function typeText(component: Component): string | null {
  const known = componentOf(component.type);
  if (!known) return null;
  const { replay } = known;
  const start =
    replay.codeDefault === 'newest'
      ? l10n.t(
          'A subscriber that the broker has never seen starts at the newest message: what is there already is never received.',
        )
      : replay.codeDefault === 'oldest'
        ? l10n.t('A subscriber that the broker has never seen gets what the broker still keeps.')
        : l10n.t('Messages reach only who is subscribed when they are published.');
  return [
    `**${known.title}** · ${known.type} · ${known.status ?? 'stable'} · ${VERSION}`,
    start,
    `[${l10n.t('Documentation')}](${REFERENCE}${known.page})`,
  ].join('\n\n');
}

function itemText(
  component: Component,
  name: string,
  workspace: Workspace,
  value: ReturnType<typeof valueOf>,
  texts: HelpTexts,
): string | null {
  const help = fieldHelp(component.type, name, texts);
  if (!help) return null;
  const here = value.known ? valueHelp(component.type, name, value.text) : undefined;
  const parts = [`**${help.field.name}**`, help.meaning, here === undefined ? undefined : l10n.t('Here: {0}', here)];
  const decides = isKafka(component) && decidesStart(help.field.name);
  if (decides && help.field.name === 'initialOffset') parts.push(...startText(value.known ? value.text : undefined));
  if (help.wrong !== undefined) parts.push(help.wrong);
  parts.push(help.facts.join(' '));
  if (decides) parts.push(...readersText(component, workspace));
  return parts.filter((part) => part).join('\n\n');
}

function startText(value: string | undefined): string[] {
  const start = effectiveInitialOffset(value);
  if (start === null) return [];
  return [
    '```text\n' + partitionPicture(start) + '\n```',
    l10n.t(
      'Changing it does nothing for a group that has committed offsets: to read again, use a new group or reset the offsets of the stopped group.',
    ),
  ];
}

function readersText(component: Component, workspace: Workspace): string[] {
  const readers = readersOf(workspace, { namespace: null }).filter((r) => r.component === component);
  return readers.length === 0
    ? []
    : [l10n.t('In this workspace:'), readers.map((r) => `- ${readerText(r, workspace)}`).join('\n')];
}

function readerText(reader: Reader, workspace: Workspace): string {
  const topics = reader.topics.map((t) => t.topic).join(', ');
  const text = topics === '' ? groupText(reader) : l10n.t('{0} reads {1}', groupText(reader), topics);
  return [text, ...originLines(reader, workspace)].join('  \n  ');
}
