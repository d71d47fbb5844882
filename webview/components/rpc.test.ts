import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RpcMessage } from '../../src/shared/rpc.ts';
import { RpcClient } from './rpc.ts';

type Shop = {
  requests: {
    rows: { params: null; result: string[] };
    groups: { params: null; result: string[] };
  };
  events: { told: { value: number } };
};

/** A document of the page: what it posts, and how it is told something. */
function open() {
  const posted: RpcMessage[] = [];
  const listeners: ((event: { data: string }) => void)[] = [];
  vi.stubGlobal('window', { addEventListener: (_type: string, listener: () => void) => listeners.push(listener) });
  vi.stubGlobal('acquireVsCodeApi', () => ({ postMessage: (message: RpcMessage) => posted.push(message) }));
  const rpc = new RpcClient<Shop>();
  const tell = (message: RpcMessage) => listeners.forEach((listener) => listener({ data: JSON.stringify(message) }));
  const idOf = (at: number) => (posted[at] as { id: number }).id;
  return { rpc, posted, tell, idOf };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('an answer goes to its question, in whatever order they come', async () => {
  const { rpc, tell, idOf } = open();
  const rows = rpc.request('rows', null);
  const groups = rpc.request('groups', null);
  tell({ type: 'result', id: idOf(1), result: ['payments'] });
  tell({ type: 'result', id: idOf(0), result: ['P0 4'] });
  expect(await rows).toEqual(['P0 4']);
  expect(await groups).toEqual(['payments']);
});

test('an answer to what the page asked before it was hidden answers nothing of now', async () => {
  const before = open();
  void before.rpc.request('rows', null);
  vi.advanceTimersByTime(40);
  const now = open();
  const groups = now.rpc.request('groups', null);
  now.tell({ type: 'result', id: before.idOf(0), result: ['P0 4'] });
  now.tell({ type: 'result', id: now.idOf(0), result: ['payments'] });
  expect(await groups).toEqual(['payments']);
});

test('what is cancelled is told, and rejects at once; an answer that comes all the same is dropped', async () => {
  const { rpc, posted, tell, idOf } = open();
  const stop = new AbortController();
  const rows = rpc.request('rows', null, stop.signal);
  stop.abort();
  await expect(rows).rejects.toMatchObject({ name: 'AbortError' });
  expect(posted.map((message) => message.type)).toEqual(['request', 'cancel']);
  tell({ type: 'result', id: idOf(0), result: [] });
  await expect(rpc.request('rows', null, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(posted).toHaveLength(2);
});

test('a refusal carries the sentence of the host, and an event goes to all that listen for it', async () => {
  const { rpc, tell, idOf } = open();
  const heard: number[] = [];
  rpc.on('told', ({ value }) => heard.push(value));
  rpc.on('told', ({ value }) => heard.push(-value));
  tell({ type: 'event', name: 'told', payload: { value: 3 } });
  expect(heard).toEqual([3, -3]);
  const rows = rpc.request('rows', null);
  tell({ type: 'error', id: idOf(0), message: 'The broker went away.' });
  await expect(rows).rejects.toThrow('The broker went away.');
});
