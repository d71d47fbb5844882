import * as l10n from '@vscode/l10n';
import { isKafka, type Component } from '../resources/component.ts';
import { entryOf, type YamlNode } from '../yaml/nodes.ts';
import { parseGoDuration } from './durationText.ts';
import { remove } from './edits.ts';
import { replaceFix } from './replaceFix.ts';
import { atLeast, type Rule } from './rule.ts';

function* initTimeout(component: Component): Generator<{ text: string; ms: number | undefined; node: YamlNode }> {
  const at = component.initTimeout;
  if (at === undefined || at.text === '' || at.node.templated) return;
  yield { text: at.text, ms: parseGoDuration(at.text), node: at.node };
}

export const componentStartRules: readonly Rule[] = [
  {
    id: 'C-04',
    severity: 'warning',
    *check(component) {
      for (const { text, ms, node } of initTimeout(component))
        if (ms === undefined)
          yield {
            range: node.range,
            message: l10n.t('"{0}" is no duration: daprd uses 5s instead, without a message.', text),
            fixes: /^\d+$/.test(text) ? replaceFix(node, `${text}s`) : replaceFix(node, '5s'),
          };
    },
  },
  {
    id: 'C-05',
    severity: 'info',
    *check(component) {
      const entry = entryOf(entryOf(component.root, 'spec')?.value, 'ignoreErrors');
      if (!component.ignoreErrors || entry === undefined) return;
      yield {
        range: entry.key.range,
        message: l10n.t(
          'If this component fails to start, daprd only logs it and runs without it: its subscriptions never start.',
        ),
        fixes: [{ title: l10n.t('Remove ignoreErrors'), edits: [remove(entry, component.document)] }],
      };
    },
  },
  {
    id: 'C-11',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component, { options }) {
      for (const { text, ms, node } of initTimeout(component)) {
        // Nothing starts within a fraction of a millisecond; Kafka on the same machine takes between 5 and 10 (executed).
        if (ms === undefined || ms >= (isKafka(component) ? 6 : 1)) continue;
        if (ms <= 0 && atLeast(options, '1.18.4'))
          yield {
            range: node.range,
            severity: 'info',
            consequence: 'runs',
            message: l10n.t('"{0}" means 5s.', text),
            fixes: replaceFix(node, '5s'),
          };
        else
          yield {
            range: node.range,
            message: l10n.t(
              'daprd stops at once: init timeout for component {0} ({1}/{2}).',
              component.name,
              component.type,
              component.version === '' ? 'v1' : component.version,
            ),
            fixes: replaceFix(node, '5s'),
          };
      }
    },
  },
];
