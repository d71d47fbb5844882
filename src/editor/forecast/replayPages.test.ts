import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReplayMemory } from '../../shared/replayPage.ts';
import type { RpcMessage } from '../../shared/rpc.ts';
import { ReplayPages, type ReplayPagesOptions } from './replayPages.ts';

interface Restorer {
  deserializeWebviewPanel(panel: unknown, memory: unknown): Promise<void>;
}

/** The editor: what registered to bring pages back. */
const editor = vi.hoisted(() => ({ restorers: new Map<string, unknown>() }));
vi.mock('vscode', () => {
  const registration = () => ({ dispose: () => {} });
  return {
    Uri: { joinPath: (...parts: unknown[]) => parts.join('/') },
    env: { language: 'en' },
    l10n: {},
    commands: { registerCommand: registration },
    workspace: { registerTextDocumentContentProvider: registration, onDidCloseTextDocument: registration },
    window: {
      registerWebviewPanelSerializer: (name: string, restorer: unknown) => {
        editor.restorers.set(name, restorer);
        return registration();
      },
    },
  };
});

/** What the cluster tells at each look. */
vi.mock('./replay.late.ts', () => ({
  ReplayModel: class {
    again() {
      return this;
    }
    async replay(cluster: { look(): number }, reader: { component: string }, whatIf: object) {
      if (reader.component === 'gone') throw new Error('gone is no longer in the files of this workspace.');
      return Promise.resolve({ reader, whatIf, look: cluster.look(), at: 0 });
    }
    ways(cluster: { look(): number }) {
      return [cluster.look()];
    }
  },
}));

/** A page that the editor brings back, on a cluster that the person may have left. */
async function restored(memory: Partial<ReplayMemory> = {}) {
  const state = { left: undefined as string | undefined, connects: 0, looks: 0 };
  const posted: RpcMessage[] = [];
  let hear: (message: RpcMessage) => Promise<void> | undefined = () => undefined;
  const closed: (() => void)[] = [];
  const panel = {
    title: 'Forecast: orders',
    visible: true,
    webview: {
      asWebviewUri: (url: string) => url,
      cspSource: '',
      options: {},
      html: '',
      onDidReceiveMessage: (listener: typeof hear) => (hear = listener),
      postMessage: (message: string) => posted.push(JSON.parse(message) as RpcMessage),
    },
    onDidDispose: (listener: () => void) => closed.push(listener),
    onDidChangeViewState: () => ({ dispose: () => {} }),
    dispose: () => closed.forEach((listener) => listener()),
  };
  new ReplayPages({
    extensionUri: 'extension',
    files: () => Promise.resolve([]),
    clusters: {
      list: () => [],
      client: () => {
        state.connects++;
        state.left = undefined;
        return Promise.resolve({ look: () => ++state.looks });
      },
      leftAlone: () => state.left,
    },
    refreshSeconds: () => 5,
    runtime: () => ({}),
  } as unknown as ReplayPagesOptions);
  await (editor.restorers.get('kafkaDapr.forecast') as Restorer).deserializeWebviewPanel(panel, {
    cluster: { id: 'c1', name: 'local' },
    reader: { component: 'orders', app: 'shop' },
    whatIf: { consumerGroup: 'audit' },
    ...memory,
  });
  let id = 0;
  /** The answer: its result, or its sentence. */
  const ask = async (method: string, params: object = {}) => {
    const mine = ++id;
    void hear({ type: 'request', id: mine, method, params });
    const answer = () => posted.find((m) => (m.type === 'result' || m.type === 'error') && m.id === mine);
    await vi.waitFor(() => expect(answer()).toBeDefined());
    const found = answer();
    return found?.type === 'result' ? found.result : found?.type === 'error' ? found.message : undefined;
  };
  const moved = () => posted.flatMap((m) => (m.type === 'event' && m.name === 'moved' ? [m.payload] : []));
  const kept = () => posted.flatMap((m) => (m.type === 'event' && m.name === 'kept' ? [m.payload] : []));
  return { state, ask, moved, kept, html: () => panel.webview.html };
}

const LEFT = 'You have disconnected from this cluster. Refresh connects again.';
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a page that came back asks what it asked before, and has only names to come back with', async () => {
  const { ask, html } = await restored();
  expect(await ask('ready')).toMatchObject({
    reader: { component: 'orders', app: 'shop' },
    whatIf: { consumerGroup: 'audit' },
    cluster: { id: 'c1', name: 'local' },
  });
  expect(JSON.parse(/id="about"[^>]*>(.*?)<\/script>/s.exec(html())?.[1] ?? '')).toEqual({
    cluster: { id: 'c1', name: 'local' },
    reader: { component: 'orders', app: 'shop' },
    whatIf: { consumerGroup: 'audit' },
  });
});

test('a page that came back connects to no cluster that the person has left, until Refresh', async () => {
  const { state, ask } = await restored();
  state.left = LEFT;
  expect(await ask('ready')).toBe(LEFT);
  expect(state.connects).toBe(0);
  expect(await ask('refresh')).toMatchObject({ look: 1 });
  expect(state.connects).toBe(2); // To connect, and for the look.
});

test('a page says that its component is gone', async () => {
  const { ask } = await restored({ reader: { component: 'gone', app: null } });
  expect(await ask('ready')).toBe('gone is no longer in the files of this workspace.');
});

test('neither its timer nor what it asks by itself connects a cluster again that the person has left', async () => {
  const { state, ask, moved } = await restored();
  expect(await ask('ready')).toMatchObject({ look: 1 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(moved()).toMatchObject([{ view: { look: 2 } }]);
  const before = state.connects;
  state.left = LEFT;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(moved().at(-1)).toEqual({ failure: LEFT });
  expect(await ask('ways', { kind: 'everything' })).toBe(LEFT);
  // Seen again from behind another tab: what was known, and why it is not of now.
  expect(await ask('ready')).toMatchObject({ look: 2, error: LEFT });
  expect([state.connects, state.looks]).toEqual([before, 2]);
  expect(await ask('refresh')).toMatchObject({ look: 3 });
});

test('what was tried stays while the page is hidden', async () => {
  const { ask, kept } = await restored();
  await ask('ready');
  await ask('keep', { question: 'q', found: { orders: { result: { records: 3 }, at: {} } } });
  expect(await ask('ready')).toMatchObject({ look: 2 });
  expect(kept()).toEqual([{ question: 'q', found: { orders: { result: { records: 3 }, at: {} } } }]);
});
