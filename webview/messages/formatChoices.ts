import * as l10n from '@vscode/l10n';
import type { SchemaFileChoices, ValueFormat } from '../../src/shared/messagesPage.ts';

/** Every way to read key or value, with its name: what Kafka knows of, then what the workspace's files define. */
export function formatChoices({ formats }: SchemaFileChoices, chosen: ValueFormat): [ValueFormat, string][] {
  const plain: [ValueFormat, string][] = [
    ['auto', l10n.t('auto')],
    ['json', 'JSON'],
    ['text', l10n.t('text')],
    ['int8', 'int8'],
    ['int16', 'int16'],
    ['int32', 'int32'],
    ['int64', 'int64'],
    ['hex', l10n.t('hex')],
    ['base64', 'base64'],
  ];
  // A choice that was kept is there before the files have been read, and when they are gone.
  const gone = chosen.startsWith('file:') && !formats.some((format) => format === chosen) ? [chosen] : [];
  return [...plain, ...[...gone, ...formats].map((format): [ValueFormat, string] => [format, fileFormatText(format)])];
}

/** `file:proto/shop/order.proto#shop.Order` as "shop.Order · order.proto". */
function fileFormatText(format: string): string {
  const [path = '', name = ''] = format.slice('file:'.length).split('#');
  return `${name} · ${path.split('/').at(-1)}`;
}
