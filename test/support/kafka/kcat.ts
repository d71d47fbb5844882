// librdkafka's own tool, as a second opinion on what a topic holds. Debian has it as `kcat`.
import { execFile, spawnSync } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import type { ReferenceRecord } from './tool.ts';

/** `kcat` of the PATH, or the one that KCAT names, else Debian's by apt (as root). undefined: none, for the reason said. */
export function ensureKcat(say: (text: string) => void): string | undefined {
  const kcat = process.env['KCAT'] ?? 'kcat';
  if (spawnSync(kcat, ['-V']).status === 0) return kcat;
  const help = 'Install kcat (Debian, Ubuntu: apt install kcat), or set KCAT to its path.';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) say(`Not compared with librdkafka: no kcat. ${help}`);
  else {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8' });
    apt('update', '-qq');
    const { status, stderr } = apt('install', '-y', '-qq', '--no-install-recommends', 'kcat');
    if (status === 0) return kcat;
    say(`Not compared with librdkafka: apt-get install kcat failed: ${stderr ?? 'no apt-get here'}. ${help}`);
  }
  return undefined;
}

/** Lengths are -1 where key or value is null. */
const FORMAT = String.raw`%p %o %T %K %S\n%k\n%s\n%h\n`;

/** What kcat prints of one partition: every byte of every record, from its beginning to its end as it is now. */
export async function kcatPrints(
  kcat: string,
  {
    bootstrap,
    topic,
    partition,
    isolation,
  }: { bootstrap: string; topic: string; partition: number; isolation: string },
): Promise<Buffer> {
  const where = ['-C', '-e', '-q', '-b', bootstrap, '-t', topic, '-p', String(partition), '-o', 'beginning'];
  const settings = ['-X', `isolation.level=${isolation}`, '-X', 'check.crcs=true'];
  const { stdout } = await promisify(execFile)(kcat, [...where, ...settings, '-f', FORMAT], {
    encoding: 'buffer',
    maxBuffer: 1 << 30,
    timeout: 60_000,
  });
  return stdout;
}

/** The same of records that were read otherwise. Of a header's value kcat prints what stands before its first NUL. */
export function asKcatPrints(records: readonly ReferenceRecord[]): Buffer {
  const bytes = (base64: string | null) => Buffer.from(base64 ?? '', 'base64');
  const size = (base64: string | null) => (base64 === null ? -1 : bytes(base64).length);
  const headers = (record: ReferenceRecord) =>
    record.headers.flatMap(([name, value], i) => [
      Buffer.from(`${i === 0 ? '' : ','}${name}=`),
      value === null ? Buffer.from('NULL') : beforeNul(bytes(value)),
    ]);
  const beforeNul = (value: Buffer) => (value.includes(0) ? value.subarray(0, value.indexOf(0)) : value);
  const newline = Buffer.from('\n');
  return Buffer.concat(
    records.flatMap((record) => [
      Buffer.from(
        `${record.partition} ${record.offset} ${record.timestamp} ${size(record.key)} ${size(record.value)}\n`,
      ),
      bytes(record.key),
      newline,
      bytes(record.value),
      newline,
      ...headers(record),
      newline,
    ]),
  );
}
