import { expect, test } from 'vitest';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import { SpareConnection } from './spareConnection.ts';

test('has one connection ready, also after two were taken at once: no other is left open', async () => {
  let made = 0;
  const spare = new SpareConnection(() => Promise.resolve({ number: ++made } as unknown as KafkaConnection));
  const taken = await Promise.all([spare.take(), spare.take()]);
  expect(taken).toEqual([{ number: 1 }, { number: 2 }]);
  expect(made).toBe(3);
  expect(await spare.take()).toEqual({ number: 3 });
});

test('tries anew what could not be prepared, and says why it cannot be had', async () => {
  let away = true;
  const spare = new SpareConnection(() =>
    away ? Promise.reject(new Error('no way')) : Promise.resolve({ number: 1 } as unknown as KafkaConnection),
  );
  await expect(spare.take()).rejects.toThrow('no way');
  await expect(spare.take()).rejects.toThrow('no way');
  away = false;
  expect(await spare.take()).toEqual({ number: 1 });
});
