import { expect, test } from 'vitest';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { ChosenRecord } from './chosenRecord.ts';

/** A reader whose answers come when the test says so: the first entry answers the first question. */
function reader() {
  const answers: { resolve: (detail: RecordDetail) => void; reject: (error: Error) => void }[] = [];
  const request = () => new Promise((resolve, reject) => answers.push({ resolve, reject }));
  const rpc = { request } as unknown as Pick<RpcClient<MessagesPanelContract>, 'request'>;
  const none = () => undefined;
  return { answers, chosen: new ChosenRecord(rpc, none, none) };
}

const detail = (offset: number) => ({ offset }) as RecordDetail;

test('shows what was answered to the last question about a row, whichever answer comes last', async () => {
  const { answers, chosen } = reader();
  chosen.index = 0;
  const first = chosen.show();
  const again = chosen.reload();
  answers[1]!.resolve(detail(2));
  await again;
  answers[0]!.resolve(detail(1));
  await first;
  expect(chosen.detail).toEqual(detail(2));
});

test('shows nothing of the list before: neither its record nor why that could not be had', async () => {
  const { answers, chosen } = reader();
  chosen.index = 0;
  const before = chosen.show();
  answers[0]!.reject(new Error('broker 2 is away'));
  await before;
  expect(chosen.problem).toBe('broker 2 is away');
  const late = chosen.reload();
  chosen.forget();
  expect(chosen.problem).toBeNull();
  const next = chosen.choose(0);
  answers[1]!.resolve(detail(1));
  await late;
  expect(chosen.detail).toBeNull();
  answers[2]!.resolve(detail(7));
  await next;
  expect([chosen.detail, chosen.problem]).toEqual([detail(7), null]);
});
