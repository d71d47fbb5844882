import { beforeEach, expect, test, vi } from 'vitest';
import type { ClusterClient } from '../../../core/kafka/clusterClient.ts';
import { undoOf } from '../../../core/kafka/changes/resetOffsets.ts';
import type { ResetPlan } from '../../../core/kafka/changes/resetPlan.ts';
import { ClusterSessions } from '../clusterSessions.ts';
import { client, group, offset, partition, profile, topic } from '../explorerTree.fixture.ts';
import { resetOffsets } from './resetOffsets.ts';
import { runChange, type LoadEngine } from './runChange.ts';

const told = vi.hoisted(() => [] as string[]);
/** What the person presses below each message, when. */
const pressed = vi.hoisted(() => new Map<string, Promise<unknown>>());
vi.mock('vscode', () => {
  const message = async (text: string, ...buttons: string[]) => {
    told.push([text, ...buttons].join(' | '));
    for (const button of buttons)
      if (pressed.has(button)) {
        await pressed.get(button);
        pressed.delete(button);
        return button;
      }
    return undefined;
  };
  return {
    QuickPickItemKind: { Separator: -1 },
    window: {
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      showQuickPick: (items: unknown[]) => Promise.resolve(items),
    },
  };
});
beforeEach(() => {
  told.length = 0;
  pressed.clear();
});

const facts = {
  topics: [topic('orders', [partition(0)])],
  groups: [group('billing', { offsets: [offset({ topic: 'orders', partition: 0, committed: 7, lag: 3 })] })],
};
const plan: ResetPlan = {
  group: 'billing',
  state: 'Empty',
  coordinator: 1,
  changes: [{ topic: 'orders', partition: 0, from: 7, to: 0, lagBefore: 3, lagAfter: 10 }],
  problems: [],
  notes: [],
};

/** A cluster over which billing is reset; `written`: the connection, and where the group was put. */
function cluster() {
  const written: string[] = [];
  let connections = 0;
  const all = new ClusterSessions(
    (_profile, signal) => {
      if (signal.aborted) return Promise.reject(new Error('Cancelled.'));
      const connection = `connection ${++connections}` as unknown as ClusterClient['connection'];
      return Promise.resolve({ ...client(facts), connection });
    },
    () => undefined,
    () => [],
  );
  const engine = {
    ChangeRefused: class extends Error {},
    createGate: () => ({}),
    whoRuns: () => null,
    planReset: () => Promise.resolve(plan),
    applyReset: (on: ClusterClient, { changes }: ResetPlan) => {
      written.push(...changes.map((c) => `${on.connection as unknown as string}: ${c.from} → ${c.to}`));
      return Promise.resolve({ done: changes, failed: [] });
    },
    undoOf,
  };
  const saved = { now: true };
  const reset = () =>
    runChange(
      () => (saved.now ? all.of(profile) : undefined),
      (() => Promise.resolve(engine)) as unknown as LoadEngine,
      (tools) => resetOffsets(tools, 'billing', ['orders'], { kind: 'earliest' }),
    );
  return { all, written, reset, saved };
}

/** A person who presses a button when told to. */
function person(button: string): () => void {
  let press = () => {};
  pressed.set(button, new Promise<void>((resolve) => (press = resolve)));
  return press;
}

test('a reset is taken back over the connection that the cluster has by then', async () => {
  const { all, written, reset } = cluster();
  const undo = person('Undo');
  await reset();
  expect(written).toEqual(['connection 1: 7 → 0']);
  await all.disconnect(profile.id);
  await all.of(profile).client();
  undo();
  await expect.poll(() => written).toEqual(['connection 1: 7 → 0', 'connection 2: 0 → 7']);
});

test('a reset of a cluster that was disconnected since is taken back once the person connects', async () => {
  const { all, written, reset } = cluster();
  const undo = person('Undo');
  const connect = person('Connect and undo');
  await reset();
  await all.disconnect(profile.id);
  undo();
  const why =
    'You have disconnected from local: connect to it first. Until then billing stands where the reset has put it.';
  await expect.poll(() => told.at(-1)).toBe(`${why} | Connect and undo`);
  expect([all.of(profile).resting, written]).toEqual([true, ['connection 1: 7 → 0']]);
  connect();
  await expect.poll(() => written).toEqual(['connection 1: 7 → 0', 'connection 2: 0 → 7']);
});

test('a reset of a cluster that is gone cannot be taken back, and says why', async () => {
  const { written, reset, saved } = cluster();
  const undo = person('Undo');
  await reset();
  saved.now = false;
  undo();
  await expect.poll(() => told.at(-1)).toBe('This cluster is not saved here any more. Add it again.');
  expect(written).toEqual(['connection 1: 7 → 0']);
});
