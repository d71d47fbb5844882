import * as l10n from '@vscode/l10n';
import { componentOf } from '../catalog/catalog.ts';
import { isKafka, itemOf, type Component } from '../resources/component.ts';
import { remove, replaceScalar } from './edits.ts';
import { atLeast, type Rule } from './rule.ts';

/** All but two of the catalogued types, executed: Redis reads its metadata in another way, in-memory none. */
function refusesSameKeys({ type }: Component): boolean {
  const known = componentOf(type)?.type;
  return known !== undefined && known !== 'pubsub.redis' && known !== 'pubsub.in-memory';
}

/** daprd adds consumerID to these. */
const isPubsub = ({ type }: Component) => type.startsWith('pubsub.');

export const duplicateKeyRules: readonly Rule[] = [
  {
    id: 'K-07',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (!refusesSameKeys(component) || component.document.conditional) return;
      for (const [key, items] of component.itemsByLowerCase) {
        // K-09 tells more about this one.
        if (key === 'consumerid' && isPubsub(component)) continue;
        const first = items[0];
        for (const item of items) {
          if (item.name === first?.name || item.nameNode === undefined || item.nameNode.templated) continue;
          yield {
            range: item.nameNode.range,
            message: l10n.t(
              'daprd stops: failed to resolve aliases: key {0} is duplicate in the metadata. "{1}" and "{2}" are the same key to it.',
              key,
              first?.name ?? '',
              item.name,
            ),
            fixes: [{ title: l10n.t('Remove "{0}"', item.name), edits: [remove(item.node, component.document)] }],
          };
        }
      }
    },
  },
  {
    id: 'K-08',
    severity: 'warning',
    *check(component) {
      if (component.document.conditional) return;
      const last = new Map(component.metadata.map((item) => [item.name, item]));
      for (const item of component.metadata) {
        if (item.nameNode === undefined || item.name === '' || item.nameNode.templated || last.get(item.name) === item)
          continue;
        yield {
          range: item.nameNode.range,
          message: l10n.t(
            'daprd ignores this "{0}": the same key stands below again, and the last one is used.',
            item.name,
          ),
          fixes: [
            {
              title: l10n.t('Remove this "{0}"', item.name),
              edits: [remove(item.node, component.document)],
              preferred: true,
            },
          ],
        };
      }
    },
  },
  {
    id: 'K-09',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      if (!refusesSameKeys(component)) return;
      const added = isPubsub(component) ? ['consumerID'] : [];
      if (isKafka(component) && !atLeast(options, '1.14.0')) added.push('consumeRetryEnabled');
      for (const name of added) {
        const lower = name.toLowerCase();
        for (const item of component.itemsByLowerCase.get(lower) ?? []) {
          if (item.nameNode === undefined || item.name === name) continue;
          yield {
            range: item.nameNode.range,
            message: l10n.t(
              'daprd stops: failed to resolve aliases: key {1} is duplicate in the metadata. It always adds a key {2} itself, and "{0}" collides with that.',
              item.name,
              lower,
              name,
            ),
            fixes: [
              itemOf(component, name) !== undefined
                ? { title: l10n.t('Remove "{0}"', item.name), edits: [remove(item.node, component.document)] }
                : {
                    title: l10n.t('Rename to {0}', name),
                    edits: [replaceScalar(item.nameNode, name)],
                    preferred: true,
                  },
            ],
          };
        }
      }
    },
  },
];
