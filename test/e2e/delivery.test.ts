// What would become of the messages that a start would deliver, one fate after the other, however many there are.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
const topic = `fates-${randomUUID().slice(0, 8)}`;
const EXPIRED = '{"id":"late","expiration":"2020-01-01T00:00:00Z"}';
let window: TestWindow;
let page: FrameLocator;

const FILE = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: fates
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${bootstrap.split(',')[0] ?? ''}"
  - name: authType
    value: "none"
  - name: initialOffset
    value: "oldest"
scopes:
- fateful
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: fates
spec:
  pubsubname: fates
  topic: ${topic}
  routes:
    default: /in
`;

keepEvidence(() => window);
beforeAll(async () => {
  const kafka = new Kafka({ clientId: 'fates', brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
  const messages = (partition: number, values: string[]) => values.map((value) => ({ partition, value }));
  await producer.send({
    topic,
    messages: [
      ...messages(0, [
        ...Array<string>(130).fill(EXPIRED),
        '{"id":"ok"}',
        'no JSON',
        ...Array<string>(7).fill(EXPIRED),
      ]),
      ...messages(
        1,
        Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? EXPIRED : '{"id":"ok"}')),
      ),
    ],
  });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  const profile = { id: 'live', name: 'live', bootstrap: bootstrap.split(',') };
  window = await openWindow({ 'components/fates.yaml': FILE }, { clusters: [{ profile }] });
});
afterAll(async () => {
  await window?.close();
});

const showPage = async () => {
  await window.workbench.tab('Forecast: fates');
  page = await window.workbench.webview('replay-page .summary');
};
const row = (text: string) => page.locator('.fates tr', { hasText: text });

it('shows the cluster that the forecast has connected to as connected', async () => {
  await window.driver.eval((vscode) =>
    vscode.commands.executeCommand('kafkaDapr.openForecast', { component: 'fates' }),
  );
  page = await window.workbench.webview('replay-page .summary');
  await window.workbench.openSideBar('Kafka & Dapr');
  const live = window.workbench.row(window.workbench.view('Clusters'), 'live');
  await until('connected', async () => /1 broker · PLAINTEXT/.test((await live.getAttribute('aria-label')) ?? ''));
  expect(await live.getAttribute('aria-expanded')).toBe('false');
  await picture(window, 'delivery-connected');
});

it('goes on from the hundredth message of a fate to those behind it', async () => {
  await showPage();
  await page.locator('vscode-button', { hasText: 'Try the delivery' }).click();
  await page.locator('.fates').waitFor();
  expect((await page.locator('.fates tr').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    '8 offset 131 of partition 0 blocks it: not JSON. 7 messages behind it F-12 show message',
    '230 acknowledged and lost: its time to live has passed F-16 show messages',
    '101 reach /in show messages',
  ]);
  const expired = row('its time to live has passed');
  /** Presses a link of the row, and comes back from the messages that it opens; says where the row stands then. */
  const press = async (name: string) => {
    await expired.getByRole('button', { name }).click();
    await window.page.locator(`.tab.active[aria-label^="${topic} · live"]`).waitFor();
    await showPage();
    return expired.getByRole('status').innerText();
  };
  expect(await press('show messages')).toBe('1 of the first 100');
  // To the last that is known; those behind it are read from Kafka.
  expect(await press('previous message')).toBe('100 of the first 100');
  expect(await press('next message')).toBe('101 of the first 200');
  await picture(window, 'delivery-beyond');
  expect(await press('previous message')).toBe('100 of the first 200');
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
