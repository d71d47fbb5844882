import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCli, startCli, type StartedCli } from '../support/cli/runCli.ts';
import { openTool } from '../support/kafka/tool.ts';
import { seedTopic } from '../support/cli/seedTopic.ts';

// The command's contract, to the letter, as scripts will see it: what it says of files, alone and on a cluster.
const kafka = inject('kafka');
const at = ['--bootstrap', kafka.bootstrap];
const tool = openTool(kafka);
afterAll(() => tool.close());
beforeAll(() => seedTopic(tool, 'files-a', 'files-g'));

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
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-files-'));
    try {
      await writeFile(path.join(folder, 'kafka.yaml'), component(''));
      const args = [folder, '--app-id', 'files-g', '--topic', 'files-a', '--json', ...at];
      const run = await runCli(['forecast', ...args]);
      expect(run.code).toBe(0);
      const { components } = run.json() as { components: Record<string, unknown>[] };
      expect(components).toHaveLength(1);
      expect(components[0]).toMatchObject({
        name: 'p',
        app: 'files-g',
        group: 'files-g',
        groupSource: 'appId',
        initialOffset: 'newest',
        topics: [
          {
            topic: 'files-a',
            brokerTopic: 'files-a',
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
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-files-'));
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
    const group = (name: string) =>
      writeFile(path.join(folder, 'kafka.yaml'), component(`  - name: consumerGroup\n    value: ${name}\n`));
    try {
      await group('files-g');
      await git('init', '-q');
      await git('add', '.');
      await git('commit', '-qm', 'before');
      await group('files-renamed');
      const args = ['forecast', '.', '--app-id', 'app', '--topic', 'files-a', '--json', ...at];
      const forecast = (...more: string[]) => runCli([...args, ...more], { cwd: folder });
      const run = await forecast('--base', 'HEAD');
      expect(run.code).toBe(0);
      const { components } = run.json() as { components: { topics: { partitions: unknown[] }[] }[] };
      // files-g has committed 1 on P1 and nothing on P0.
      const handover = [
        { partition: 0, first: 2, handover: { handledBefore: 0, handledByNobody: 2, twice: 0 } },
        { partition: 1, first: 3, handover: { handledBefore: 1, handledByNobody: 2, twice: 0 } },
      ];
      expect(components[0]?.topics[0]?.partitions).toMatchObject(handover);
      const was = await forecast('--was', 'files-g');
      expect(
        (was.json() as typeof run & { components: typeof components }).components[0]?.topics[0]?.partitions,
      ).toMatchObject(handover);
      expect((await forecast('--base', 'HEAD', '--fail-on', 'skipped')).code).toBe(1);
      const oldest = ['--set', 'initialOffset=oldest', '--fail-on', 'skipped'];
      expect((await forecast('--base', 'HEAD', ...oldest)).code).toBe(0);
      expect((await forecast('--base', 'HEAD', '--was', 'files-g')).code).toBe(2);
      expect((await forecast('--base', 'no-such-revision')).code).toBe(2);
      expect((await forecast('--was', 'no-such-group')).code).toBe(2);
      const table = await runCli(['forecast', '.', '--app-id', 'app', '--topic', 'files-a', '--base', 'HEAD', ...at], {
        cwd: folder,
      });
      const lines = table.stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
      expect(lines[0]?.slice(-3)).toEqual(['HANDLED BEFORE', 'BY NOBODY', 'TWICE']);
      expect(lines[2]?.slice(-3)).toEqual(['1', '2', '0']);

      // Another folder and another name: git knows where the file was.
      await mkdir(path.join(folder, 'deploy'));
      await git('mv', 'kafka.yaml', 'deploy/pubsub.yaml');
      const moved = ['forecast', 'deploy', '--app-id', 'app', '--topic', 'files-a', '--json', ...at, '--base', 'HEAD'];
      const found = (await runCli(moved, { cwd: folder })).json() as { components: typeof components };
      expect(found.components[0]?.topics[0]?.partitions).toMatchObject(handover);

      await writeFile(path.join(folder, 'new.yaml'), component('').replace('name: p', 'name: added'));
      const added = await runCli(
        ['forecast', 'new.yaml', '--app-id', 'app', '--topic', 'files-a', ...at, '--base', 'HEAD'],
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
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-files-'));
    const gate = (...args: string[]) =>
      runCli(['forecast', '.', ...at, '--fail-on', 'skipped', ...args], { cwd: folder });
    try {
      const empty = await gate();
      expect([empty.code, empty.stderr.trim()]).toEqual([2, 'kafka-dapr: No YAML or JSON file is in ..']);
      await writeFile(path.join(folder, 'kafka.yaml'), component('  - name: consumerGroup\n    value: files-gate\n'));
      const untold = await gate();
      expect([untold.code, untold.stderr]).toEqual([1, expect.stringContaining('no component with a topic is known')]);
      const misspelt = await gate('--component', 'nope', '--topic', 'files-a');
      expect([misspelt.code, misspelt.stderr]).toEqual([
        2,
        expect.stringContaining('No Kafka component is named nope'),
      ]);
      expect((await gate('--topic', 'files-a', '--set', 'initialOffset=oldest')).code).toBe(0);
      const invalid = await gate('--topic', 'files-a', '--set', 'initialOffset=earliest');
      expect([invalid.code, invalid.stderr]).toEqual([
        1,
        expect.stringContaining('daprd refuses initialOffset "earliest" and stops; it knows oldest and newest.'),
      ]);
      await writeFile(
        path.join(folder, 'broken.yaml'),
        `${component('').replace('name: p', 'name: q')}  - name: [oops\n    value: {\n`,
      );
      const broken = await gate('--topic', 'files-a', '--set', 'initialOffset=oldest');
      expect([broken.code, broken.stderr]).toEqual([
        1,
        expect.stringMatching(/broken\.yaml:\d+: what this document would have read is not known/),
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('does not open a gate that was stopped before it had an answer', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-files-'));
    await writeFile(path.join(folder, 'kafka.yaml'), component(''));
    let run: StartedCli | undefined;
    // It listens and never answers.
    const silent = createServer(() => run?.interrupt()).listen(0, '127.0.0.1');
    try {
      await once(silent, 'listening');
      const bootstrap = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
      run = startCli(['forecast', folder, '--topic', 't', '--bootstrap', bootstrap, '--fail-on', 'skipped']);
      expect(await run.ended).toMatchObject({
        code: 4,
        stdout: '',
        stderr: 'kafka-dapr: interrupted before it was done.\n',
      });
    } finally {
      silent.close();
      await rm(folder, { recursive: true });
    }
  });

  it('forecasts what stdin says, under a name', async () => {
    const text = component('  - name: consumerGroup\n    value: files-stdin\n');
    const args = ['forecast', '-', '--app-id', 'app', '--topic', 'files-a', ...at, '--json'];
    const named = await runCli([...args, '--stdin-filename', 'here/kafka.yaml'], { stdin: text });
    expect(named.code).toBe(0);
    expect(named.json()).toMatchObject({ components: [{ file: 'here/kafka.yaml', group: 'files-stdin' }] });
    expect((await runCli(args, { stdin: text })).code).toBe(2);
  });
});
