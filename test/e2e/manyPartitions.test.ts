// A topic of so many partitions that its timeline costs the brokers something: it comes coarse, and finer when wanted.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openTool } from '../support/kafka/tool.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `many-${randomUUID().slice(0, 8)}`;
const PARTITIONS = 1000;
const ROUNDS = 121;
const T0 = Date.UTC(2026, 0, 1);
const kafka = inject('kafka');
const tool = openTool(kafka);
let window: TestWindow;
let page: MessagesPage;

keepEvidence(() => window);
beforeAll(async () => {
  await tool.create(topic, PARTITIONS);
  const records = (partition: number) =>
    Array.from({ length: ROUNDS }, (_, n) => ({ partition, value: 'x', timestamp: T0 + n * 60_000 }));
  for (let from = 0; from < PARTITIONS; from += 100)
    await tool.produce(topic, Array.from({ length: 100 }, (_, i) => records(from + i)).flat());
  window = await openWindow(
    {},
    { clusters: [{ profile: { id: 'many', name: 'shop', bootstrap: kafka.bootstrap.split(',') } }] },
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
  await tool.run('delete', topic);
  await tool.close();
});

const bar = () => page.frame.locator('timeline-bar');
const spans = async () => Number(await bar().locator('.bars').getAttribute('aria-valuemax'));

it('is drawn in longer spans, and in finer ones when they are asked for, with the chosen one kept', async () => {
  await bar()
    .getByText(/^\s*40 spans of time/)
    .waitFor({ timeout: 120_000 });
  await bar().getByText('at most 121,000 messages; drag to read a span').waitFor();
  expect(await spans()).toBe(40);
  await picture(window, 'messages-timeline-coarse');
  await bar().locator('.bars').press('Home');
  const chosen = bar().locator('.caption [role=status]').first();
  const first = await chosen.innerText();
  expect(first).toMatch(/ … .*: at most 3,000 messages$/);
  await bar().getByRole('button', { name: 'Finer' }).press('Enter');
  await bar().getByRole('button', { name: 'Finer' }).waitFor({ state: 'detached' });
  await bar().getByRole('button', { name: 'Refresh timeline' }).waitFor({ timeout: 120_000 });
  await bar()
    .getByText(/spans of time/)
    .waitFor({ state: 'detached', timeout: 120_000 });
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
  expect(await spans()).toBeLessThan(120);
  await bar().getByRole('button', { name: 'Finer' }).waitFor();
  await bar().getByText('at most 121,000 messages; drag to read a span').waitFor();
});
