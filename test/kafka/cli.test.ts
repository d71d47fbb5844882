import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { runCli } from '../support/cli/runCli.ts';
import { everyListener } from '../support/kafka/everyListener.ts';
import { openTool } from '../support/kafka/tool.ts';
import { seedTopic } from '../support/cli/seedTopic.ts';

// The command's contract, to the letter, as scripts will see it: what it tells of a cluster, and what it changes.
const kafka = inject('kafka');
const at = ['--bootstrap', kafka.bootstrap];
const tool = openTool(kafka);
afterAll(() => tool.close());
beforeAll(() => seedTopic(tool, 'cli-a', 'cli-g'));

describe('usage', () => {
  it('is told on stderr, with 2, where no command is named; --help and help print it', async () => {
    const [none, asked, word] = [await runCli([]), await runCli(['--help']), await runCli(['help'])];
    expect([none.code, none.stdout, none.stderr]).toEqual([2, '', asked.stdout]);
    expect([asked.code, asked.stderr, word.code, word.stdout]).toEqual([0, '', 0, asked.stdout]);
    expect(asked.stdout).toContain('  reset-offsets  move a group that is not running; a dry run unless --execute\n');
    const [behind, before] = [await runCli(['tail', '--help']), await runCli(['help', 'tail'])];
    expect([behind.code, behind.stdout]).toEqual([0, before.stdout]);
    expect(behind.stdout).toMatch(/^kafka-dapr tail TOPIC\n/);
  });

  it.each([
    [
      ['nope'],
      'There is no command "nope"; there are topics, groups, tail, timeline, doctor, reset-offsets, lint, forecast.',
    ],
    [['help', 'nope'], 'There is no command "nope";'],
    [['--json', 'topics'], 'Options follow the name of a command, one of topics, groups, tail,'],
    [['doctor', 'b:1', ...at], 'doctor takes options only, not "b:1".'],
    [
      ['doctor', '--registry', 'localhost:8081', ...at],
      '--registry takes a URL that begins with http:// or https://, not "localhost:8081".',
    ],
    [['topics', '--ca', import.meta.filename, ...at], '--ca takes a certificate in PEM form, and there is none in '],
    // Wrong in itself, so it counts more than that nobody answers.
    [['tail', 't', '--filter', 'value ==', '--bootstrap', '127.0.0.1:1'], 'This is not a CEL expression:'],
  ])('%j ends with 2 and the reason', async (args, reason) => {
    const run = await runCli(args);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(`kafka-dapr: ${reason}`);
  });

  it('speaks the language of LANG where LC_ALL is empty, as other programs do', async () => {
    const korean = await runCli(['doctor'], { env: { LC_ALL: '', LANG: 'ko_KR.UTF-8' } });
    expect([korean.code, korean.stderr]).toEqual([
      2,
      'kafka-dapr: --bootstrap HOST:PORT가 없습니다. 어느 클러스터입니까?\n',
    ]);
  });
});

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
    expect(run.stderr).toMatch(/^kafka-dapr: TCP: Nothing listens on 127\.0\.0\.1:1\./);
    const nobody = await runCli(['tail', 'cli-a', '--bootstrap', 'no-such-host.invalid:9092', '--timeout', '20000']);
    expect([nobody.code, nobody.stdout]).toEqual([3, '']);
    expect(nobody.stderr).toMatch(/^kafka-dapr: DNS: .*no-such-host\.invalid:9092/);
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
    expect(wrong.stderr).toMatch(/^kafka-dapr: SASL: /);
    expect((await runCli(['topics', ...sasl, ...login])).code).toBe(2);
  });
});
