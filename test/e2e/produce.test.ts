// A message is written from the tree, written again from its row, and found where the page says. Then the messages of
// a dead letter topic go back to where they came from.
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTool, type KafkaTool, type ReferenceRecord } from '../support/kafka/tool.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { seed, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

let window: TestWindow;
let data: Seeded;
let tool: KafkaTool;
/** The topic whose dead letter topic the seeded one is. */
let original: string;

const subscription = (topic: string, deadLetterTopic: string) => `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: orders
spec:
  pubsubname: kafka-pubsub
  topic: ${topic}
  deadLetterTopic: ${deadLetterTopic}
  routes:
    default: /orders
`;

keepEvidence(() => window);
beforeAll(async () => {
  tool = openTool(inject('kafka'));
  data = await seed(inject('kafka').bootstrap);
  original = `origin-${data.id}`;
  await tool.create(original, 2);
  window = await openWindow({ 'components/subscription.yaml': subscription(original, data.topic) });
  const { workbench, page } = window;
  await workbench.openSideBar('Kafka & Dapr');
  await page.getByRole('button', { name: 'Add a cluster' }).click();
  await workbench.answer('Bootstrap brokers', inject('kafka').bootstrap);
  await workbench.answer('Name shown in the tree', 'shop');
  await workbench.expand(clusters(), 'shop');
  await workbench.command('Filter Topics and Groups');
  await workbench.answer('Filter topics and groups', data.id);
  await workbench.expand(clusters(), 'Topics');
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close(), tool?.close()]);
});

const clusters = () => window.workbench.view('Clusters');

const plan = (frame: FrameLocator) => frame.locator('.plan');
const planned = (frame: FrameLocator, part: string) =>
  until(`the plan "${part}"`, async () => (await plan(frame).innerText()).includes(part));

describe('the produce page', () => {
  let frame: FrameLocator;

  it('opens from a topic of the tree and says what is wrong before anything is sent', async () => {
    // Everything about the topic is known, then its row stays as it is.
    const row = window.workbench.row(clusters(), data.topic);
    await row.getByText(/ K?i?B$/).waitFor();
    await window.workbench.choose(row, 'Produce a Message…', window.page.locator('.tab', { hasText: 'Produce' }));
    frame = await window.workbench.webview('produce-page');
    await planned(frame, 'Value: There is nothing yet: write JSON, or tick null.');
    expect(await frame.locator('#send').getAttribute('disabled')).not.toBeNull();
  });

  it('says exactly what will happen', async () => {
    await frame.locator('#key-null').click();
    await frame.locator('#key').fill('o-77');
    await frame.locator('#value').fill('{"id":"o-77"}');
    await frame.locator('#add-header').click();
    await frame.getByLabel('Name of header 1').fill('trace');
    await frame.getByLabel('Value of header 1').fill('t-77');
    await planned(frame, 'header trace: t-77 (4 B)');
    const text = await plan(frame).innerText();
    expect(text).toContain(`Write 1 message to ${data.topic} on shop`);
    expect(text).toMatch(/partition \d, which Kafka’s default partitioner chooses for this key \(of 3 partitions\)/);
    expect(text).toContain('value: {"id":"o-77"} (13 B)');
    await picture(window, 'produce-plan');
  });

  it('sends it and shows where it is', async () => {
    await frame.locator('#send').click();
    await frame.locator('.sent').getByText('Written to').waitFor();
    await picture(window, 'produce-sent');
    await frame.getByRole('button', { name: 'Show' }).click();
    const page = await MessagesPage.find(window.workbench);
    expect(await page.rowsWhen(1)).toMatchObject([{ key: 'o-77', value: '{"id":"o-77"}', headers: 'trace=t-77' }]);
  });

  it('writes a record again, filled with exactly what it had', async () => {
    const page = await MessagesPage.find(window.workbench);
    const [{ time: _, ...first } = {}] = await page.rowsWhen(1);
    await page.frame.locator('record-grid .layer .row').first().dblclick();
    await page.frame.getByText('Produce again…').click();
    const again = await window.workbench.webview('produce-page .hint:has-text("Filled with")');
    await planned(again, 'header trace: t-77 (4 B)');
    expect(await again.locator('#value').inputValue()).toBe('{"id":"o-77"}');
    expect(await plan(again).innerText()).toMatch(/partition \d, as chosen/);
    await picture(window, 'produce-again');
    await again.locator('#send').click();
    await again.locator('.sent').getByText('Written to').waitFor();
    expect(await again.locator('.sent').innerText()).toContain(`offset ${Number(first['offset']) + 1}`);
    await window.workbench.tab(`${data.topic} · shop`);
    expect(await page.rowsWhen(2)).toMatchObject([first, { ...first, offset: String(Number(first['offset']) + 1) }]);
  });
});

describe('a redrive', () => {
  let frame: FrameLocator;
  const state = (part: string) =>
    until(`the state "${part}"`, async () => (await frame.locator('.state').innerText()).includes(part));

  it('proposes the topic whose dead letter topic this is, and says what will happen', async () => {
    const page = await MessagesPage.find(window.workbench);
    await page.frame.getByText('Redrive', { exact: true }).click();
    await picture(window, 'redrive-menu');
    await page.frame.getByText('All that the filter finds in the range…').click();
    frame = await window.workbench.webview('redrive-page .plan');
    expect(await frame.locator('#target').inputValue()).toBe(original);
    const text = await frame.locator('main').innerText();
    expect(text).toContain(`components/subscription.yaml names ${data.topic} as the dead letter topic of`);
    expect(text).toContain(`Write 2 messages of ${data.topic} to ${original}`);
    expect(text).toContain('key, value, headers and timestamp stay equal, byte for byte; offsets are new');
    await picture(window, 'redrive-plan');
  });

  it('writes them as they are and shows where they went', async () => {
    await frame.locator('#start').click();
    await state('Done: 2 of 2 written.');
    await picture(window, 'redrive-done');
    const [written, source] = [await tool.dump(original), await tool.dump(data.topic)];
    const content = (r: ReferenceRecord) => [r.timestamp, r.key, r.value, r.headers];
    const key = Buffer.from('o-77').toString('base64');
    expect(written.map(content)).toEqual(source.filter((r) => r.key === key).map(content));
  });

  it('takes chosen messages too', async () => {
    await window.workbench.tab(`${data.topic} · shop`);
    const page = await MessagesPage.find(window.workbench);
    await page.from('earliest');
    await page.to('end');
    await page.frame.getByLabel('Partitions', { exact: true }).fill('');
    await page.readAll();
    await page.rowsWhen(9);
    const rows = page.frame.locator('record-grid .layer .row');
    await rows.nth(0).click();
    await rows.nth(2).click({ modifiers: ['Shift'] });
    await picture(window, 'redrive-choose');
    await page.frame.getByText('Redrive', { exact: true }).click();
    await page.frame.getByText('The chosen messages (3)…').click();
    frame = await window.workbench.webview('redrive-page:has-text("3 chosen messages") .plan');
    await frame.locator('#start').click();
    await state('Done: 3 of 3 written.');
    expect((await tool.dump(original)).length).toBe(5);
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
