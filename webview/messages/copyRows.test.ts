import { beforeAll, expect, test, vi } from 'vitest';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { copyRows } from './copyRows.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

/** A list of rows whose values are numbers; they came in another order than that in which they stand. */
function page(size = 10) {
  const asked: string[] = [];
  const copied: string[] = [];
  const answers: Record<string, (params: never) => unknown> = {
    rows: ({ from, count, view }: { from: number; count: number; view: { by: string } | null }) => {
      asked.push(`rows ${from} ${count} ${view?.by ?? 'arrival'}`);
      return Array.from({ length: count }, (_, i) => ({ index: 90 - from - i, size }));
    },
    detail: ({ index }: { index: number }) => ({
      partition: 0,
      offset: index,
      timestamp: 5,
      key: null,
      value: btoa(`${index}`),
      headers: [],
    }),
    copy: ({ text }: { text: string }) => void copied.push(text),
  };
  const request = (method: string, params: unknown) => Promise.resolve(answers[method]!(params as never));
  return { asked, copied, rpc: { request } as Pick<RpcClient<MessagesPanelContract>, 'request'> };
}

test('one message is an object, several are a list as they stand', async () => {
  const { asked, copied, rpc } = page();
  await copyRows(rpc, 'orders', { from: 3, to: 4, view: null });
  await copyRows(rpc, 'orders', { from: 3, to: 6, view: { by: 'offset', newestFirst: true, of: 50 } });
  expect(asked).toEqual(['rows 3 1 arrival', 'rows 3 3 offset']);
  expect(JSON.parse(copied[0]!)).toMatchObject({ topic: 'orders', offset: 87, value: '87' });
  expect((JSON.parse(copied[1]!) as { offset: number }[]).map(({ offset }) => offset)).toEqual([87, 86, 85]);
});

test('more than a clipboard is for is refused, with what to do instead', async () => {
  const many = page();
  const refusal = 'At most 100 messages of together 8 MiB can be copied. Export the chosen ones instead.';
  await expect(copyRows(many.rpc, 'orders', { from: 0, to: 101, view: null })).rejects.toThrow(refusal);
  expect(many.asked).toEqual([]);
  const large = page(5 * 1024 * 1024);
  await expect(copyRows(large.rpc, 'orders', { from: 0, to: 2, view: null })).rejects.toThrow(refusal);
  expect([...many.copied, ...large.copied]).toEqual([]);
});
