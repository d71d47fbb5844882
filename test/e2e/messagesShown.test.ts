// What the messages page shows of records: columns, set-ups under a name, exports, transactions, whose clock it was.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';
import { START, weaveTopic, type WovenTopic } from './wovenTopic.ts';

const topic = `shown-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
let window: TestWindow;
let page: MessagesPage;
let woven: WovenTopic;

keepEvidence(() => window);
beforeAll(async () => {
  woven = await weaveTopic(kafka, topic);
  window = await openWindow({}, { clusters: [{ profile: { id: 'shown', name: 'shop', bootstrap } }] });
  page = await MessagesPage.open(window.workbench, 'shop', topic);
  await page.from('earliest');
  await page.to('end');
  await page.readAll();
  await header('Time').getByRole('button').press('Enter');
  await until('the newest first', async () => (await page.rows())[0]?.['value'] === 'm-299');
});
afterAll(async () => {
  await Promise.all([window?.close(), woven?.producer.disconnect()]);
});

const grid = () => page.frame.locator('record-grid');
const header = (name: string) => grid().getByRole('columnheader', { name });
const menu = (name: string) => page.frame.locator('page-tools vscode-button', { hasText: name });
const readValueAs = async (format: string) => {
  await menu('Columns').click();
  await page.frame.getByLabel('Value as').selectOption(format);
  await menu('Columns').click();
};

describe('a column', () => {
  const width = async (name: string) => (await header(name).boundingBox())!.width;
  /** Whether texts of the column that are in view are cut off. */
  const cut = (column: string) =>
    grid()
      .locator(`.rows:not(.hidden) .${column}`)
      .evaluateAll((cells) =>
        cells.some((cell) => {
          const text = document.createRange();
          text.selectNodeContents(cell);
          return text.getBoundingClientRect().width > cell.clientWidth - 16;
        }),
      );

  it('is made as wide as what is in view of it by two clicks on its edge, wider or narrower', async () => {
    const edge = async () => {
      const box = (await header('Time').boundingBox())!;
      await window.page.mouse.dblclick(box.x + box.width - 3, box.y + 8);
    };
    await menu('Columns').click();
    await page.frame.getByLabel('Width of Time in pixels').fill('60');
    await page.frame.getByLabel('Width of Time in pixels').press('Enter');
    await until('a narrow one', async () => (await width('Time')) === 60 && (await cut('time')));
    await menu('Columns').click();
    await edge();
    await until('all of it', async () => !(await cut('time')));
    const fit = await width('Time');
    await menu('Columns').click();
    await page.frame.getByLabel('Width of Time in pixels').fill('400');
    await page.frame.getByLabel('Width of Time in pixels').press('Enter');
    await until('a wide one', async () => (await width('Time')) === 400);
    await picture(window, 'shown-columns');
    await page.frame.getByRole('button', { name: 'Fit Time to what is in view' }).press('Enter');
    await until('no more than that', async () => (await width('Time')) === fit);
    await page.frame.getByLabel('Width of Time in pixels').fill('');
    await page.frame.getByLabel('Width of Time in pixels').press('Enter');
    await menu('Columns').click();
  });

  it('shows its texts whole in a larger font, too, one row below the other', async () => {
    const before = await width('Offset');
    const top = (await page.rows())[0]?.['offset'];
    /** px of each row, and from one to the next. */
    const heights = () =>
      page.frame.locator('record-grid .rows:not(.hidden) .row').evaluateAll((rows) => {
        const boxes = rows.map((row) => row.getBoundingClientRect());
        const steps = boxes.slice(1).map((box, i) => box.top - boxes[i]!.top);
        return [...new Set([...boxes.map((box) => box.height), ...steps].map(Math.round))];
      });
    expect(await heights()).toEqual([22]);
    const fontSize = (size: number | null) =>
      window.driver.eval(async (vscode, size: number | null) => {
        await vscode.workspace.getConfiguration('editor').update('fontSize', size ?? undefined, true);
      }, size);
    await fontSize(20);
    await until('a wider column', async () => (await width('Offset')) > before * 1.3);
    expect([await cut('offset'), await cut('time'), await cut('size')]).toEqual([false, false, false]);
    expect([await heights(), (await page.rows())[0]?.['offset']]).toEqual([[30], top]);
    await picture(window, 'shown-large');
    await fontSize(null);
    await until('its own width', async () => (await width('Offset')) === before);
    expect([await heights(), (await page.rows())[0]?.['offset']]).toEqual([[22], top]);
  });
});

describe('a set-up', () => {
  const hex = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(16)).join(' ');
  const first = async () => (await page.rows())[0]?.['value'] ?? '';

  it('comes back under the name it was saved under, in its order and formats', async () => {
    const newest = await first();
    await readValueAs('hex');
    await until('hex', async () => (await first()) === hex(newest));
    await menu('Saved').click();
    await page.frame.getByLabel('Name for this start, filter, columns, order and formats').fill('as hex');
    await page.frame.locator('page-tools .list').getByText('Save', { exact: true }).click();
    await page.frame.locator('page-tools .list vscode-button', { hasText: 'as hex' }).waitFor();
    await picture(window, 'shown-saved');
    await menu('Saved').click();
    await header('Offset').getByRole('button').click();
    await readValueAs('auto');
    await until('text by offset', async () => /^m-/.test(await first()) && (await first()) !== newest);
    await menu('Saved').click();
    await page.frame.locator('page-tools .list vscode-button', { hasText: 'as hex' }).click();
    await until('hex by time', async () => (await first()) === hex(newest));
    expect(await header('Time').getAttribute('aria-sort')).toBe('descending');
  });

  const exported = async (values: string, name: string) => {
    if (await page.frame.getByText('The messages found so far…').isHidden()) await menu('Export').click();
    await page.frame.getByText('The messages found so far…').click();
    const box = window.page.locator('.quick-input-widget');
    await box.getByText(/^Export the \d+ messages of .* found so far$/).waitFor();
    expect(await box.locator('input.input').getAttribute('placeholder')).toBe('How should key and value be written?');
    await box.getByText('key as auto, value as hex').waitFor();
    await picture(window, 'shown-export-question');
    await box.locator('.monaco-list-row', { hasText: values }).click();
    const target = box.locator('input.input');
    await until('the file', async () => (await target.inputValue()).endsWith(`${topic}.jsonl`));
    await target.fill(path.join(window.folder, name));
    await picture(window, 'shown-export-file');
    await target.press('Enter');
    const file = await until(`${name} in full`, async () => {
      await window.page
        .getByText(new RegExp(`messages of ${topic} were exported`))
        .first()
        .waitFor();
      return readFile(path.join(window.folder, name), 'utf8').catch(() => undefined);
    });
    await window.workbench.command('Clear All Notifications');
    return file.trimEnd().split('\n');
  };

  it('is exported as it is shown, or as its bytes, as one answers', async () => {
    const shown = await exported('As shown', 'shown.jsonl');
    const newest = await first();
    expect(JSON.parse(shown[0] ?? '')).toMatchObject({ topic, key: null, value: newest });
    await picture(window, 'shown-exported');
    const bytes = await exported('The bytes', 'bytes.csv');
    expect(bytes.length).toBe(shown.length + 1);
    expect(bytes[1]).toContain(`,${Buffer.from(newest.replaceAll(' ', ''), 'hex').toString()},`);
    await readValueAs('auto');
  });
});

describe('transactions, and times that the broker sets', () => {
  const stamped = `stamped-${randomUUID().slice(0, 8)}`;
  let writer: Producer;
  afterAll(() => writer?.disconnect());

  it('shows what was rolled back or is still open, marked, where all is asked for', async () => {
    const admin = kafka.admin();
    await admin.connect();
    const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
    await admin.createTopics({ topics: [{ topic: stamped, numPartitions: 1, configEntries }], waitForLeaders: true });
    await admin.disconnect();
    writer = kafka.producer({
      transactionalId: stamped,
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: 600_000,
    });
    await writer.connect();
    for (const value of ['kept', 'dropped', 'open']) {
      const transaction = await writer.transaction();
      await transaction.send({ topic: stamped, messages: [{ value, timestamp: String(START) }] });
      if (value === 'kept') await transaction.commit();
      if (value === 'dropped') await transaction.abort();
    }
    await MessagesPage.openByCommand(window, { clusterId: 'shown', topic: stamped });
    page = await MessagesPage.find(window.workbench, stamped);
    await page.from('earliest');
    await page.to('end');
    await page.readAll();
    expect(await page.rowsWhen(1)).toMatchObject([{ offset: '0', value: 'kept' }]);
    await page.frame.getByLabel('Transactions').selectOption('read_uncommitted');
    await page.readAll();
    const rows = await page.rowsWhen(3);
    expect(rows.map((row) => [row['offset'], row['value']])).toEqual([
      ['0', 'kept'],
      ['✗2', 'dropped'],
      ['…4', 'open'],
    ]);
    const marks = grid().locator('.row .mark');
    expect(await marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')))).toEqual([
      'Aborted: its transaction was rolled back. Readers of committed records never get it.',
      'Its transaction is still open: readers of committed records wait for its end.',
    ]);
  });

  it('tells whose clock it was', async () => {
    await grid().locator('.layer .row', { hasText: 'kept' }).dblclick();
    await page.frame.getByRole('tab', { name: 'Record' }).click();
    const facts = page.frame.locator('detail-pane [role=tabpanel]');
    await facts.getByText('set by the broker (LogAppendTime)').waitFor();
    const time = grid().locator('.layer .row .time').first();
    await time.hover();
    expect(await time.getAttribute('title')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z · set by the broker$/);
    expect(await facts.innerText()).not.toContain('2026-01-05');
    await picture(window, 'shown-transactions');
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
