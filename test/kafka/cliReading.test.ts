import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCli, startCli } from '../support/cli/runCli.ts';
import { openTool } from '../support/kafka/tool.ts';
import { seedTopic, T0 } from '../support/cli/seedTopic.ts';

// The command's contract, to the letter, as scripts will see it: what it reads of a topic.
const kafka = inject('kafka');
const at = ['--bootstrap', kafka.bootstrap];
const tool = openTool(kafka);
afterAll(() => tool.close());
beforeAll(() => seedTopic(tool, 'read-a', 'read-g'));

describe('tail', () => {
  const line = (
    partition: number,
    offset: number,
    ms: number,
    key: unknown,
    value: unknown,
    headers: unknown[] = [],
  ) => ({
    topic: 'read-a',
    partition,
    offset,
    timestamp: T0 + ms,
    timestampType: 'create',
    key,
    value,
    headers,
  });
  const tail = (...args: string[]) => runCli(['tail', 'read-a', '--json', ...at, ...args]);
  const ordered = (lines: Record<string, unknown>[]) =>
    lines.toSorted((a, b) => Number(a.partition) - Number(b.partition) || Number(a.offset) - Number(b.offset));

  it('keeps null, empty text and bytes that are not text apart', async () => {
    const run = await tail('--from', 'earliest');
    expect(run.code).toBe(0);
    expect(ordered(run.lines())).toEqual([
      line(0, 0, 0, 'k0', '{"amount":1}', [
        ['h', 'x'],
        ['h', null],
      ]),
      line(0, 1, 2000, null, '{"amount":200}'),
      line(1, 0, 1000, '', null),
      line(1, 1, 3000, 'k3', { base64: '/wA=' }),
      line(1, 2, 4000, 'k4', 'not json'),
    ]);
  });

  it('prints base64 when asked', async () => {
    const run = await tail('--from', 'offset:0=0', '--to', 'offset:1', '--encoding', 'base64');
    expect(run.lines()).toEqual([
      line(0, 0, 0, 'azA=', 'eyJhbW91bnQiOjF9', [
        ['h', 'eA=='],
        ['h', null],
      ]),
    ]);
  });

  it('reads the newest of the topic', async () => {
    const run = await tail('--from', 'last:2');
    expect(ordered(run.lines()).map((l) => [l.partition, l.offset])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('reads from a time', async () => {
    const run = await tail('--from', 'time:2026-01-01T00:00:02', '--to', 'time:2026-01-01T00:00:04Z');
    expect(ordered(run.lines()).map((l) => [l.partition, l.offset])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  it('starts where a group stands, and says where it never committed', async () => {
    const run = await tail('--from', 'group:read-g');
    expect(run.code).toBe(4);
    const lines = run.lines();
    expect(lines.filter((l) => 'error' in l)).toEqual([
      { topic: 'read-a', partition: 0, offset: null, error: expect.stringContaining('never committed') },
    ]);
    expect(lines.filter((l) => !('error' in l)).map((l) => l.offset)).toEqual([1, 2]);
    expect((await tail('--from', 'group:read-unknown')).code).toBe(2);
  });

  it('filters with CEL and counts what it could not judge', async () => {
    const filtered = await tail('--from', 'earliest', '--filter', 'value.amount > 100');
    expect(filtered.lines().map((l) => [l.partition, l.offset])).toEqual([[0, 1]]);
    const counted = await tail('--from', 'earliest', '--filter', 'value.amount > 100', '--count');
    expect(counted.json()).toEqual({ scanned: 5, matched: 1, errors: 3 });
    const broken = await tail('--from', 'earliest', '--filter', 'value.amount >');
    expect(broken.code).toBe(2);
  });

  it('says on stderr how many the filter could not judge, and why not the first of them', async () => {
    const run = await tail('--from', 'offset:1=1', '--filter', 'value.amuont > 1');
    expect([run.code, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toMatch(/^2 messages could not be judged by --filter, the first of them P1, 1: .+\n$/);
  });

  it('says of a chosen partition that it was given no offset', async () => {
    const run = await tail('--from', 'offset:0=0', '--partition', '1');
    expect([run.code, run.lines()]).toEqual([
      4,
      [
        {
          topic: 'read-a',
          partition: 1,
          offset: null,
          error: 'No offset is given for P1 to start at: nothing of it is read.',
        },
      ],
    ]);
  });

  it('greps in key, value and headers, and stops after --max', async () => {
    const run = await tail('--from', 'earliest', '--grep', 'amount', '--max', '1', '--partition', '0');
    expect(run.lines().map((l) => l.offset)).toEqual([0]);
  });

  it('creates no group and commits nothing', async () => {
    const groups = async () => (await runCli(['groups', '--json', ...at])).json() as { group: string }[];
    const before = new Set((await groups()).map((g) => g.group));
    const ours = async () => (await runCli(['groups', 'read-g', '--json', ...at])).json();
    const commits = await ours();
    await tail('--from', 'earliest');
    await tail('--from', 'group:read-g');
    expect((await groups()).filter((g) => !before.has(g.group))).toEqual([]);
    expect(await ours()).toEqual(commits);
  });
});

describe('timeline', () => {
  it('counts the offsets of the range', async () => {
    const run = await runCli(['timeline', 'read-a', '--buckets', '4', '--json', ...at]);
    expect(run.code).toBe(0);
    const { from, to, buckets, partitions } = run.json() as {
      from: number;
      to: number;
      buckets: { start: number; end: number; count: number }[];
      partitions: number[];
    };
    expect([from, to, partitions]).toEqual([T0, T0 + 4001, [0, 1]]);
    expect(buckets.map((b) => b.count)).toEqual([1, 2, 1, 1]);
  });
});

describe('timeline of nothing', () => {
  it('says so to people, on stderr', async () => {
    const run = await runCli(['timeline', 'read-a', '--from', 'latest', ...at]);
    expect([run.code, run.stdout, run.stderr]).toEqual([0, '', 'read-a has no messages in this range.\n']);
  });
});
describe('timeline of an explicit time', () => {
  it('is that time, whether there is a message in it or not', async () => {
    const times = ['--from', 'time:2020-01-01', '--to', 'time:2020-01-03', '--buckets', '2'];
    const run = await runCli(['timeline', 'read-a', '--json', ...times, ...at]);
    const day = 86_400_000;
    const from = Date.UTC(2020, 0, 1);
    const buckets = [from, from + day].map((start) => ({ start, end: start + day, count: 0 }));
    expect([run.code, run.json()]).toEqual([0, { from, to: from + 2 * day, buckets, partitions: [0, 1] }]);
  });
});

describe('what cannot be done as asked', () => {
  it.each([
    [['tail', 'no such topic', '--to', 'end'], 'no such topic: The topic name is not valid'],
    [['timeline', 'no such topic'], 'no such topic: The topic name is not valid'],
    [['tail', 'read-nope'], 'The topic read-nope does not exist.'],
    [['timeline', 'read-a', '--buckets', '9007199254740991'], '--buckets takes a whole number from 1 to 10000'],
    [['tail', 'read-a', '--ca', '/nowhere/ca.pem'], '--ca names a file that cannot be read: ENOENT'],
    [['tail', 'read-a', '--from', 'time:2026-02-30'], '"2026-02-30" is not an ISO time'],
  ])('%j ends with 2 and the reason', async (args, reason) => {
    const run = await runCli([...args, ...at]);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(reason);
  });

  it.runIf(process.platform !== 'win32')('reads a certificate once, as it has to from a pipe', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-pipe-'));
    const pipe = path.join(folder, 'ca.crt');
    await promisify(execFile)('mkfifo', [pipe]);
    const written = readFile(path.join(kafka.certs, 'ca.crt')).then((ca) => writeFile(pipe, ca));
    const run = await runCli(['topics', 'read-a', '--json', '--bootstrap', kafka.tls!, '--ca', pipe]);
    await written;
    await rm(folder, { recursive: true });
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.json()).toMatchObject([{ name: 'read-a' }]);
  });

  it('takes a timeout beyond what a timer can hold', async () => {
    const run = await runCli(['tail', 'read-a', '--from', 'earliest', '--count', '--timeout', '99999999999', ...at]);
    expect([run.code, run.stderr, run.json()]).toEqual([0, '', { scanned: 5, matched: 5, errors: 0 }]);
  });

  it.runIf(existsSync('/dev/full'))('ends with 4 when what it prints cannot be written', async () => {
    const run = await startCli(['topics', '--json', ...at], { stdoutTo: '/dev/full' }).ended;
    expect(run.code).toBe(4);
    expect(run.stderr).toMatch(/^kafka-dapr: the output could not be written: ENOSPC[^\n]*\n$/);
  });
});

describe('an interrupt', () => {
  it('ends following with whole lines and 0', async () => {
    const child = startCli(['tail', 'read-a', '--from', 'earliest', '--to', 'forever', '--json', ...at]);
    await child.printed('"not json"');
    child.interrupt();
    const run = await child.ended;
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.lines().map((l) => l.topic)).toEqual(Array(5).fill('read-a'));
    expect(run.stdout.endsWith('}\n')).toBe(true);
  });

  it('ends with 4 what has only half an answer, also where it waits for stdin', async () => {
    const child = startCli(['lint', '-', '--stdin-filename', 'x.yaml', '--json']);
    await child.write('# more than a pipe holds\n'.repeat(20_000));
    child.interrupt();
    const run = await child.ended;
    expect([run.code, run.stdout, run.stderr]).toEqual([4, '', 'kafka-dapr: interrupted before it was done.\n']);
  });
});
