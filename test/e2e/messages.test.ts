// The messages page on a topic of three partitions whose times are woven into each other.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `messages-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
const START = Date.UTC(2026, 0, 5, 10, 0, 0);
let window: TestWindow;
let page: MessagesPage;
let producer: Producer;

keepEvidence(() => window);
beforeAll(async () => {
  producer = kafka.producer();
  const admin = kafka.admin();
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
  await admin.disconnect();
  // 300 messages, a minute apart, in turn to the three partitions.
  for (const partition of [0, 1, 2])
    await produce(
      partition,
      range(0, 300).filter((n) => n % 3 === partition),
    );
  window = await openWindow({}, { clusters: [{ profile: { id: 'messages', name: 'shop', bootstrap } }] });
  page = await MessagesPage.open(window.workbench, 'shop', topic);
});
afterAll(async () => {
  await Promise.all([window?.close(), producer?.disconnect()]);
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const produce = (partition: number, numbers: number[]) =>
  producer.send({
    topic,
    messages: numbers.map((n) => ({ partition, value: `m-${n}`, timestamp: String(START + n * 60_000) })),
  });
const grid = () => page.frame.locator('record-grid');
const header = (name: string) => grid().getByRole('columnheader', { name });
/** The numbers of the messages in view, once the first of them is this one. */
const viewFrom = (first: number) =>
  until(`m-${first} at the top`, async () => {
    const rows = await page.rows();
    if (rows[0]?.['value'] !== `m-${first}` || rows.some((row) => row['value'] === '')) return undefined;
    return rows.map((row) => Number(row['value']?.slice(2)));
  });

describe('the order of the rows', () => {
  it('is that of time across partitions, each start anew', async () => {
    await page.from('earliest');
    await page.to('end');
    await page.readAll();
    const first = await viewFrom(0);
    expect(first.length).toBeGreaterThan(8);
    expect(first).toEqual(range(0, first.length));
    await page.readAll();
    expect(await viewFrom(0)).toEqual(first);
    await picture(window, 'messages-by-time');
  });

  it('is turned around by the header of a column, with the keyboard too', async () => {
    await header('Time').getByRole('button').press('Enter');
    const newest = await viewFrom(299);
    expect(newest).toEqual(range(0, newest.length).map((i) => 299 - i));
    expect(await header('Time').getAttribute('aria-sort')).toBe('descending');
    await header('Offset').getByRole('button').click();
    const byOffset = await viewFrom(0);
    expect(byOffset).toEqual(range(0, byOffset.length));
    expect((await page.rows()).slice(0, 4).map((row) => `${row['partition']}:${row['offset']}`)).toEqual([
      '0:0',
      '1:0',
      '2:0',
      '0:1',
    ]);
    await picture(window, 'messages-by-offset');
  });

  it('is the one in which go to finds an offset and a time', async () => {
    await header('Time').getByRole('button').click();
    await grid().locator('.grid').press('g');
    await page.frame.getByLabel('Go to').fill('1:50');
    await page.frame.getByLabel('Go to').press('Enter');
    const there = await viewFrom(151);
    expect(there).toEqual(range(151, 151 + there.length));
    await grid().locator('.grid').press('g');
    await page.frame.getByLabel('Go to').fill(new Date(START + 200.5 * 60_000).toISOString());
    await page.frame.getByLabel('Go to').press('Enter');
    expect((await viewFrom(201)).slice(0, 3)).toEqual([201, 202, 203]);
    expect(await grid().locator('.row.selected').innerText()).toContain('m-201');
  });

  it('keeps what is looked at where it is while new messages come in before it', async () => {
    await header('Time').getByRole('button').click();
    await page.to('follow');
    await page.button('Start reading').click();
    await page.status('following');
    await viewFrom(299);
    await grid().locator('.layer .row').first().click();
    for (let i = 0; i < 40; i++) await grid().locator('.grid').press('ArrowDown');
    await until('row 259', async () => (await grid().locator('.row.selected').innerText()).includes('m-259'));
    const before = (await page.rows()).map((row) => row['value']);
    await produce(0, [300]);
    await produce(2, [302]);
    await produce(1, [301]);
    await page.frame.locator('.pill', { hasText: '3 new ↑' }).waitFor();
    expect((await page.rows()).map((row) => row['value'])).toEqual(before);
    expect(await grid().locator('.row.selected').innerText()).toContain('m-259');
    await picture(window, 'messages-new-above');
    await page.frame.locator('.pill').click();
    expect((await viewFrom(302)).slice(0, 4)).toEqual([302, 301, 300, 299]);
    await page.button('Stop').click();
    await page.status('stopped');
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
