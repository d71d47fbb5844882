import { expect, test, vi } from 'vitest';
import type { ReadSpec } from '../../src/shared/messagesPage.ts';
import type { PanelInit } from '../../src/shared/messagesPanel.ts';

const read: ReadSpec = {
  start: { kind: 'earliest' },
  end: { kind: 'end' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};

/** A page whose host refuses these requests and answers all others with nothing. */
async function pageOf(refusals: Record<string, string>) {
  const asked: string[] = [];
  let receive: (event: { data: string }) => void = () => undefined;
  const host = {
    postMessage(message: { id: number; method: string }) {
      asked.push(message.method);
      const refusal = refusals[message.method];
      const answer = refusal === undefined ? { type: 'result', result: null } : { type: 'error', message: refusal };
      queueMicrotask(() => receive({ data: JSON.stringify({ ...answer, id: message.id }) }));
    },
    getState: () => undefined,
    setState: () => undefined,
  };
  vi.stubGlobal('acquireVsCodeApi', () => host);
  vi.stubGlobal('window', {
    innerHeight: 600,
    addEventListener: (_: string, listener: typeof receive) => (receive = listener),
  });
  const { PageModel } = await import('./pageModel.ts');
  const model = new PageModel(
    () => null,
    () => undefined,
  );
  model.init = { read, topic: 't', cluster: { id: 'c', name: 'c' } } as PanelInit;
  model.asked.take(read);
  return { model, asked };
}

test('says above the grid why a set-up could not be saved', async () => {
  const { model } = await pageOf({ savePreset: 'There is no room.' });
  model.save('mine');
  await expect.poll(() => model.reading.refusal).toBe('There is no room.');
});

test('reads by a saved set-up although the reader has ended, which the start begins anew', async () => {
  const { model, asked } = await pageOf({ shape: 'The reader is not running.' });
  model.saved.list = [{ name: 'mine', read, columns: ['value'] }];
  await model.usePreset('mine');
  expect(asked.filter((method) => ['shape', 'start'].includes(method))).toEqual(['shape', 'start']);
  expect(model.reading.read).toEqual(read);
});
