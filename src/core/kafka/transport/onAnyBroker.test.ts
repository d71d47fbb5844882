import { expect, test } from 'vitest';
import { KafkaError } from './kafkaError.ts';
import { overLostBrokers } from './onAnyBroker.ts';

const failing = (kind: 'closed' | 'timeout', failures: number) => {
  let calls = 0;
  return () => (++calls <= failures ? Promise.reject(new KafkaError(kind, kind)) : Promise.resolve(calls));
};

test('asks again after a lost broker, as often as there are brokers', async () => {
  expect(await overLostBrokers(3, failing('closed', 3))).toBe(4);
  await expect(overLostBrokers(3, failing('closed', 4))).rejects.toThrow('closed');
});

test('does not repeat what would take its whole time again, or what was cancelled', async () => {
  await expect(overLostBrokers(3, failing('timeout', 1))).rejects.toThrow('timeout');
  await expect(overLostBrokers(3, failing('closed', 1), AbortSignal.abort())).rejects.toThrow('closed');
});
