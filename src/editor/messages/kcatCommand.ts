import * as l10n from '@vscode/l10n';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { ReadSpec } from '../../shared/messagesPage.ts';

/**
 * The same reading as a kcat command line (kcat 1.7), as near as kcat comes: see {@link kcatDifferences}. Holds no
 * secret: passwords are shell variables.
 */
export function kcatCommand(profile: ClusterProfile, topic: string, read: ReadSpec): string {
  const args = ['kcat', '-C', '-b', profile.bootstrap.join(','), '-t', topic];
  const [partition] = read.partitions;
  if (read.partitions.length === 1 && partition !== undefined) args.push('-p', String(partition));
  args.push(...positions(read));
  args.push('-X', `isolation.level=${read.isolation}`);
  args.push(...security(profile));
  args.push('-f', 'P%p %o %T %k %s\\n');
  const filter = read.filter?.language === 'text' ? ` | grep -F ${quote(read.filter.text)}` : '';
  return args.map(quote).join(' ') + filter;
}

/** What the command reads otherwise than the page, as sentences. */
export function kcatDifferences({ start, end, partitions, filter }: ReadSpec): string[] {
  const one = partitions.length === 1;
  return [
    start.kind === 'group' &&
      l10n.t('It starts at the end: kcat cannot start where group {0} stands without joining it.', start.group),
    start.kind === 'offsets' &&
      Object.keys(start.offsets).length > 1 &&
      l10n.t('It starts at the smallest of the offsets in every partition.'),
    start.kind === 'last' && !one && l10n.t('It reads the last {0} messages of each partition.', start.count),
    end.kind === 'offset' && l10n.t('It reads to the end: kcat has no offset to stop at.'),
    partitions.length > 1 && l10n.t('It reads all partitions: kcat reads one or all.'),
    filter !== null && filter.language !== 'text' && l10n.t('It has no filter: kcat knows none of this kind.'),
  ].filter((sentence) => sentence !== false);
}

function positions({ start, end }: ReadSpec): string[] {
  const args: string[] = [];
  switch (start.kind) {
    case 'earliest':
      args.push('-o', 'beginning');
      break;
    case 'latest':
    case 'group':
      args.push('-o', 'end');
      break;
    case 'last':
      args.push('-o', `-${start.count}`);
      break;
    case 'offset':
      args.push('-o', String(start.offset));
      break;
    case 'offsets':
      args.push('-o', String(Math.min(...Object.values(start.offsets))));
      break;
    case 'time':
      args.push('-o', `s@${start.timestamp}`);
      break;
  }
  switch (end.kind) {
    case 'follow':
      break;
    case 'time':
      args.push('-o', `e@${end.timestamp}`);
      break;
    case 'count':
      args.push('-c', String(end.count));
      break;
    case 'end':
    case 'offset':
      args.push('-e');
      break;
  }
  return args;
}

function security({ tls, sasl }: ClusterProfile): string[] {
  const settings: string[] = [];
  if (tls || sasl) settings.push(`security.protocol=${sasl ? 'sasl_' : ''}${tls ? 'ssl' : 'plaintext'}`);
  if (tls?.caFile) settings.push(`ssl.ca.location=${tls.caFile}`);
  if (tls?.certFile) settings.push(`ssl.certificate.location=${tls.certFile}`);
  if (tls?.keyFile) settings.push(`ssl.key.location=${tls.keyFile}`);
  if (tls?.skipVerify) settings.push('enable.ssl.certificate.verification=false');
  if (sasl && 'username' in sasl)
    settings.push(
      `sasl.mechanisms=${sasl.mechanism.toUpperCase()}`,
      `sasl.username=${sasl.username}`,
      'sasl.password=$KAFKA_PASSWORD',
    );
  return settings.flatMap((s) => ['-X', s]);
}

/** For a POSIX shell; the variable that stands for a password stays one. */
function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (word.endsWith('=$KAFKA_PASSWORD')) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
