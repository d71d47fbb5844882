// Before a component is deployed: what it would miss on the live cluster, and how to get what is wanted.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { THEMES, violations, wear } from './accessibility.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { seed, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
let window: TestWindow;
let data: Seeded;
let page: FrameLocator;

const files = (topic: string, group: string) => ({
  'components/kafka.yaml': `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: walk-pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${bootstrap.split(',')[0] ?? ''}"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "${group}"
scopes:
- walker
`,
  'components/subscription.yaml': `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: walk
spec:
  pubsubname: walk-pubsub
  topic: ${topic}
  routes:
    default: /walk
`,
});

keepEvidence(() => window);
beforeAll(async () => {
  data = await seed(bootstrap);
  const profile = { id: 'live', name: 'live', bootstrap: bootstrap.split(',') };
  window = await openWindow(files(data.topic, data.group), { clusters: [{ profile }] });
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
});

const summary = async () => (await page.locator('.summary').innerText()).replace(/\s+/g, ' ');

it('finds the cluster by the addresses in the file and tells what a start would do', async () => {
  await window.driver.eval((vscode) =>
    vscode.commands.executeCommand('kafkaDapr.openForecast', { component: 'walk-pubsub' }),
  );
  page = await window.workbench.webview('replay-page .summary');
  expect(await summary()).toBe(
    'If it started now: 0 never received 4 will be delivered 0 already deleted by Kafka 0 received twice',
  );
  const rows = page.locator('section tbody tr');
  expect(await rows.nth(0).innerText()).toContain('Committed 2: resumes there, 2 will be delivered');
  expect(await rows.nth(1).innerText()).toContain('Committed 1: resumes there, 2 will be delivered');
  expect(await rows.nth(2).innerText()).toContain('The partition is empty: nothing to deliver.');
});

it('tells, a moment later, how long ago the start was written and how long the app may be away', async () => {
  const downtime = page.locator('.downtime');
  await downtime.waitFor();
  expect(await downtime.innerText()).toBe(
    'The app may not be away at all: no commit to resume at on P2, and with newest what arrives meanwhile is never received.',
  );
  const age = page.locator('section tbody tr').first().locator('.age').last();
  expect(await age.innerText()).toMatch(/^from \d+ days ago$/);
  expect(await age.getAttribute('title')).toContain('2026');
});

it('shows before and after of a new group', async () => {
  await page.locator('vscode-button', { hasText: 'A new group' }).click();
  await until('the change', async () =>
    (await summary()).startsWith('If it started now, with this change: 7 never received'),
  );
  expect((await page.locator('.change tr').first().innerText()).replace(/\s+/g, ' ')).toBe('never received 0 → 7');
  // Of that the file's group has handled three, and would have read on.
  expect(await page.locator('.handover').innerText()).toBe(
    `3 already handled by ${data.group}, 4 handled by nobody, 0 twice`,
  );
  await page.locator('vscode-button', { hasText: 'As the file says' }).click();
  await until('the file', async () => (await summary()).startsWith('If it started now: 0 never received'));
});

it('shows who would get which partition, and what a first start would miss', async () => {
  const instances = page.getByRole('region', { name: 'Who gets which partition' });
  const shares = async () => (await instances.locator('tbody tr').allInnerTexts()).map((t) => t.replace(/\s+/g, ' '));
  expect(await shares()).toEqual([`instance 1 ${data.topic} P0 P1 P2`]);
  await page.locator('#instances').fill('4');
  await page.locator('#instances').press('Enter');
  await until('four instances', async () => (await shares()).length === 4);
  expect(await shares()).toEqual([
    `instance 1 ${data.topic} P0`,
    `instance 2 ${data.topic} P1`,
    `instance 3 ${data.topic} P2`,
    'instance 4 nothing',
  ]);
  expect(await page.locator('.change tr').allInnerTexts()).toContain('instances that receive nothing\t0\t→\t1');
  await page.locator('#moment').click();
  await page.locator('vscode-option', { hasText: 'for the first time' }).click();
  await until('a first start', async () =>
    (await summary()).startsWith('If it started now, with this change: 7 never received 0 will be delivered'),
  );
  await picture(window, 'first-start');
  await page.locator('#topic input').fill(`${data.topic}-nowhere`);
  await page.locator('#topic input').press('Enter');
  await page
    .locator('section', { hasText: `${data.topic}-nowhere` })
    .first()
    .waitFor();
  expect(await page.getByRole('region', { name: 'Why nothing is delivered' }).innerText()).toContain('(F-19)');
  await page.locator('vscode-button', { hasText: 'As the file says' }).click();
  await until('the file', async () => (await summary()).startsWith('If it started now: 0 never received'));
});

it('sets the component beside a plain client, and converts the settings of each', async () => {
  await page.locator('details.client summary').click();
  const versus = page.locator('.versus');
  await versus.waitFor();
  const past = async () => (await versus.locator('tbody tr').nth(1).innerText()).replace(/\s+/g, ' ');
  expect(await versus.locator('tbody tr').count()).toBe(6);
  expect(await past()).toContain('auto.offset.reset=earliest 4 will be delivered, 0 never received, 0 received twice.');
  await page.locator('#reset').click();
  await page.locator('#reset vscode-option', { hasText: 'none' }).click();
  await until('none', async () =>
    (await past()).includes('Stops with an error on P2: there is no commit inside the log and nothing to fall to.'),
  );
  expect(await page.locator('.recommendation').innerText()).toBe(
    'Recommendation: A plain Kafka client, if that is needed at every start; else Dapr.',
  );
  expect(await page.locator('client-box pre').nth(2).innerText()).toContain(`group.id=${data.group}\n`);
  await page.locator('client-box textarea').fill('bootstrap.servers=b:9092\nauto.offset.reset=earliest\n');
  await page.locator('client-box textarea').blur();
  const yaml = page.locator('client-box pre').nth(3);
  await yaml.waitFor();
  expect(await yaml.innerText()).toContain('  - name: initialOffset\n    value: "oldest"\n');
  await versus.scrollIntoViewIfNeeded();
  await picture(window, 'client');
  await page.getByRole('button', { name: 'open as a new file' }).last().click();
  await window.page.locator('.tab', { hasText: 'Untitled' }).waitFor();
  await window.workbench.tab('Forecast: walk-pubsub');
  page = await window.workbench.webview('replay-page .summary');
});

it('lists the ways to a wish and opens the messages without a group', async () => {
  const before = await data.groups();
  await page.locator('#wish').click();
  await page.locator('vscode-option', { hasText: 'receive everything that Kafka still keeps' }).click();
  const read = page.locator('.way button', { hasText: 'read here' });
  await read.first().click();
  const messages = await MessagesPage.find(window.workbench);
  expect(await messages.rowsWhen(7)).toHaveLength(7);
  expect(await data.disturbed(before)).toEqual([]);
});

/** The page is drawn anew when its tab is shown again. */
const showPage = async () => {
  await window.workbench.tab('Forecast: walk-pubsub');
  page = await window.workbench.webview('replay-page .summary');
};
const wish = async (text: string) => {
  await showPage();
  await page.locator('#wish').click();
  await page.locator('#wish vscode-option', { hasText: text }).click();
};
const component = () => readFile(path.join(window.folder, 'components/kafka.yaml'), 'utf8');

it('shows an edit beside the file, and writes it when it is applied and saved', async () => {
  const before = await component();
  await wish('receive everything that Kafka still keeps');
  await page.locator('.way button', { hasText: 'show the edit of the file' }).first().click();
  await window.page.locator('.tab', { hasText: 'kafka.yaml ↔ proposed' }).waitFor();
  await window.page.locator('.modified-in-monaco-diff-editor .view-line', { hasText: 'oldest' }).waitFor();
  await picture(window, 'proposal');
  expect(await component()).toBe(before);
  await window.page.getByRole('button', { name: 'Apply the Proposed Edit' }).first().click();
  await window.page.locator('.tab', { hasText: 'kafka.yaml ↔ proposed' }).waitFor({ state: 'detached' });
  await window.page.keyboard.press('ControlOrMeta+S');
  const after = before
    .replace(`"${data.group}"`, `"${data.group}-v2"`)
    .replace('scopes:', '  - name: initialOffset\n    value: "oldest"\nscopes:');
  await until('the edited file', async () => (await component()) === after);
  await window.page.keyboard.press('ControlOrMeta+Z');
  await window.page.keyboard.press('ControlOrMeta+S');
  await until('the file as it was', async () => (await component()) === before);
});

it('opens the reset with its dry run, where the wish says', async () => {
  const before = await data.groups();
  await wish('receive again from an offset');
  await page.locator('wish-box input').fill('1');
  await page.locator('wish-box input').press('Enter');
  await page.locator('.way button', { hasText: 'reset offsets' }).click();
  const rows = window.page.locator('.quick-input-widget .monaco-list-row');
  await rows.first().waitFor();
  expect(await window.page.locator('.quick-input-title').innerText()).toBe(`Dry run: offsets of ${data.group}`);
  expect(await rows.first().innerText()).toContain(`${data.topic} P0`);
  expect((await rows.first().innerText()).replace(/\s+/g, ' ')).toContain('2 → 1');
  await window.page.keyboard.press('Escape');
  expect(await data.disturbed(before)).toEqual([]);
});

it('tries the delivery: what reaches the app, what blocks a partition, and what waits behind it', async () => {
  const before = await data.groups();
  await data.append('bad', 'no JSON at all');
  await data.append('late', '{"id":"late"}');
  await window.workbench.tab('Forecast: walk-pubsub');
  page = await window.workbench.webview('replay-page .summary');
  // Without being asked: the page follows the cluster while it is seen.
  await until('the new messages', async () => (await summary()).includes('6 will be delivered'));
  await page.locator('vscode-button', { hasText: 'Try the delivery' }).click();
  const fates = page.locator('.fates');
  await fates.waitFor();
  await picture(window, 'delivery');
  expect(await fates.locator('caption').innerText()).toBe('Of 6 messages');
  const rows = (await fates.locator('tr').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  expect(rows).toEqual([
    '2 offset 4 of partition 0 blocks it: not JSON. 1 message behind it F-12 show message',
    '4 reach /walk show messages',
  ]);
  expect(await data.disturbed(before)).toEqual([]);
  await data.append('later', '{"id":"later"}');
  await until('one more', async () => (await summary()).includes('7 will be delivered'));
  expect(await fates.locator('caption').innerText()).toBe('Of 6 messages');
  await fates.getByRole('button', { name: 'show message' }).first().click();
  const messages = await window.workbench.webview('messages-page:has(record-grid) h1');
  await messages.locator('record-grid .layer .row', { hasText: 'no JSON at all' }).waitFor();
});

it('keeps what was found while its messages are looked at, one after the other', async () => {
  await showPage();
  const reach = page.locator('.fates tr', { hasText: 'reach /walk' });
  await reach.getByRole('button', { name: 'show messages' }).click();
  await showPage();
  expect(await reach.getByRole('status').innerText()).toBe('1 of 4');
  const tabs = window.page.locator('.tab[aria-label*=" · live"]');
  const before = await tabs.count();
  await reach.getByRole('button', { name: 'next message' }).click();
  await showPage();
  expect(await reach.getByRole('status').innerText()).toBe('2 of 4');
  expect(await tabs.count()).toBe(before);
  await picture(window, 'delivery-next');
  await reach.getByRole('button', { name: 'previous message' }).focus();
  await window.page.keyboard.press('Enter');
  await showPage();
  expect(await reach.getByRole('status').innerText()).toBe('1 of 4');
  // Another question has another answer.
  await page.getByRole('button', { name: 'Refresh' }).click();
  await reach.waitFor({ state: 'detached' });
});

it('can be used by the keyboard alone', async () => {
  await showPage();
  await page.getByRole('button', { name: 'Refresh' }).focus();
  const visited: string[] = [];
  for (let i = 0; i < 12; i++) {
    await window.page.keyboard.press('Tab');
    visited.push(
      await page
        .locator(':focus')
        .first()
        .evaluate(
          (element) => element.getAttribute('data-label') ?? (element.id || (element.textContent ?? '').trim()),
        ),
    );
  }
  expect(visited).toEqual([
    'components/kafka.yaml:1',
    'Component',
    'initialOffset',
    'Starts',
    'Group',
    'A new group',
    'Topic',
    'instances',
    'show messages',
    'show messages',
    'show messages',
    'Try the delivery',
  ]);
  // A list box opens, moves and chooses by keys.
  await page.locator('#start').focus();
  await window.page.keyboard.press('Enter');
  await window.page.keyboard.press('ArrowDown');
  await window.page.keyboard.press('Enter');
  await until('oldest by keys', async () => (await summary()).startsWith('If it started now, with this change'));
  await page.getByRole('button', { name: 'As the file says' }).focus();
  await window.page.keyboard.press('Enter');
  await until('the file by keys', async () => (await summary()).startsWith('If it started now: 0 never received'));
});

it('passes axe with everything open, in a light, a dark and a high contrast theme', async () => {
  await page.locator('#wish').click();
  await page.locator('#wish vscode-option', { hasText: 'receive everything that Kafka still keeps' }).click();
  await page.locator('.way').first().waitFor();
  if (!(await page.locator('details.client').evaluate((details) => (details as HTMLDetailsElement).open)))
    await page.locator('details.client summary').click();
  await page.locator('.versus').waitFor();
  for (const theme of ['Default Light Modern', 'Default Dark Modern', 'Default High Contrast'] as const) {
    await wear(window, theme, page);
    await picture(window, `replay-${THEMES[theme]}`);
    expect(await violations(page), theme).toEqual([]);
  }
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
