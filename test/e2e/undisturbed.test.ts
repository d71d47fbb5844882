// Whatever is pressed on the messages page: no group appears, none is joined, no position moves, no topic is made.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Admin, type Consumer } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `undisturbed-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
const [idle, running] = [`${topic}-idle`, `${topic}-running`];
let window: TestWindow;
let page: MessagesPage;
let admin: Admin;
let consumer: Consumer;
/** Before VS Code knows of the cluster. */
let before: Awaited<ReturnType<typeof cluster>>;

keepEvidence(() => window);
beforeAll(async () => {
  admin = kafka.admin();
  consumer = kafka.consumer({ groupId: running });
  const producer = kafka.producer();
  await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
  await producer.send({
    topic,
    messages: Array.from({ length: 40 }, (_, n) => ({ partition: n % 2, key: `o-${n}`, value: `{"n":${n}}` })),
  });
  await producer.disconnect();
  for (const groupId of [idle, running])
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '7' }] });
  await consumer.subscribe({ topic });
  await consumer.run({ autoCommit: false, eachMessage: () => Promise.resolve() });
  await until('the group', async () => (await admin.describeGroups([running])).groups[0]?.state === 'Stable');
  before = await cluster();
  window = await openWindow({}, { clusters: [{ profile: { id: 'undisturbed', name: 'shop', bootstrap } }] });
  page = await MessagesPage.openByCommand(window, { clusterId: 'undisturbed', topic });
});
afterAll(async () => {
  await Promise.all([window?.close(), consumer?.disconnect(), admin?.disconnect()]);
});

/** Everything on the cluster that reading could disturb. */
async function cluster() {
  const groups = (await admin.listGroups()).groups.map((group) => group.groupId).sort();
  const offsets = await Promise.all(groups.map((groupId) => admin.fetchOffsets({ groupId })));
  const { groups: described } = await admin.describeGroups([idle, running]);
  return {
    groups: groups.map((group, i) => [group, offsets[i]]),
    described: described.map(({ groupId, state, members }) => [groupId, state, members.map((m) => m.memberId)]),
    topics: (await admin.listTopics()).sort(),
    written: await admin.fetchTopicOffsets(topic),
  };
}

/** Names of buttons that were there to be pressed at some time, and of those that were. */
const [seen, pressed] = [new Set<string>(), new Set<string>()];

/** What a button is called; an arrow of the order is none of it, and all marks of the timeline are one. */
const NAMES = () =>
  page.frame
    // A button of the toolkit has another one inside.
    .locator('vscode-button, button:not([part=control]), [role=tab]')
    .evaluateAll((all) =>
      all
        .filter((button) => button.checkVisibility({ visibilityProperty: true }))
        .map((button) =>
          (button.getAttribute('aria-label') ?? button.textContent ?? '').trim().replace(/^[↑↓]\s*/, ''),
        ),
    );

async function press(name: string): Promise<void> {
  for (const one of await NAMES()) seen.add(one);
  const exact = new RegExp(`^\\s*[↑↓]?\\s*${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
  const button = page.frame
    .locator(`vscode-button[aria-label="${name}"], button[aria-label="${name}"]`)
    .or(page.frame.locator('vscode-button, button:not([part=control]), [role=tab]').filter({ hasText: exact }))
    .first();
  await button.press('Enter');
  pressed.add(name);
}

/** It asks in a box of the editor, which is given up. */
async function pressToBeAsked(name: string): Promise<void> {
  await press(name);
  const box = window.page.locator('.quick-input-widget input.input');
  await box.waitFor();
  await box.press('Escape');
  await box.waitFor({ state: 'hidden' });
}

/** It opens an editor beside the page, which is closed again. */
async function pressToOpen(name: string): Promise<void> {
  await press(name);
  const own = window.page.locator(`.tab.active.selected[aria-label^="${topic} · shop"]`);
  const count = () => window.page.locator('.tab').count();
  await until(`an editor of "${name}"`, async () => (await count()) === 2);
  await until(
    'its focus',
    async () =>
      (await window.page.locator('.editor-group-container.active .tab.active').getAttribute('aria-label'))?.startsWith(
        `${topic} · shop`,
      ) === false,
  );
  await window.page.locator('.editor-group-container.active .tab.active .tab-actions a').first().click();
  await until('the page alone', async () => (await count()) === 1);
  await own.waitFor();
  page = await MessagesPage.find(window.workbench);
  await page.status('matched');
}

const menu = (name: string) => press(name);
const rows = () => page.frame.locator('record-grid .layer .row');

it('leaves groups, their members and positions, and the topics as they are, whatever is pressed', async () => {
  await page.status('following');

  await press('Pause');
  await press('Resume');
  await press('Stop');
  await page.status('stopped');
  await press('Continue where it stopped');
  await page.status('following');
  for (const [from, text] of [
    ['latest'],
    ['last'],
    ['offset'],
    ['offsets', '0:3'],
    ['time'],
    ['group', idle],
  ] as const) {
    await page.from(from, text);
    await press('Start reading');
    await page.status('following');
    if (from !== 'latest') continue;
    await press('Read from earliest');
    await page.status('matched 40');
  }
  await page.from('earliest');
  await page.to('end');
  await page.frame.getByLabel('Transactions').selectOption('read_uncommitted');
  await page.readAll();
  await page.status('matched 40');

  await page.frame.getByLabel('Filter language').selectOption('cel');
  await page.frame.locator('#filter').fill('value.n > 3 && key != "o-9" || value.m == 3');
  await press('Search the topic');
  await page.status('matched 35');
  await press('Show what could not be evaluated');
  await press('Close');

  for (const name of ['Offset', 'Time', 'Per partition', 'Stacked', 'Only what is read', 'Whole topic'])
    await press(name);
  for (const name of ['Refresh timeline', 'Local time: show UTC instead', 'UTC: show local time instead'])
    await press(name);

  await menu('Columns');
  for (const name of await NAMES()) if (/^Move .* to the left$/.test(name) && !/^Move P /.test(name)) await press(name);
  await press('Move P to the left');
  for (const name of await NAMES()) if (name.startsWith('Fit ')) await press(name);
  await menu('Columns');
  await menu('Saved');
  await page.frame.getByLabel('Name for this start, filter, columns, order and formats').fill('mine');
  await press('Save');
  await press('mine');
  await page.status('matched 35');
  await press('Forget mine');
  await menu('Saved');
  await menu('Copy as');
  await press('kcat command');
  await menu('Copy as');
  await press('Link to this page');

  await rows().first().click();
  for (const name of ['The chosen messages (1)…', 'The messages found so far…', 'The whole range, read from Kafka…']) {
    await menu('Export');
    await pressToBeAsked(name);
  }
  for (const name of ['The chosen messages (1)…', 'All that the filter finds in the range…']) {
    await menu('Redrive');
    await pressToOpen(name);
  }
  await pressToOpen('Produce…');

  await rows().first().dblclick();
  await page.frame.locator('detail-pane .tabs').waitFor();
  for (const name of ['Key', 'Headers (0)', 'Record', 'Copy as ISO 8601', 'Value', 'Copy', 'Copy as JSON'])
    await press(name);
  await pressToOpen('Open in editor');
  await pressToOpen('Produce again…');
  const kept = await NAMES();
  await press('Compare…');
  const other = await until('the kept one', async () => {
    const name = (await NAMES()).find((one) => one.startsWith('Compare with '));
    return name !== undefined && !kept.includes(name) ? name : undefined;
  });
  await rows().nth(1).click();
  await pressToOpen(other);
  await press('Close the detail');

  const marks = page.frame.locator('timeline-bar mark-bar button');
  await until('a mark of each group', async () => (await marks.count()) >= 2);
  await marks.first().press('Enter');
  await page.status('everything in the range was read');
  await press('Clear and go on from here');
  await picture(window, 'undisturbed');

  // Who is quicker than the brokers sees it: manyPartitions presses it.
  pressed.add('Stop the timeline');
  const unpressed = [...seen].filter((name) => !pressed.has(name) && !name.startsWith('Group '));
  expect(unpressed).toEqual([]);
  expect(await cluster()).toEqual(before);
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
