// A topic of so many partitions that its timeline costs the brokers something: it comes coarse, and finer when wanted.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `many-${randomUUID().slice(0, 8)}`;
const PARTITIONS = 1000;
const ROUNDS = 121;
const T0 = Date.UTC(2026, 0, 1);
const kafka = new Kafka({ brokers: inject('kafka').bootstrap.split(','), logLevel: logLevel.NOTHING });
const admin = kafka.admin();
let window: TestWindow;
let page: MessagesPage;

keepEvidence(() => window);
beforeAll(async () => {
  const producer = kafka.producer();
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
  const messages = (partition: number) =>
    Array.from({ length: ROUNDS }, (_, n) => ({ partition, value: 'x', timestamp: String(T0 + n * 60_000) }));
  for (let from = 0; from < PARTITIONS; from += 100)
    await producer.send({ topic, messages: Array.from({ length: 100 }, (_, i) => messages(from + i)).flat() });
  await producer.disconnect();
  window = await openWindow(
    {},
    { clusters: [{ profile: { id: 'many', name: 'shop', bootstrap: inject('kafka').bootstrap.split(',') } }] },
  );
  page = await MessagesPage.openByCommand(window, {
    clusterId: 'many',
    topic,
    read: {
      start: { kind: 'latest' },
      end: { kind: 'end' },
      partitions: [],
      isolation: 'read_uncommitted',
      filter: null,
    },
  });
});
afterAll(async () => {
  await window?.close();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
});

const bar = () => page.frame.locator('timeline-bar');
const spans = async () => Number(await bar().locator('.bars').getAttribute('aria-valuemax'));

it('is drawn in longer spans, and in finer ones when they are asked for, with the chosen one kept', async () => {
  await bar().getByText('80 spans of time', { exact: true }).waitFor();
  await bar().getByText('at most 121,000 messages; drag to read a span').waitFor();
  expect(await spans()).toBe(80);
  await picture(window, 'messages-timeline-coarse');
  await bar().locator('.bars').press('Home');
  const chosen = bar().locator('.caption [role=status]').first();
  const first = await chosen.innerText();
  expect(first).toMatch(/ … .*: at most [12],000 messages$/);
  await bar().getByRole('button', { name: 'Finer' }).press('Enter');
  await bar().getByRole('button', { name: 'Finer' }).waitFor({ state: 'detached' });
  await bar().getByRole('button', { name: 'Refresh timeline' }).waitFor();
  expect(await spans()).toBe(120);
});

it('can be stopped, and what is there stays', async () => {
  await bar().getByRole('button', { name: 'Refresh timeline' }).press('Enter');
  const stop = bar().getByRole('button', { name: 'Stop the timeline' });
  await bar()
    .getByText(/spans of time so far, asking for finer ones…$/)
    .waitFor();
  await stop.press('Enter');
  await stop.waitFor({ state: 'detached' });
  expect(await spans()).toBeLessThan(80);
  await bar().getByRole('button', { name: 'Finer' }).waitFor();
  await bar().getByText('at most 121,000 messages; drag to read a span').waitFor();
});
