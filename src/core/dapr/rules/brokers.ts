import * as l10n from '@vscode/l10n';
import { isKafka, looseItemOf, valueOf, type Component } from '../resources/component.ts';
import { setValue } from './edits.ts';
import { textOf } from '../yaml/nodes.ts';
import type { Problem, Rule } from './rule.ts';

/** Why nothing can be dialled under an entry of `brokers`, in the words of Go's net package; undefined: it may work. */
function dialError(entry: string): string | undefined {
  if (entry === '') return 'missing address';
  const ip6 = /^\[[^\][]*\]:(.*)$/.exec(entry);
  if (ip6 === null) {
    const colons = entry.split(':').length - 1;
    if (colons === 0) return `address ${entry}: missing port in address`;
    if (colons > 1) return `address ${entry}: too many colons in address`;
  }
  const [host = '', port = ''] = ip6 === null ? entry.split(':') : ['', ip6[1]];
  if (/[\s${}<>()[\]"',;/|\\]/.test(host)) return `lookup ${host}: no such host`;
  if (!/^[-+]?\d+$/.test(port))
    return port === 'http' || port === 'https' ? undefined : `lookup tcp/${port}: unknown port`;
  return Number(port) > 65535 || Number(port) < 0 ? `address ${port}: invalid port` : undefined;
}

/** daprd splits at commas, trims nothing, and stops when no entry answers. */
export function isUnreachable(brokers: string): boolean {
  return brokers !== '' && brokers.split(',').every((entry) => dialError(entry) !== undefined);
}

/** What was probably meant: commas between the entries, no blanks, no scheme of another client. */
function tidied(brokers: string): string {
  return brokers
    .split(/[,;\s]+/)
    .map((entry) => entry.replace(/^[\w+]+:\/\//, '').replace(/\/+$/, ''))
    .filter((entry) => entry !== '')
    .map((entry) => (/^[\w.-]*[A-Za-z_.][\w.-]*$/.test(entry) ? `${entry}:9092` : entry))
    .join(',');
}

function replacement(component: Component, text: string): NonNullable<Problem['fixes']> {
  const item = looseItemOf(component, 'brokers');
  const list = item?.valueNode?.kind === 'seq' ? item.valueNode : undefined;
  const wanted = tidied(list?.items.map((entry) => textOf(entry) ?? ' ').join(',') ?? text);
  if (item === undefined || wanted === '' || wanted.split(',').some((entry) => dialError(entry) !== undefined))
    return [];
  const edit = setValue(item, wanted, component.document);
  return edit === undefined ? [] : [{ title: l10n.t('Replace by {0}', wanted), edits: [edit], preferred: true }];
}

export const brokerRules: readonly Rule[] = [
  {
    id: 'K-27',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (!isKafka(component)) return;
      const item = looseItemOf(component, 'brokers');
      const value = valueOf(item);
      if (item?.valueNode === undefined || !value.known || value.text === '') return;
      const entries = value.text.split(',');
      const errors = entries.flatMap((entry) => {
        const error = dialError(entry);
        return error === undefined ? [] : [{ entry, error }];
      });
      const first = errors.find(({ entry }) => entry !== '') ?? errors[0];
      if (first === undefined) return;
      const fixes = replacement(component, value.text);
      if (errors.length === entries.length)
        yield {
          range: item.valueNode.range,
          message: l10n.t(
            'daprd stops: kafka: client has run out of available brokers to talk to: dial tcp: {0}. brokers takes host:port, several with a comma between them and nothing else.',
            first.error,
          ),
          fixes,
        };
      // K-16 tells about blanks; an empty entry is harmless beside others.
      else if (first.entry !== '' && first.entry === first.entry.trim())
        yield {
          range: item.valueNode.range,
          severity: 'warning',
          consequence: 'runs',
          message: l10n.t(
            'daprd cannot reach "{0}" (dial tcp: {1}); it stops unless another listed broker answers.',
            first.entry,
            first.error,
          ),
          fixes,
        };
    },
  },
];
