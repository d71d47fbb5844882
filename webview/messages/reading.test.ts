import { expect, test } from 'vitest';
import type { ReadSpec, ScanStatus, Told } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import { NOTHING_READ, Reading } from './reading.ts';

const read: ReadSpec = {
  start: { kind: 'earliest' },
  end: { kind: 'follow' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};
const status = (state: ScanStatus['state'], matched: number): ScanStatus => ({ ...NOTHING_READ, state, matched });

/** A reader that answers when the test says so. */
function reader() {
  const answers: { resolve: (value: null) => void; reject: (error: Error) => void }[] = [];
  let tell: (told: Told) => void = () => undefined;
  const rpc = {
    request: () => new Promise<null>((resolve, reject) => answers.push({ resolve, reject })),
    on: (_name: string, listener: (told: Told) => void) => (tell = listener),
  } as unknown as Pick<RpcClient<MessagesPanelContract>, 'request' | 'on'>;
  const none = () => undefined;
  return { answers, reading: new Reading(rpc, none, none), tell: (told: Told) => tell(told) };
}

test('what is told of the reading before is not taken for that of the one that was asked for', async () => {
  const { answers, reading, tell } = reader();
  const started = reading.start(read);
  tell({ status: status('stopped', 500), rows: null });
  expect([reading.status.state, reading.count]).toEqual(['resolving', 0]);
  answers[0]!.resolve(null);
  await started;
  tell({ status: status('reading', 3), rows: null });
  expect([reading.status.state, reading.count]).toEqual(['reading', 3]);
});

test('a start that is refused says why, and what is told after it is heard', async () => {
  const { answers, reading, tell } = reader();
  const started = reading.start(read);
  answers[0]!.reject(new Error('The reader is not running.'));
  await started;
  expect([reading.status.state, reading.refusal]).toEqual(['failed', 'The reader is not running.']);
  tell({ status: status('following', 1), rows: null });
  expect(reading.count).toBe(1);
});
