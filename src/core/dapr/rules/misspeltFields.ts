import * as l10n from '@vscode/l10n';
import { editDistance } from '../catalog/nearest.ts';
import { entryOf, keyText, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { replaceScalar } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

const TOP: [string, string[]] = ['', ['apiVersion', 'kind', 'metadata', 'spec', 'scopes', 'auth']];

/** The fields that daprd reads, by place; `*`: the items of a list. */
const FIELDS: Record<'component' | 'subscription', readonly [place: string, fields: readonly string[]][]> = {
  component: [TOP, ['spec', ['type', 'version', 'metadata', 'ignoreErrors', 'initTimeout']], ['auth', ['secretStore']]],
  subscription: [
    TOP,
    ['spec', ['pubsubname', 'topic', 'route', 'routes', 'deadLetterTopic', 'bulkSubscribe', 'metadata']],
    ['spec routes', ['rules', 'default']],
    ['spec routes rules *', ['match', 'path']],
    ['spec bulkSubscribe', ['enabled', 'maxMessagesCount', 'maxAwaitDurationMs']],
  ],
};

/** What others call a field. */
const ALIASES: Record<string, string> = { pubsub: 'pubsubname', deadletter: 'deadLetterTopic' };

function mapsAt(node: YamlNode | undefined, [step, ...rest]: readonly string[]): MapNode[] {
  if (step === undefined || step === '') return node?.kind === 'map' ? [node] : [];
  if (step === '*') return node?.kind === 'seq' ? node.items.flatMap((item) => mapsAt(item, rest)) : [];
  return mapsAt(entryOf(node, step)?.value, rest);
}

const bare = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');

/** The field that was meant; daprd reads every letter case. */
function meantBy(key: string, fields: readonly string[]): string | undefined {
  if (fields.some((field) => field.toLowerCase() === key.toLowerCase())) return undefined;
  const name = bare(key);
  return fields.find(
    (field) => ALIASES[name] === field || editDistance(name, field.toLowerCase(), 3) <= (field.length < 8 ? 1 : 2),
  );
}

export const misspeltFieldRules: readonly Rule[] = [
  {
    id: 'C-20',
    severity: 'warning',
    on: 'document',
    *check({ resource, conditional }): Generator<Problem> {
      if ((resource?.kind !== 'component' && resource?.kind !== 'subscription') || conditional) return;
      for (const [place, fields] of FIELDS[resource.kind])
        for (const map of mapsAt(resource.root, place.split(' ')))
          for (const { key, merged } of map.entries) {
            const meant = merged || key.templated ? undefined : meantBy(keyText(key), fields);
            if (meant === undefined || entryOf(map, meant) !== undefined) continue;
            yield {
              range: key.range,
              message: l10n.t('daprd ignores "{0}" here without a message. Did you mean {1}?', keyText(key), meant),
              fixes: [{ title: l10n.t('Rename to {0}', meant), edits: [replaceScalar(key, meant)], preferred: true }],
            };
          }
    },
  },
];
