import * as l10n from '@vscode/l10n';
import { isPlaceholder, PAIRS, type Converted } from './clientPairs.ts';
import { isLogin, loginOf, type Properties } from './metadataLogin.ts';
import { readProperties } from './readProperties.ts';

/** Lines `name=value` (or `name: value`) of a client for the metadata of a component. No password is taken over. */
export function toMetadata(properties: string): Converted {
  const pairs: [string, string][] = [];
  const secrets: string[] = [];
  const without: Converted['without'] = [];
  const all: Properties = readProperties(properties);
  for (const [name, value] of all) {
    const pair = PAIRS.find(({ client, also = [] }) => client === name || also.includes(name));
    if (pair !== undefined && isPlaceholder(value)) {
      secrets.push(pair.dapr);
      continue;
    }
    const dapr = pair && (pair.toDapr === undefined ? value : pair.toDapr(value));
    // Of two names for one setting the last one counts, as in a client.
    const before = pair && pairs.findIndex(([other]) => other === pair.dapr);
    if (before !== undefined && before >= 0) pairs.splice(before, 1);
    if (pair !== undefined && dapr !== undefined) pairs.push([pair.dapr, dapr]);
    else if (!isLogin(name) && !(name === 'isolation.level' && value === 'read_uncommitted'))
      without.push({ name, why: whyNotDapr(name, value, pair?.dapr) });
  }
  if (all.size === 0) return { pairs, secrets, without };
  const login = loginOf(all);
  return {
    pairs: [...pairs, ...login.pairs],
    secrets: [...secrets, ...login.secrets],
    without: [...without, ...login.without],
  };
}

function whyNotDapr(name: string, value: string, field: string | undefined): string {
  if (name === 'auto.offset.reset') return l10n.t('Dapr knows no "{0}": it always falls to oldest or newest.', value);
  if (name === 'partition.assignment.strategy') return l10n.t('Dapr knows range, sticky and roundrobin.');
  if (field !== undefined) return l10n.t('{0} of Dapr takes no "{1}".', field, value);
  if (name.startsWith('enable.auto.commit') || name.startsWith('auto.commit'))
    return l10n.t('Dapr always commits what was handled, once a second.');
  if (name === 'isolation.level')
    return l10n.t('Dapr always reads uncommitted: messages of aborted transactions are delivered, too.');
  if (name === 'group.instance.id') return l10n.t('Dapr has no static membership.');
  if (name.startsWith('group.protocol') || name === 'group.remote.assignor')
    return l10n.t('Dapr speaks the classic protocol of groups.');
  if (name.startsWith('max.poll'))
    return l10n.t('Dapr handles one message of a partition after the other; there is no poll.');
  if (/(?:de)?serializer/.test(name))
    return l10n.t('Dapr hands over JSON; rawPayload or valueSchemaType in the Subscription says otherwise.');
  if (name === 'enable.idempotence' || name === 'transactional.id') return l10n.t('Dapr’s producer is not idempotent.');
  return l10n.t('Dapr has no such setting.');
}

/** A component file; secrets come from a secret store, and what has no equivalent stands in comments below. */
export function componentText(name: string, { pairs, secrets, without }: Converted): string {
  const lines = [
    'apiVersion: dapr.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  type: pubsub.kafka',
    '  version: v1',
    '  metadata:',
    ...pairs.flatMap(([item, value]) => [`  - name: ${item}`, `    value: ${JSON.stringify(value)}`]),
    ...secrets.flatMap((item) => [
      `  - name: ${item}`,
      '    secretKeyRef:',
      '      name: kafka-secrets',
      `      key: ${item}`,
    ]),
  ];
  const notes = without.map(({ name: setting, why }) => `# ${setting}: ${why.replace(/\s+/g, ' ')}`);
  return [
    ...lines,
    ...(secrets.length === 0
      ? []
      : [`# ${l10n.t('Outside Kubernetes add auth.secretStore with the name of your secret store component.')}`]),
    ...(notes.length === 0 ? [] : [`# ${l10n.t('Without an equivalent:')}`, ...notes]),
    '',
  ].join('\n');
}
