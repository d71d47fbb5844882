import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { runCli } from '../support/cli/runCli.ts';
import { everyListener } from '../support/kafka/everyListener.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';

// The command's contract, to the letter, as scripts will see it.
const kafka = inject('kafka');
const at = ['--bootstrap', kafka.bootstrap];
const T0 = Date.UTC(2026, 0, 1);
let tool: KafkaTool;

beforeAll(async () => {
  tool = openTool(kafka);
  await tool.create('cli-a', 2);
  await tool.produce('cli-a', [
    {
      partition: 0,
      timestamp: T0,
      key: 'k0',
      value: '{"amount":1}',
      headers: [
        ['h', 'x'],
        ['h', null],
      ],
    },
    { partition: 0, timestamp: T0 + 2000, key: null, value: '{"amount":200}' },
    { partition: 1, timestamp: T0 + 1000, key: '', value: null },
    { partition: 1, timestamp: T0 + 3000, key: 'k3', value: { base64: '/wA=' } },
    { partition: 1, timestamp: T0 + 4000, key: 'k4', value: 'not json' },
  ]);
  await tool.commit('cli-g', 'cli-a', { 1: 1 });
});
afterAll(() => tool.close());

describe('topics', () => {
  it('prints partitions with offsets, and a missing name as an error', async () => {
    const run = await runCli(['topics', 'cli-a', 'cli-nope', '--json', ...at]);
    expect(run.code).toBe(4);
    const common = { leader: 1, replicas: [1], isr: [1], logStart: 0 };
    expect(run.json()).toEqual([
      {
        name: 'cli-a',
        internal: false,
        partitions: [
          { partition: 0, ...common, highWatermark: 2 },
          { partition: 1, ...common, highWatermark: 3 },
        ],
      },
      { name: 'cli-nope', error: 'Topic cli-nope does not exist.' },
    ]);
  });

  it('lists internal topics too, sorted by name', async () => {
    const topics = (await runCli(['topics', '--json', ...at])).json() as { name: string; internal: boolean }[];
    expect(topics.find((t) => t.name === '__consumer_offsets')?.internal).toBe(true);
    expect(topics.map((t) => t.name)).toEqual(topics.map((t) => t.name).toSorted());
  });
});

describe('groups', () => {
  it('covers every partition of a topic with a commit; null where nothing was committed', async () => {
    const run = await runCli(['groups', 'cli-g', '--json', ...at]);
    expect(run.code).toBe(0);
    expect(run.json()).toEqual([
      {
        group: 'cli-g',
        type: 'classic',
        state: 'Empty',
        coordinator: 1,
        assignor: null,
        members: [],
        offsets: [
          {
            topic: 'cli-a',
            partition: 0,
            committed: null,
            logStart: 0,
            highWatermark: 2,
            lag: null,
            gone: null,
            ahead: null,
          },
          { topic: 'cli-a', partition: 1, committed: 1, logStart: 0, highWatermark: 3, lag: 2, gone: 0, ahead: 0 },
        ],
      },
    ]);
  });

  it('ends with 2 for an unknown group', async () => {
    const run = await runCli(['groups', 'cli-unknown', '--json', ...at]);
    expect([run.code, run.json()]).toEqual([2, []]);
    expect(run.stderr).toContain('There is no group "cli-unknown" on this cluster');
  });
});

describe('tail', () => {
  const line = (
    partition: number,
    offset: number,
    ms: number,
    key: unknown,
    value: unknown,
    headers: unknown[] = [],
  ) => ({
    topic: 'cli-a',
    partition,
    offset,
    timestamp: T0 + ms,
    timestampType: 'create',
    key,
    value,
    headers,
  });
  const tail = (...args: string[]) => runCli(['tail', 'cli-a', '--json', ...at, ...args]);
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
    const run = await tail('--from', 'group:cli-g');
    expect(run.code).toBe(4);
    const lines = run.lines();
    expect(lines.filter((l) => 'error' in l)).toEqual([
      { topic: 'cli-a', partition: 0, offset: null, error: expect.stringContaining('never committed') },
    ]);
    expect(lines.filter((l) => !('error' in l)).map((l) => l.offset)).toEqual([1, 2]);
    expect((await tail('--from', 'group:cli-unknown')).code).toBe(2);
  });

  it('filters with CEL and counts what it could not judge', async () => {
    const filtered = await tail('--from', 'earliest', '--filter', 'value.amount > 100');
    expect(filtered.lines().map((l) => [l.partition, l.offset])).toEqual([[0, 1]]);
    const counted = await tail('--from', 'earliest', '--filter', 'value.amount > 100', '--count');
    expect(counted.json()).toEqual({ scanned: 5, matched: 1, errors: 3 });
    const broken = await tail('--from', 'earliest', '--filter', 'value.amount >');
    expect(broken.code).toBe(2);
  });

  it('greps in key, value and headers, and stops after --max', async () => {
    const run = await tail('--from', 'earliest', '--grep', 'amount', '--max', '1', '--partition', '0');
    expect(run.lines().map((l) => l.offset)).toEqual([0]);
  });

  it('creates no group and commits nothing', async () => {
    const groups = async () => (await runCli(['groups', '--json', ...at])).json();
    const before = await groups();
    await tail('--from', 'earliest');
    await tail('--from', 'group:cli-g');
    expect(await groups()).toEqual(before);
  });
});

describe('timeline', () => {
  it('counts the offsets of the range', async () => {
    const run = await runCli(['timeline', 'cli-a', '--buckets', '4', '--json', ...at]);
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

describe('reset-offsets', () => {
  const reset = (group: string, ...args: string[]) => runCli(['reset-offsets', group, '--json', ...at, ...args]);

  it('plans, then commits with --execute', async () => {
    await tool.commit('cli-reset', 'cli-a', { 0: 2, 1: 3 });
    const plan = await reset('cli-reset', '--topic', 'cli-a:1', '--to', 'shift:-2');
    expect([plan.code, plan.json()]).toEqual([
      0,
      {
        group: 'cli-reset',
        state: 'Empty',
        changes: [{ topic: 'cli-a', partition: 1, from: 3, to: 1, lagBefore: 0, lagAfter: 2 }],
        applied: false,
      },
    ]);
    const committed = async () =>
      (
        (await runCli(['groups', 'cli-reset', '--json', ...at])).json() as { offsets: { committed: number }[] }[]
      )[0]?.offsets.map((o) => o.committed);
    expect(await committed()).toEqual([2, 3]);
    const applied = await reset('cli-reset', '--topic', 'cli-a', '--to', 'time:2026-01-01T00:00:02Z', '--execute');
    expect((applied.json() as { applied: boolean }).applied).toBe(true);
    expect(await committed()).toEqual([1, 1]);
  });

  it('refuses a group that does not exist, and creates none', async () => {
    const run = await reset('cli-typo', '--topic', 'cli-a', '--to', 'earliest', '--execute');
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('There is no group "cli-typo" on this cluster.');
    expect((await runCli(['groups', 'cli-typo', ...at])).code).toBe(2);
  });

  it('refuses a live group and names its members', async () => {
    await tool.join({ kind: 'classic', group: 'cli-live', clientId: 'cli-member', topics: ['cli-a'] });
    const run = await reset('cli-live', '--topic', 'cli-a', '--to', 'earliest', '--execute');
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('cli-live is running: stop its members first (cli-member 127.0.0.1).');
    await tool.leave('cli-live');
  });
});

describe('doctor', () => {
  it('goes all the way on a good connection', async () => {
    const run = await runCli(['doctor', '--json', ...at]);
    const { steps } = run.json() as { steps: { step: string; ok: boolean }[] };
    expect([run.code, steps.every((s) => s.ok)]).toEqual([0, true]);
    expect([...new Set(steps.map((s) => s.step))]).toEqual(['dns', 'tcp', 'metadata', 'advertised', 'rights']);
  });

  it('names the failing step', async () => {
    const run = await runCli(['doctor', '--json', '--bootstrap', '127.0.0.1:1']);
    const { steps } = run.json() as { steps: { step: string; ok: boolean; hint?: string }[] };
    expect([run.code, steps.at(-1)?.step, steps.at(-1)?.ok]).toEqual([3, 'tcp', false]);
    expect(steps.at(-1)?.hint).toBe('Nothing listens on 127.0.0.1:1. Is the broker running, and is the port right?');
  });
});

describe('connecting', () => {
  it('ends with 3 and the cause', async () => {
    const run = await runCli(['topics', '--bootstrap', '127.0.0.1:1', '--timeout', '3000']);
    expect([run.code, run.stdout]).toEqual([3, '']);
    expect(run.stderr).toContain('127.0.0.1:1');
  });

  it('takes the password from the environment only', async () => {
    const full = await everyListener(kafka);
    onTestFinished(() => full.stop());
    const login = ['--sasl', 'scram-sha-256', '--username', 'alice'];
    const sasl = ['--bootstrap', full.sasl];
    const good = await runCli(['topics', '__consumer_offsets', ...sasl, ...login], {
      env: { KAFKA_PASSWORD: 'alice-secret' },
    });
    expect(good.code).toBe(0);
    const wrong = await runCli(['topics', ...sasl, ...login], { env: { KAFKA_PASSWORD: 'guess' } });
    expect([wrong.code, wrong.stderr.includes('guess')]).toEqual([3, false]);
    expect((await runCli(['topics', ...sasl, ...login])).code).toBe(2);
  });
});

describe('lint and forecast', () => {
  const component = (offset: string) =>
    'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: p\nspec:\n  type: pubsub.kafka\n  version: v1\n' +
    `  metadata:\n  - name: brokers\n    value: "b:9092"\n  - name: authType\n    value: "none"\n${offset}`;

  it('lints stdin under a name', async () => {
    const text = component('  - name: initialOffset\n    value: earliest\n');
    const run = await runCli(['lint', '-', '--stdin-filename', 'c/kafka.yaml', '--json'], { stdin: text });
    expect(run.code).toBe(1);
    const { filesChecked, findings } = run.json() as { filesChecked: number; findings: Record<string, unknown>[] };
    expect(filesChecked).toBe(1);
    expect(findings.find((f) => f.rule === 'K-03')).toMatchObject({
      file: 'c/kafka.yaml',
      line: 14,
      column: 12,
      endLine: 14,
      endColumn: 20,
      severity: 'error',
      consequence: 'daprd-stops',
    });
  });

  it('forecasts what a new group will miss, and fails when told to', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-cli-'));
    try {
      await writeFile(path.join(folder, 'kafka.yaml'), component(''));
      const args = [folder, '--app-id', 'cli-g', '--topic', 'cli-a', '--json', ...at];
      const run = await runCli(['forecast', ...args]);
      expect(run.code).toBe(0);
      const { components } = run.json() as { components: Record<string, unknown>[] };
      expect(components).toHaveLength(1);
      expect(components[0]).toMatchObject({
        name: 'p',
        app: 'cli-g',
        group: 'cli-g',
        groupSource: 'appId',
        initialOffset: 'newest',
        topics: [
          {
            topic: 'cli-a',
            brokerTopic: 'cli-a',
            partitions: [
              {
                partition: 0,
                logStart: 0,
                highWatermark: 2,
                committed: null,
                first: 2,
                backlog: 0,
                skipped: 2,
                gone: 0,
                rule: 'F-03',
              },
              {
                partition: 1,
                logStart: 0,
                highWatermark: 3,
                committed: 1,
                first: 1,
                backlog: 2,
                skipped: 0,
                gone: 0,
                rule: 'F-01',
              },
            ],
            summary: { backlog: 2, skipped: 2, gone: 0 },
          },
        ],
      });
      expect((await runCli(['forecast', ...args, '--fail-on', 'skipped'])).code).toBe(1);
      const oldest = await runCli(['forecast', ...args, '--set', 'initialOffset=oldest', '--fail-on', 'skipped']);
      expect(oldest.code).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('counts a handover from the commits of the group at a git revision: a gate for what nobody would handle', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-cli-'));
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
    const group = (name: string) =>
      writeFile(path.join(folder, 'kafka.yaml'), component(`  - name: consumerGroup\n    value: ${name}\n`));
    try {
      await group('cli-g');
      await git('init', '-q');
      await git('add', '.');
      await git('commit', '-qm', 'before');
      await group('cli-renamed');
      const args = ['forecast', '.', '--app-id', 'app', '--topic', 'cli-a', '--json', ...at];
      const forecast = (...more: string[]) => runCli([...args, ...more], { cwd: folder });
      const run = await forecast('--base', 'HEAD');
      expect(run.code).toBe(0);
      const { components } = run.json() as { components: { topics: { partitions: unknown[] }[] }[] };
      // cli-g has committed 1 on P1 and nothing on P0.
      const handover = [
        { partition: 0, first: 2, handover: { handledBefore: 0, handledByNobody: 2, twice: 0 } },
        { partition: 1, first: 3, handover: { handledBefore: 1, handledByNobody: 2, twice: 0 } },
      ];
      expect(components[0]?.topics[0]?.partitions).toMatchObject(handover);
      const was = await forecast('--was', 'cli-g');
      expect(
        (was.json() as typeof run & { components: typeof components }).components[0]?.topics[0]?.partitions,
      ).toMatchObject(handover);
      expect((await forecast('--base', 'HEAD', '--fail-on', 'skipped')).code).toBe(1);
      const oldest = ['--set', 'initialOffset=oldest', '--fail-on', 'skipped'];
      expect((await forecast('--base', 'HEAD', ...oldest)).code).toBe(0);
      expect((await forecast('--base', 'HEAD', '--was', 'cli-g')).code).toBe(2);
      expect((await forecast('--base', 'no-such-revision')).code).toBe(2);
      expect((await forecast('--was', 'no-such-group')).code).toBe(2);
      const table = await runCli(['forecast', '.', '--app-id', 'app', '--topic', 'cli-a', '--base', 'HEAD', ...at], {
        cwd: folder,
      });
      const lines = table.stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
      expect(lines[0]?.slice(-3)).toEqual(['HANDLED BEFORE', 'BY NOBODY', 'TWICE']);
      expect(lines[2]?.slice(-3)).toEqual(['1', '2', '0']);

      // Another folder and another name: git knows where the file was.
      await mkdir(path.join(folder, 'deploy'));
      await git('mv', 'kafka.yaml', 'deploy/pubsub.yaml');
      const moved = ['forecast', 'deploy', '--app-id', 'app', '--topic', 'cli-a', '--json', ...at, '--base', 'HEAD'];
      const found = (await runCli(moved, { cwd: folder })).json() as { components: typeof components };
      expect(found.components[0]?.topics[0]?.partitions).toMatchObject(handover);

      await writeFile(path.join(folder, 'new.yaml'), component('').replace('name: p', 'name: added'));
      const added = await runCli(
        ['forecast', 'new.yaml', '--app-id', 'app', '--topic', 'cli-a', ...at, '--base', 'HEAD'],
        {
          cwd: folder,
        },
      );
      expect(added.stderr).toContain('(app): it was not there before the change, so that nothing is handed over');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('keeps the gate closed where nothing could be checked', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-cli-'));
    const gate = (...args: string[]) =>
      runCli(['forecast', '.', ...at, '--fail-on', 'skipped', ...args], { cwd: folder });
    try {
      const empty = await gate();
      expect([empty.code, empty.stderr.trim()]).toEqual([2, 'kafka-dapr: No YAML or JSON file is in ..']);
      await writeFile(path.join(folder, 'kafka.yaml'), component('  - name: consumerGroup\n    value: cli-gate\n'));
      const untold = await gate();
      expect([untold.code, untold.stderr]).toEqual([1, expect.stringContaining('no component with a topic is known')]);
      const misspelt = await gate('--component', 'nope', '--topic', 'cli-a');
      expect([misspelt.code, misspelt.stderr]).toEqual([
        2,
        expect.stringContaining('No Kafka component is named nope'),
      ]);
      expect((await gate('--topic', 'cli-a', '--set', 'initialOffset=oldest')).code).toBe(0);
      const invalid = await gate('--topic', 'cli-a', '--set', 'initialOffset=earliest');
      expect([invalid.code, invalid.stderr]).toEqual([
        1,
        expect.stringContaining('daprd refuses initialOffset "earliest" and stops; it knows oldest and newest.'),
      ]);
      await writeFile(
        path.join(folder, 'broken.yaml'),
        `${component('').replace('name: p', 'name: q')}  - name: [oops\n    value: {\n`,
      );
      const broken = await gate('--topic', 'cli-a', '--set', 'initialOffset=oldest');
      expect([broken.code, broken.stderr]).toEqual([
        1,
        expect.stringMatching(/broken\.yaml:\d+: what this document would have read is not known/),
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('forecasts what stdin says, under a name', async () => {
    const text = component('  - name: consumerGroup\n    value: cli-stdin\n');
    const args = ['forecast', '-', '--app-id', 'app', '--topic', 'cli-a', ...at, '--json'];
    const named = await runCli([...args, '--stdin-filename', 'here/kafka.yaml'], { stdin: text });
    expect(named.code).toBe(0);
    expect(named.json()).toMatchObject({ components: [{ file: 'here/kafka.yaml', group: 'cli-stdin' }] });
    expect((await runCli(args, { stdin: text })).code).toBe(2);
  });
});
