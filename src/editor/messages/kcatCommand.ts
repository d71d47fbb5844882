import * as l10n from '@vscode/l10n';
import { logsInByToken, type ClusterProfile } from '../../core/kafka/profile.ts';
import type { ReadSpec } from '../../shared/messagesPage.ts';

/** What kcat prints of a record; what `grep` finds in it is what the page's filter finds, and a little more. */
const LINE = 'P%p %o %T %k %s\\n';
const LINE_WITH_HEADERS = 'P%p %o %T %h %k %s\\n';

/**
 * The same reading as a kcat command line (kcat 1.7) of a POSIX shell, as near as kcat comes: see {@link kcatDifferences}.
 * Holds no secret: a password is a shell variable.
 */
export function kcatCommand(profile: ClusterProfile, topic: string, read: ReadSpec): string {
  const { partitions, isolation } = read;
  const text = read.filter?.language === 'text' ? read.filter.text : '';
  const args = ['kcat', '-C', '-b', profile.bootstrap.join(','), '-t', topic];
  const [partition] = partitions;
  if (partitions.length === 1 && partition !== undefined) args.push('-p', String(partition));
  args.push(...startOption(read), ...endOption(read, text !== ''), '-X', `isolation.level=${isolation}`);
  args.push(...security(profile));
  const words = args.map(quote);
  if (profile.sasl && 'username' in profile.sasl) words.push('-X', '"sasl.password=$KAFKA_PASSWORD"');
  words.push('-f', quote(text === '' ? LINE : LINE_WITH_HEADERS));
  if (text === '') return words.join(' ');
  // -e: a text that begins with a dash is no option. What is counted is what the filter finds.
  const most = read.end.kind === 'count' ? ['-m', String(read.end.count)] : [];
  return [...words, '|', 'grep', ...most, '-F', '-e', quote(text)].join(' ');
}

/** What the command reads otherwise than the page, as sentences. */
export function kcatDifferences(profile: ClusterProfile, { start, end, partitions, filter }: ReadSpec): string[] {
  const one = partitions.length === 1;
  return [
    logsInByToken(profile) &&
      l10n.t('It does not log in: add the settings that librdkafka has for {0}.', profile.sasl.mechanism),
    profile.addressMap !== undefined &&
      Object.keys(profile.addressMap).length > 0 &&
      l10n.t('It goes to the addresses that the brokers advertise: kcat maps none.'),
    start.kind === 'group' &&
      l10n.t('It starts at the end: kcat cannot start where group {0} stands without joining it.', start.group),
    start.kind === 'offsets' &&
      Object.keys(start.offsets).length > 1 &&
      l10n.t('It starts at the smallest of the offsets in every partition.'),
    start.kind === 'last' && !one && l10n.t('It reads the last {0} messages of each partition.', start.count),
    end.kind === 'offset' && l10n.t('It reads to the end: kcat has no offset to stop at.'),
    partitions.length > 1 && l10n.t('It reads all partitions: kcat reads one or all.'),
    filter !== null && filter.language !== 'text' && l10n.t('It has no filter: kcat knows none of this kind.'),
    filter?.language === 'text' &&
      filter.text !== '' &&
      l10n.t(
        'Its filter is grep, which finds the text in partition, offset and time as well, and of a value of several lines shows those that have it.',
      ),
    filter?.formats !== undefined && l10n.t('It shows and searches the bytes of key and value as they are.'),
  ].filter((sentence) => sentence !== false);
}

function startOption({ start }: ReadSpec): string[] {
  switch (start.kind) {
    case 'earliest':
      return ['-o', 'beginning'];
    case 'latest':
    case 'group':
      return ['-o', 'end'];
    case 'last':
      return ['-o', `-${start.count}`];
    case 'offset':
      return ['-o', String(start.offset)];
    case 'offsets':
      return ['-o', String(Math.min(...Object.values(start.offsets)))];
    case 'time':
      return ['-o', `s@${start.timestamp}`];
  }
}

/** `filtered`: the filter counts what it finds. */
function endOption({ end }: ReadSpec, filtered: boolean): string[] {
  switch (end.kind) {
    case 'follow':
      return [];
    case 'time':
      return ['-o', `e@${end.timestamp}`];
    case 'count':
      return filtered ? [] : ['-c', String(end.count)];
    case 'end':
    case 'offset':
      return ['-e'];
  }
}

function security({ tls, sasl }: ClusterProfile): string[] {
  const settings: string[] = [];
  if (tls || sasl) settings.push(`security.protocol=${sasl ? 'sasl_' : ''}${tls ? 'ssl' : 'plaintext'}`);
  if (tls?.caFile) settings.push(`ssl.ca.location=${tls.caFile}`);
  if (tls?.certFile) settings.push(`ssl.certificate.location=${tls.certFile}`);
  if (tls?.keyFile) settings.push(`ssl.key.location=${tls.keyFile}`);
  if (tls?.skipVerify) settings.push('enable.ssl.certificate.verification=false');
  if (sasl && 'username' in sasl)
    settings.push(`sasl.mechanisms=${sasl.mechanism.toUpperCase()}`, `sasl.username=${sasl.username}`);
  return settings.flatMap((s) => ['-X', s]);
}

/** One word of a POSIX shell, whatever is in it. zsh takes one that begins with `=` for a command's path. */
function quote(word: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
