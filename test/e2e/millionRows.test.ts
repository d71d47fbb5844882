// A million rows in the grid: first, last, any offset, any point of the scrollbar; then a search through all of them.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const COUNT = 1_000_000;
const topic = `million-${randomUUID().slice(0, 8)}`;
let tool: KafkaTool;
let window: TestWindow;
let page: MessagesPage;

keepEvidence(() => window);
beforeAll(async () => {
  const { bootstrap } = inject('kafka');
  tool = openTool(inject('kafka'));
  await tool.run('bulk', topic, 1, COUNT, 100, 'none');
  const profile = { id: 'live', name: 'live', bootstrap: bootstrap.split(',') };
  window = await openWindow({}, { clusters: [{ profile }] });
  page = await MessagesPage.openByCommand(window, { clusterId: 'live', topic });
  await page.from('earliest');
  await page.to('end');
  await page.readAll();
});
afterAll(async () => {
  await window?.close();
  await tool?.run('delete', topic);
  await tool?.close();
});

const grid = () => page.frame.getByRole('grid');
/** Offsets in view, once all are there: the value of each names it too. */
const offsets = () =>
  until('the rows', async () => {
    const rows = await page.rows();
    const shown = rows.map((row) => Number(row['offset']?.replaceAll(/\D/g, '') || NaN));
    const named = rows.map((row) => Number(/^\{"id":(\d{7})/.exec(row['value'] ?? '')?.[1]));
    return shown.length > 5 && shown.every((offset, i) => offset === named[i]) ? shown : undefined;
  });
const consecutive = (shown: number[]) => shown.every((offset, i) => offset === shown[0]! + i);

it('reads all of them; the last and the first are a key away', async () => {
  await page.status('matched 1,000,000');
  await grid().press('End');
  await until('the last row', async () => (await offsets()).at(-1) === COUNT - 1);
  expect(consecutive(await offsets())).toBe(true);
  await grid().press('Home');
  await until('the first row', async () => (await offsets())[0] === 0);
  expect(consecutive(await offsets())).toBe(true);
});

it.each([0.1, 0.37, 0.5, 0.99])('shows whole rows at %d of the scrollbar', async (part) => {
  await grid().evaluate(
    (element, at) => (element.scrollTop = (element.scrollHeight - element.clientHeight) * at),
    part,
  );
  await until('the place', async () => Math.abs((await offsets())[0]! - COUNT * part) < COUNT / 1000);
  expect(consecutive(await offsets())).toBe(true);
});

it('goes to an offset', async () => {
  await grid().press('g');
  await page.frame.locator('goto-box input').fill('0:765432');
  await page.frame.locator('goto-box input').press('Enter');
  await until('the row', async () => (await offsets())[0] === 765_432);
});

it('reads what is brushed on the timeline, and no more', async () => {
  const bars = page.frame.locator('timeline-bar svg.bars');
  const box = (await bars.boundingBox())!;
  await window.page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
  await window.page.mouse.down();
  await window.page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 5 });
  const told = page.frame.locator('timeline-bar .caption [role=status]');
  const count = await until('the span', async () => {
    const found = /at most ([\d,]+) messages/.exec(await told.innerText())?.[1];
    return found === undefined ? undefined : Number(found.replaceAll(',', ''));
  });
  await window.page.mouse.up();
  await page.status(`scanned ${count.toLocaleString('en')} of ${count.toLocaleString('en')}`);
  await page.status('everything in the range was read');
  // A record every 100 ms, in one partition: the span is that many in a row.
  expect(count).toBeGreaterThan(COUNT / 5);
  expect(count).toBeLessThan(COUNT / 3);
  await grid().press('Home');
  const first = (await offsets())[0]!;
  expect(Math.abs(first - COUNT / 4)).toBeLessThan(COUNT / 100);
  await grid().press('End');
  await until('the last row', async () => (await offsets()).at(-1) === first + count - 1);
  await picture(window, 'million-brushed');
});

it('exports the whole range, a million lines, each once', async () => {
  await page.from('earliest');
  await page.to('end');
  await page.readAll();
  await page.menu('Export');
  await page.frame.getByText('The whole range, read from Kafka…').click();
  const target = window.page.locator('.quick-input-widget input.input');
  await until('the file', async () => (await target.inputValue()).endsWith(`${topic}.jsonl`));
  const file = path.join(window.folder, 'all.jsonl');
  await target.fill(file);
  await target.press('Enter');
  await window.page.getByText(`1,000,000 messages of ${topic} were exported`).first().waitFor({ timeout: 120_000 });
  await picture(window, 'million-exported');
  let next = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { offset, value } = JSON.parse(line) as { offset: number; value: string };
    if (offset !== next || !value.startsWith(`{"id":${String(next).padStart(7, '0')}`))
      throw new Error(`line ${next} is offset ${offset}: ${value}`);
    next++;
  }
  expect(next).toBe(COUNT);
  await window.workbench.command('Clear All Notifications');
}, 240_000);

it('finds one in a hundred by a search through the topic', async () => {
  await page.frame.locator('#filter').fill('needle');
  await page.frame.locator('#filter').press('Enter');
  await page.status(`scanned 1,000,000 of 1,000,000 · matched ${(COUNT / 100).toLocaleString('en')}`);
  await page.status('everything in the range was read');
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
