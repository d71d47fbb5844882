// What is done with what was read: searching on, choosing, copying, exporting, and handing a page on by a link.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `tools-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const START = Date.now() - 7_500_000;
let window: TestWindow;
let page: MessagesPage;
let producer: Producer;

/** The events at both ends, in words that a link may lose on its way. */
const ENDS = 'value.data.amount < 3.0 || (value.data.amount > 9.0 && key != "50%2B + 100% & more")';

keepEvidence(() => window);
beforeAll(async () => {
  const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
  producer = kafka.producer();
  const admin = kafka.admin();
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
  await admin.disconnect();
  for (let n = 0; n < 10; n++) await produce(n);
  window = await openWindow({}, { clusters: [{ profile: { id: 'tools', name: 'shop', bootstrap } }] });
  page = await MessagesPage.openByCommand(window, {
    clusterId: 'tools',
    topic,
    read: {
      start: { kind: 'latest' },
      end: { kind: 'end' },
      partitions: [],
      isolation: 'read_committed',
      filter: null,
    },
  });
});
afterAll(async () => {
  await Promise.all([window?.close(), producer?.disconnect()]);
});

/** A CloudEvent a second later than the one before, in turn to the two partitions. */
const produce = (n: number) =>
  producer.send({
    topic,
    messages: [
      {
        partition: n % 2,
        key: `o-${n}`,
        value: valueOf(n),
        headers: { trace: `t-${n}`, context: `{"n":9007199254740993}`, ...(n === 1 ? BINARY : {}) },
        timestamp: String(START + n * 1000),
      },
    ],
  });
/** The same in binary mode: the whole value is its data. */
const BINARY = { ce_specversion: '1.0', ce_type: 'order.kept', ce_source: '/shop', 'content-type': 'application/json' };
const valueOf = (n: number) =>
  `{"specversion":"1.0","type":"order","source":"shop","id":"${n}","data":{"amount":${n}.10}}`;
const filter = () => page.frame.locator('#filter');
const verdict = (text: string) => page.frame.locator('#verdict', { hasText: text });
const clipboard = () => window.driver.eval(async (vscode): Promise<string> => await vscode.env.clipboard.readText());
const copied = (expected: string) => until(`"${expected}" copied`, async () => (await clipboard()) === expected);
const grid = () => page.frame.locator('record-grid');
const row = (n: number) => grid().locator('.layer .row', { hasText: new RegExp(`o-${n}(?!\\d)`) });
const keys = async () => (await page.rows()).map((shown) => shown['key']);

describe('a search', () => {
  it('is tried on the newest message of the topic while nothing is there to try it on', async () => {
    await page.status('everything in the range was read');
    await page.frame.getByLabel('Filter language').selectOption('cel');
    await filter().fill('value.data.amount > 9.0');
    await verdict('✓ matches the newest message (P1, offset 4)').waitFor();
    await filter().fill('value.data.amount < 5.0');
    await verdict('≠ does not match the newest message (P1, offset 4)').waitFor();
    await filter().fill('value.data.amuont < 5.0');
    await verdict('⚠ cannot be evaluated on the newest message (P1, offset 4): No such key: amuont').waitFor();
    await picture(window, 'tools-trial');
    await filter().fill('value.data.amount <');
    await verdict('✗ This is not a CEL expression').waitFor();
  });

  it('is tried anew on the first row once there is one', async () => {
    await filter().fill('value.data.amount > 2.0 && value.data.amount < 4.0');
    await verdict('≠ does not match the newest message (P1, offset 4)').waitFor();
    await page.from('earliest');
    await page.readAll();
    await verdict('✓ matches the first row').waitFor();
    await page.from('latest');
    await page.readAll();
    await verdict('≠ does not match the newest message (P1, offset 4)').waitFor();
  });

  it('that finds an empty range says from when the newest message is, and leads to it', async () => {
    await filter().fill('');
    await page.frame
      .getByText(/^tools-\w+ has no messages in this range\. The newest is from 2 hours ago\.$/)
      .waitFor();
    await picture(window, 'tools-empty');
    await page.frame.getByText('Read the newest 100').click();
    await page.status('matched 10');
    await page.status('everything in the range was read');
  });

  it('that was read to its end and cleared away does not say that there was nothing', async () => {
    await page.button('Clear and go on from here').click();
    const said = /^Nothing has come to tools-\w+ since the rows were read and cleared\.$/;
    await page.frame.getByText(said).waitFor();
    await picture(window, 'tools-cleared');
    await page.frame.getByText('Read the range again').click();
    await page.status('matched 10');
  });

  it('from an offset that is not there says where it would begin, and begins there', async () => {
    await page.from('offset', '99');
    const preview = page.frame.locator('range-preview');
    for (const partition of [0, 1])
      await preview
        .getByText(`⚠ Offset 99 does not exist yet: P${partition} ends at 5 and is read from there.`)
        .waitFor();
    await page.to('follow');
    await preview.getByText('Will read 0 offsets in 2 partitions, then new messages').waitFor();
    await picture(window, 'tools-start-there');
    await preview.getByText('Start there').click();
    await page.status('following');
    expect(await page.frame.getByLabel('Start', { exact: true }).inputValue()).toBe('0:5, 1:5');
    expect(await page.frame.locator('.problem').count()).toBe(0);
    await page.button('Stop').click();
  });

  it('goes on where it was stopped, with what it had found', async () => {
    await filter().fill(ENDS);
    await page.from('earliest');
    await page.to('follow');
    await filter().press('Enter');
    await page.status('following');
    expect((await page.rowsWhen(4)).map((shown) => shown['key'])).toEqual(['o-0', 'o-1', 'o-2', 'o-9']);
    await page.button('Stop').click();
    await page.status('scanned 10 · matched 4 · stopped');
    await produce(10);
    await produce(11);
    await picture(window, 'tools-stopped');
    await page.frame.getByRole('button', { name: 'Continue where it stopped' }).press('Enter');
    await page.status('scanned 12 · matched 6 · following');
    expect((await page.rowsWhen(6)).map((shown) => shown['key'])).toEqual(['o-0', 'o-1', 'o-2', 'o-9', 'o-10', 'o-11']);
    expect(await page.frame.getByRole('button', { name: 'Continue where it stopped' }).count()).toBe(0);
    await page.button('Stop').click();
  });
});

describe('chosen messages', () => {
  it('are exported alone, and the question says so', async () => {
    await row(1).click();
    await row(9).click({ modifiers: ['Shift'] });
    await page.menu('Export');
    await picture(window, 'tools-export');
    await page.frame.getByText('The chosen messages (3)…').click();
    const box = window.page.locator('.quick-input-widget');
    await box.getByText(`Export the 3 chosen messages of ${topic}`).waitFor();
    const target = box.locator('input.input');
    await until('the file', async () => (await target.inputValue()).endsWith(`${topic}.jsonl`));
    await picture(window, 'tools-export-file');
    await target.fill(path.join(window.folder, 'chosen.jsonl'));
    await target.press('Enter');
    await window.page.getByText(`3 messages of ${topic} were exported`).first().waitFor();
    const lines = (await readFile(path.join(window.folder, 'chosen.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { partition: 1, offset: 0, key: 'o-1', value: valueOf(1) },
      { partition: 0, offset: 1, key: 'o-2', value: valueOf(2) },
      { partition: 1, offset: 4, key: 'o-9', value: valueOf(9) },
    ]);
    await window.workbench.command('Clear All Notifications');
  });

  it('are copied by what is shown of one: its data, its headers in every form, its time', async () => {
    await row(9).dblclick();
    const detail = page.frame.locator('detail-pane');
    const copy = detail.getByText('Copy', { exact: true });
    const eventFacts = async () => {
      const texts = await detail.locator('tr').allInnerTexts();
      return texts.slice(0, -1).map((text) => text.trim().replaceAll(/\s*\t\s*/g, ': '));
    };
    await copy.click();
    await copied(valueOf(9));
    await detail.getByRole('tab', { name: 'CloudEvent' }).click();
    expect(await eventFacts()).toEqual([
      'CloudEvent: structured mode: attributes and data together in the value',
      'specversion: 1.0',
      'type: order',
      'source: shop',
      'id: 9',
    ]);
    await picture(window, 'tools-event');
    await detail.getByText('Copy data', { exact: true }).click();
    await copied('{\n  "amount": 9.10\n}');
    await detail.getByLabel('Shown as').selectOption('base64');
    await detail.getByText('Copy data', { exact: true }).click();
    await copied(Buffer.from('{\n  "amount": 9.10\n}').toString('base64'));
    await detail.getByLabel('Shown as').selectOption('json');
    await row(1).click();
    await detail.getByText('binary mode').waitFor();
    expect(await eventFacts()).toEqual([
      'CloudEvent: binary mode: attributes in the headers, data in the value',
      'specversion: 1.0',
      'type: order.kept',
      'source: /shop',
      'datacontenttype: application/json',
    ]);
    await detail.getByText('Copy data', { exact: true }).click();
    await copied(valueOf(1));
    await row(9).click();
    await detail.getByRole('tab', { name: 'Headers (2)' }).click();
    const cells = () => detail.locator('td').allInnerTexts();
    const nodes = () => detail.locator('json-tree .node').allInnerTexts();
    expect((await nodes()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      '▾ { 1 }',
      'n: 9007199254740993',
    ]);
    await picture(window, 'tools-headers');
    await copy.click();
    await until('the headers', async () =>
      (await clipboard()).includes('"value": {\n      "n": 9007199254740993\n    }'),
    );
    await detail.getByLabel('Shown as').selectOption('base64');
    await until('base64', async () => (await cells())[0] === Buffer.from('t-9').toString('base64'));
    await detail.getByLabel('Shown as').selectOption('hex');
    await until('hex', async () => (await cells())[0] === '74 2d 39');
    await detail.getByLabel('Shown as').selectOption('text');
    await until('text', async () => (await cells())[1] === '{"n":9007199254740993}');
    await detail.getByRole('tab', { name: 'Record' }).click();
    await detail.getByText('Copy as ISO 8601').click();
    await copied(new Date(START + 9000).toISOString());
    await picture(window, 'tools-record');
    await page.frame.locator('detail-pane').press('Escape');
  });
});

describe('a link', () => {
  it('opens the page as it was: range, filter, order, columns and formats', async () => {
    await page.menu('Columns');
    await page.frame.getByLabel('Key as').selectOption('hex');
    await page.frame.getByLabel('From the value’s JSON').fill('data.amount');
    await page.frame.getByLabel('From the value’s JSON').press('Enter');
    await grid().getByRole('columnheader', { name: 'data.amount' }).waitFor();
    const tools = page.frame.locator('page-tools');
    await tools.locator('vscode-checkbox', { hasText: 'Headers' }).click();
    await page.menu('Columns');
    const order = (name: string) => grid().getByRole('columnheader', { name, exact: false }).getByRole('button');
    await order('Offset').click();
    await order('Offset').click();
    const shown = async () => {
      const headers = await grid().getByRole('columnheader').allInnerTexts();
      return { headers: headers.map((text) => text.trim()), keys: await keys() };
    };
    const hex = (n: number) =>
      Buffer.from(`o-${n}`)
        .toString('hex')
        .replaceAll(/(..)(?!$)/g, '$1 ');
    const expected = [11, 10, 9, 2, 1, 0].map(hex);
    await until('the order', async () => (await keys()).join() === expected.join());
    const before = await shown();
    await page.menu('Copy as');
    await page.frame.getByText('Link to this page').click();
    const link = await until('the link', async () => {
      const text = await clipboard();
      return text.includes('/messages?') ? text : undefined;
    });
    // What the topic keeps is another order and other formats by then: the link knows its own.
    await page.menu('Columns');
    await page.frame.getByLabel('Key as').selectOption('auto');
    await tools.locator('vscode-checkbox', { hasText: 'data.amount' }).click();
    await page.menu('Columns');
    await order('Time').click();
    await until('another order', async () => (await keys())[0] !== expected[0]);
    await window.workbench.command('View: Close All Editors');
    await window.workbench.command('Open URL');
    await window.workbench.answer('', link);
    await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Open' }).click();
    page = await MessagesPage.find(window.workbench);
    await page.status('matched 6');
    await until('the same order', async () => (await keys()).join() === expected.join());
    expect(await shown()).toEqual(before);
    expect(await filter().inputValue()).toBe(ENDS);
    await picture(window, 'tools-link');
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
