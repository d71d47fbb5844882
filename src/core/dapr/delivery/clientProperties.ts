import * as l10n from '@vscode/l10n';
import { clientLogin, LOGIN_FIELDS } from './clientLogin.ts';
import { elsewhere, isPlaceholder, PAIRS, type Converted } from './clientPairs.ts';
import type { MetadataValue } from './group.ts';

/**
 * A component's settings for a plain client (names of the Java client's configuration). `group` is the effective one,
 * since a client has no app id to fall back to. No value of a secret is in it, and neither is a value that the component
 * takes from a secret: `${NAME}` stands there.
 */
export function toClientProperties(metadata: readonly MetadataValue[], group: string | null): Converted {
  const pairs: [string, string][] = [];
  const without: Converted['without'] = [];
  const item = (name: string) => metadata.findLast(({ name: other }) => other.toLowerCase() === name.toLowerCase());
  for (const { dapr, client, toClient } of PAIRS) {
    // The one key that daprd reads in its exact letters.
    const found = dapr === 'initialOffset' ? metadata.findLast(({ name }) => name === dapr) : item(dapr);
    const value =
      dapr === 'consumerGroup'
        ? (group ?? elsewhere(dapr))
        : found?.value === null
          ? elsewhere(dapr)
          : (found?.value ?? (dapr === 'initialOffset' ? 'newest' : ''));
    if (value === '' && dapr !== 'initialOffset') continue;
    const there = isPlaceholder(value) || toClient === undefined ? value : toClient(value);
    if (there !== undefined) pairs.push([client, there]);
    else without.push({ name: dapr, why: l10n.t('daprd refuses "{0}" here.', value) });
  }
  const login = clientLogin(item);
  pairs.push(['enable.auto.commit', 'false'], ['isolation.level', 'read_uncommitted'], ...login.pairs);
  const known = new Set([...PAIRS.map((pair) => pair.dapr.toLowerCase()), ...LOGIN_FIELDS]);
  without.push(
    ...metadata
      .filter(({ name }) => !known.has(name.toLowerCase()))
      .map(({ name }) => ({ name, why: whyNotClient(name) })),
    ...login.without,
  );
  without.push({
    name: 'commit',
    why: l10n.t(
      'Dapr commits what the app handled, once a second; a plain client commits by itself (commitSync) or on a timer whether or not it handled the message.',
    ),
  });
  return { pairs, secrets: login.secrets, without };
}

function whyNotClient(name: string): string {
  if (/^consumeRetryInterval$/i.test(name))
    return l10n.t('A plain client joins its group again by itself, when it is polled next.');
  if (/^backOff|^consumeRetry/i.test(name))
    return l10n.t('Retrying a message is the app’s own business in a plain client.');
  if (/^(topics|publishTopic|direction)$/i.test(name))
    return l10n.t('The code of the app names the topics that it subscribes to and writes to.');
  if (/^(allowed|protected)Topics$|Scopes$/i.test(name)) return l10n.t('Rights are Kafka’s ACLs there.');
  if (/^(escapeHeaders|excludeHeaderMetaRegex)$/i.test(name))
    return l10n.t('A plain client hands headers over as bytes.');
  if (/^version$/i.test(name)) return l10n.t('A plain client asks the brokers which requests they speak.');
  if (/^(schema|useAvro)/i.test(name))
    return l10n.t('The serializer of the registry has settings of its own for this.');
  if (/^aws|^(region|accessKey|secretKey|sessionToken|sessionName|assumeRoleArn|trust)/i.test(name))
    return l10n.t('The login library of the client has settings of its own for this.');
  return l10n.t('A plain client has no such setting.');
}

/** A file of client properties; what has no equivalent stands in comments below. */
export function propertiesText({ pairs, without }: Converted): string {
  return [
    ...pairs.map(([name, value]) => `${name}=${escaped(value)}`),
    ...(without.length === 0 ? [] : ['', `# ${l10n.t('Without an equivalent:')}`]),
    ...without.map(({ name, why }) => `# ${name}: ${why.replace(/\s+/g, ' ')}`),
    '',
  ].join('\n');
}

/** As a Java client reads a file of properties: a backslash there takes the next character. */
const escaped = (value: string): string => value.replace(/\\/g, '\\\\').replace(/\r?\n/g, '\\n').replace(/^ /, '\\ ');
