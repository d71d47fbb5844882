import { scalarSource } from '../rules/edits.ts';
import { entryOf, nodeAt, textOf, type SeqNode, type YamlNode } from '../yaml/nodes.ts';
import { parseYaml } from '../yaml/parse.ts';
import { itemsOf, type DeclaredSubscription } from './declarations.ts';

/**
 * The text of a `kafka-dapr.config.yaml` with an app, and subscriptions of it that are not there yet, added; comments
 * and style are kept. Undefined: the text is written in a way that only a person can extend.
 */
export function withDeclaration(
  text: string,
  appID: string,
  subscriptions: readonly DeclaredSubscription[] = [],
): string | undefined {
  const { root, error } = parseYaml(text);
  if (error !== undefined || (root !== undefined && (root.kind !== 'map' || root.flow))) return undefined;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text === '' || text.endsWith('\n') ? text : text + eol;
  const apps = nodeAt(root, 'apps');
  if (apps === undefined) return `${end}apps:${eol}${appLines('  ', appID, subscriptions, eol)}`;
  if (apps.kind !== 'seq' || apps.flow || apps.items.length === 0) return undefined;
  const app = itemsOf(apps).find((item) => textOf(nodeAt(item, 'appID')) === appID);
  if (app === undefined) return insertAfter(end, apps, appLines(dashColumn(end, apps), appID, subscriptions, eol));
  const list = entryOf(app, 'subscriptions')?.value;
  const known = new Set(
    itemsOf(list).map((item) => keyOf(textOf(nodeAt(item, 'pubsubname')), textOf(nodeAt(item, 'topic')))),
  );
  const missing = subscriptions.filter(({ pubsubname, topic }) => !known.has(keyOf(pubsubname, topic)));
  if (missing.length === 0) return text;
  if (app.flow) return undefined;
  if (list === undefined) {
    const indent = ' '.repeat(columnOf(end, app.range.start));
    return insertAfter(end, app, `${indent}subscriptions:${eol}${subscriptionLines(`${indent}  `, missing, eol)}`);
  }
  if (list.kind !== 'seq' || list.flow || list.items.length === 0) return undefined;
  return insertAfter(end, list, subscriptionLines(dashColumn(end, list), missing, eol));
}

function appLines(indent: string, appID: string, subscriptions: readonly DeclaredSubscription[], eol: string): string {
  const app = `${indent}- appID: ${scalarSource(appID, 'plain')}${eol}`;
  if (subscriptions.length === 0) return app;
  return `${app}${indent}  subscriptions:${eol}${subscriptionLines(`${indent}    `, subscriptions, eol)}`;
}

function subscriptionLines(indent: string, subscriptions: readonly DeclaredSubscription[], eol: string): string {
  return subscriptions
    .map(({ pubsubname, topic, deadLetterTopic, route, from }) => {
      const fields = Object.entries({ pubsubname, topic, deadLetterTopic, route, from }).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [`${name}: ${scalarSource(value, 'plain')}`],
      );
      return `${indent}- { ${fields.join(', ')} }${eol}`;
    })
    .join('');
}

/** Whole lines below the last line of a block node. */
function insertAfter(text: string, node: YamlNode, lines: string): string {
  const last = text.slice(0, node.range.end).trimEnd().length;
  const newline = text.indexOf('\n', last);
  const at = newline < 0 ? text.length : newline + 1;
  return text.slice(0, at) + lines + text.slice(at);
}

/** The indentation of the dashes of a block list. */
function dashColumn(text: string, list: SeqNode): string {
  const first = list.items[0]?.range.start ?? list.range.start;
  return ' '.repeat(columnOf(text, text.lastIndexOf('-', first)));
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

const keyOf = (pubsubname = '', topic = ''): string => JSON.stringify([pubsubname, topic]);
