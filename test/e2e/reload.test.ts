// A window that is reloaded: its messages pages stand where they stood, each by itself, and a message that was being
// written is still there.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const run = randomUUID().slice(0, 8);
const [left, right] = [`reload-left-${run}`, `reload-right-${run}`];
const group = `reload-billing-${run}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const component = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: reload-pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${bootstrap[0] ?? ''}"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "${group}"
scopes:
- shop
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: reload
spec:
  pubsubname: reload-pubsub
  topic: ${left}
  routes:
    default: /orders
`;
const START = Date.UTC(2026, 0, 5, 10, 0, 0);
let window: TestWindow;

keepEvidence(() => window);
beforeAll(async () => {
  const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({
    topics: [left, right].map((topic) => ({ topic, numPartitions: 3 })),
    waitForLeaders: true,
  });
  // 600 messages, a minute apart, in turn to the three partitions.
  for (const topic of [left, right])
    await producer.send({
      topic,
      messages: Array.from({ length: 600 }, (_, n) => ({
        partition: n % 3,
        value: `m-${n}`,
        timestamp: String(START + n * 60_000),
      })),
    });
  await admin.setOffsets({ groupId: group, topic: left, partitions: [{ partition: 0, offset: '120' }] });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  window = await openWindow(
    { 'components/kafka.yaml': component },
    { clusters: [{ profile: { id: 'reload', name: 'shop', bootstrap } }] },
  );
});
afterAll(() => window?.close());

const reload = async () => {
  await window.workbench.command('Reload Window');
  await window.page.locator('.monaco-workbench').waitFor({ state: 'detached' });
  await window.page.locator('.monaco-workbench').waitFor();
};
const open = (topic: string) => MessagesPage.openByCommand(window, { clusterId: 'reload', topic });
const hex = (text: string) =>
  Buffer.from(text)
    .toString('hex')
    .replaceAll(/(..)(?!$)/g, '$1 ');
const order = (page: MessagesPage, name: string) =>
  page.frame.locator('record-grid').getByRole('columnheader', { name }).getByRole('button');
const goTo = async (page: MessagesPage, place: string) => {
  await page.frame.locator('record-grid .grid').press('g');
  await page.frame.getByLabel('Go to').fill(place);
  await page.frame.getByLabel('Go to').press('Enter');
};
const first = async (page: MessagesPage) => (await page.rows())[0]?.['value'];
const chosen = (page: MessagesPage) => page.frame.locator('record-grid .row.selected').allInnerTexts();
/** What a person sees of a page. */
const look = async (page: MessagesPage) => ({
  first: await first(page),
  chosen: (await chosen(page)).map((text) => /(m-\d+|6d( [0-9a-f]{2})+)/.exec(text)?.[0]),
  filter: await page.frame.locator('#filter').inputValue(),
  from: await page.frame.getByLabel('From', { exact: false }).first().inputValue(),
  columns: (await page.frame.locator('record-grid').getByRole('columnheader').allInnerTexts()).map((t) => t.trim()),
  orders: await page.frame
    .locator('record-grid')
    .getByRole('columnheader')
    .evaluateAll((all) => all.map((header) => header.getAttribute('aria-sort'))),
});

it('has two pages at the same places again, with filter, order, columns and formats', async () => {
  const before: Awaited<ReturnType<typeof look>>[] = [];
  /** The page that is shown is that of the topic, and looks as it did. */
  const same = async (topic: string, at: number) => {
    await window.page.locator(`.tab.active[aria-label^="${topic}"]`).waitFor();
    const page = await MessagesPage.find(window.workbench);
    await page.frame.getByRole('heading', { name: topic }).waitFor();
    await page.status('everything in the range was read');
    await until('the chosen row', async () => (await chosen(page)).length === 1);
    await until('its place', async () => (await first(page)) === before[at]?.first);
    expect(await look(page)).toEqual(before[at]);
    return page;
  };
  // The left one: newest first, a filter, values as hex, no headers; scrolled to one that was looked for.
  const one = await open(left);
  await one.from('earliest');
  await one.to('end');
  await one.frame.locator('#filter').fill('m-1');
  await one.frame.locator('#filter').press('Enter');
  await one.status('matched 111');
  await one.menu('Columns');
  await one.frame.getByLabel('Value as').selectOption('hex');
  await one.frame.locator('page-tools vscode-checkbox', { hasText: 'Headers' }).click();
  await one.menu('Columns');
  await order(one, 'Time').click();
  await until('newest first', async () => (await first(one)) === hex('m-199'));
  await goTo(one, '0:50');
  await until('the place', async () => (await first(one)) === hex('m-150'));
  before.push(await look(one));
  expect(before[0]).toMatchObject({ first: hex('m-150'), chosen: [hex('m-150')], filter: 'm-1', from: 'earliest' });

  // The right one: the last 300 by offset, as they are.
  const two = await open(right);
  await two.from('last', '300');
  await two.to('end');
  await two.readAll();
  await order(two, 'Offset').click();
  await goTo(two, '2:160');
  await until('the place', async () => (await first(two)) === 'm-482');
  before.push(await look(two));
  expect(before[1]).toMatchObject({ first: 'm-482', chosen: ['m-482'], filter: '', from: 'last' });

  // Hidden and shown again, a page stands where it stood as well, with the record that was open.
  await two.frame.locator('record-grid .row.selected').dblclick();
  await two.frame.locator('detail-pane .bar .muted', { hasText: 'P2 · 160' }).waitFor();
  await window.workbench.tab(left);
  await same(left, 0);
  await window.workbench.tab(right);
  const again = await same(right, 1);
  await again.frame.locator('detail-pane .bar .muted', { hasText: 'P2 · 160' }).waitFor();
  await picture(window, 'reload-shown-again');

  await reload();
  for (const [i, topic] of [left, right].entries()) {
    await window.workbench.tab(topic);
    await same(topic, i);
    await picture(window, `reload-${i === 0 ? 'left' : 'right'}`);
  }
});

it('keeps a message that was being written, and what was written before it', async () => {
  const write = async () => {
    await window.workbench.tab(`Produce to ${right}`);
    return window.workbench.webview(`produce-page h1:has-text("${right}")`);
  };
  await window.workbench.tab(right);
  const messages = await MessagesPage.find(window.workbench);
  await messages.frame.locator('vscode-button', { hasText: 'Produce…' }).click();
  const page = await write();
  await page.locator('#value').fill('{"id":1}');
  await page.locator('#send:not([disabled])').click();
  await page.locator('.sent').getByText('Written to').waitFor();
  const written = await page.locator('.sent').innerText();
  await page.locator('#value').fill('{"id":2,"half');
  await page.locator('#add-header').click();
  await page.getByLabel('Name of header 1').fill('trace');

  await reload();
  const again = await write();
  expect(await again.locator('#value').inputValue()).toBe('{"id":2,"half');
  expect(await again.getByLabel('Name of header 1').inputValue()).toBe('trace');
  expect(await again.locator('.sent').innerText()).toBe(written);
  await again.locator('#value').fill('{"id":2}');
  await again.locator('#send:not([disabled])').click();
  await again.locator('.sent > div').nth(1).waitFor();
  await picture(window, 'reload-produce');
});

it('has the page of a group again, and asks nothing of a cluster that the person has left', async () => {
  const { workbench } = window;
  const clusters = workbench.view('Clusters');
  await workbench.openSideBar('Kafka & Dapr');
  await workbench.filter(run);
  await workbench.expand(clusters, 'shop');
  await workbench.expand(clusters, 'Consumer groups');
  await workbench.choose(
    workbench.row(clusters, group),
    'Who Reads What',
    window.page.locator(`.tab.active[aria-label^="${group}"]`),
  );
  const board = () => workbench.webview(`group-page h1:has-text("${group}")`);
  const lagOf = async (frame: FrameLocator) => (await frame.locator('tr.group').first().innerText()).includes('lag 80');
  expect(await lagOf(await board())).toBe(true);

  await reload();
  await workbench.tab(group);
  const again = await board();
  await until('the lag', () => lagOf(again));
  await picture(window, 'reload-group');

  // Behind another tab over the reload, it is first seen after the person has disconnected.
  await workbench.tab(left);
  await reload();
  const shop = workbench.row(clusters, 'shop');
  await shop.filter({ hasText: 'broker' }).waitFor();
  const disconnected = shop.filter({ hasText: 'disconnected' });
  await workbench.choose(shop, 'Disconnect', disconnected);
  await workbench.tab(group);
  const frame = await board();
  await frame.getByText('You have disconnected from this cluster. Refresh connects again.').waitFor();
  await picture(window, 'reload-group-disconnected');
  expect(await frame.locator('tr.group').count()).toBe(0);
  expect(await disconnected.count()).toBe(1);
  await frame.getByRole('button', { name: 'Refresh' }).click();
  await until('the lag', () => lagOf(frame));
});

it('has the forecast of a component again, with what was asked', async () => {
  const { workbench } = window;
  const tab = window.page.locator('.tab.active', { hasText: 'Forecast: reload-pubsub' });
  await workbench.openSideBar('Kafka & Dapr');
  await workbench.press(workbench.row(workbench.view('Dapr Pub/Sub'), `${left} → shop`), /^Forecast/, tab);
  const summary = async () => {
    const frame = await workbench.webview('replay-page .summary');
    return (await frame.locator('.summary').innerText()).replace(/\s+/g, ' ');
  };
  // P0 resumes at 120 of 200; the others have no commit, and newest is what daprd starts with.
  expect(await summary()).toMatch(/^If it started now: 400 never received 80 will be delivered/);
  const page = await workbench.webview('replay-page .summary');
  await page.locator('vscode-button', { hasText: 'A new group' }).click();
  const asked = /^If it started now, with this change: 600 never received 0 will be delivered/;
  await until('the change', async () => asked.test(await summary()));

  await reload();
  await workbench.tab('Forecast: reload-pubsub');
  await until('the change', async () => asked.test(await summary()));
  await picture(window, 'reload-forecast');
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
