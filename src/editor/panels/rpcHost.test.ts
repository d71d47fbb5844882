import { expect, test } from 'vitest';
import type { RpcMessage } from '../../shared/rpc.ts';
import { RpcHost } from './rpcHost.ts';

// A type, not an interface, so that it fits Contract's index signature.
type Sums = {
  requests: {
    add: { params: { a: number; b: number }; result: number };
    fail: { params: null; result: null };
    wait: { params: null; result: string };
  };
  events: { total: { value: number } };
};

function host() {
  const posted: RpcMessage[] = [];
  const rpc = new RpcHost<Sums>((m) => posted.push(m), {
    add: ({ a, b }) => a + b,
    fail: () => {
      throw new Error('The broker went away. Start it and try again.');
    },
    wait: (_params, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve('was cancelled'))),
  });
  return { rpc, posted };
}

test('answers a request with its id', async () => {
  const { rpc, posted } = host();
  await rpc.receive({ type: 'request', id: 7, method: 'add', params: { a: 2, b: 3 } });
  expect(posted).toEqual([{ type: 'result', id: 7, result: 5 }]);
});

test('a thrown error crosses as its sentence', async () => {
  const { rpc, posted } = host();
  await rpc.receive({ type: 'request', id: 1, method: 'fail', params: null });
  expect(posted).toEqual([{ type: 'error', id: 1, message: 'The broker went away. Start it and try again.' }]);
});

test('an unknown request is answered, also one that names a member of Object', async () => {
  const { rpc, posted } = host();
  await rpc.receive({ type: 'request', id: 1, method: 'toString', params: null });
  expect(posted).toEqual([{ type: 'error', id: 1, message: 'Unknown request "toString".' }]);
});

test('cancel aborts the signal of that request only', async () => {
  const { rpc, posted } = host();
  const first = rpc.receive({ type: 'request', id: 1, method: 'wait', params: null });
  const second = rpc.receive({ type: 'request', id: 2, method: 'wait', params: null });
  await rpc.receive({ type: 'cancel', id: 2 });
  await second;
  expect(posted).toEqual([{ type: 'result', id: 2, result: 'was cancelled' }]);
  rpc.dispose();
  await first;
  expect(posted[1]).toEqual({ type: 'result', id: 1, result: 'was cancelled' });
});

test('events carry their name and payload', () => {
  const { rpc, posted } = host();
  rpc.emit('total', { value: 12 });
  expect(posted).toEqual([{ type: 'event', name: 'total', payload: { value: 12 } }]);
});
