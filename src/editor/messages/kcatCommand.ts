import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { ReadSpec } from '../../shared/messagesPage.ts';

/**
 * The same reading as a kcat command line (kcat 1.7). Holds no secret: passwords are shell variables.
 * kcat has no filter of its own and cannot start where a group stands without joining it.
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
