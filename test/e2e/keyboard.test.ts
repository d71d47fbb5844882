// The messages page without a mouse: from the command palette, start, stop, filter, rows, detail, going to a place, export.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { seed, type Groups, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
let window: TestWindow;
let data: Seeded;
let page: MessagesPage;
let before: Groups;

keepEvidence(() => window);
beforeAll(async () => {
  data = await seed(bootstrap);
  before = await data.groups();
  const profile = { id: 'live', name: 'live', bootstrap: bootstrap.split(',') };
  window = await openWindow({}, { clusters: [{ profile }] });
  // The only cluster is not asked for.
  await window.workbench.command('Kafka: Read a Topic…');
  const box = window.page.locator('.quick-input-widget', { hasText: 'Which topic of live?' });
  await box.locator('input.input').fill(data.topic);
  await box.locator('.monaco-list-row.focused', { hasText: data.topic }).waitFor();
  await press('Enter');
  page = await MessagesPage.find(window.workbench);
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
});

const press = (...keys: string[]) =>
  keys.reduce((done, key) => done.then(() => window.page.keyboard.press(key)), Promise.resolve());

/** Names of what has the focus in the page, from the page's own element down to the innermost. */
const focused = () =>
  page.frame.locator('body').evaluate(({ ownerDocument }) => {
    const names: string[] = [];
    for (let at = ownerDocument.activeElement; at; at = at.shadowRoot?.activeElement ?? null)
      names.push(
        at.getAttribute('aria-label') ??
          (at.id || (at.tagName.startsWith('VSCODE-') ? (at.textContent ?? '').trim() : '')),
      );
    return names;
  });

/** Tab, until this has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let step = 0; step < 60; step++) {
    if ((await focused()).includes(name)) return;
    await press('Tab');
  }
  throw new Error(`Tab never reaches ${name}.`);
}

const active = () => page.frame.getByRole('grid').getAttribute('aria-activedescendant');

it('stops and starts', async () => {
  await page.status('following');
  await tabTo('Stop');
  await press('Enter');
  await page.status('stopped');
  await tabTo('Start reading');
  await press('Enter');
  await page.status('following');
  await page.rowsWhen(7);
});

it('filters from anywhere by /, and shows all again', async () => {
  await tabTo('Messages');
  await press('/');
  expect(await focused()).toContain('filter');
  await window.page.keyboard.type('o-4');
  await press('Enter');
  expect((await page.rowsWhen(2)).map((row) => row['key'])).toEqual(['o-4', 'o-4']);
  await press('ControlOrMeta+A', 'Backspace', 'Enter');
  await page.rowsWhen(7);
});

it('walks the rows by arrows, Home and End, and opens one by Enter', async () => {
  await tabTo('Messages');
  await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowUp');
  expect(await active()).toBe('row-1');
  await press('End');
  expect(await active()).toBe('row-6');
  await press('Home', 'Enter');
  await page.frame.locator('detail-pane .tabs').waitFor();
});

it('copies the chosen messages', async () => {
  const clipboard = () => window.driver.eval(async (vscode): Promise<string> => await vscode.env.clipboard.readText());
  await tabTo('Messages');
  await press('Home', 'Shift+ArrowDown', 'ControlOrMeta+c');
  const copied = await until('two messages', async () => {
    const text = await clipboard();
    return text.startsWith('[') ? (JSON.parse(text) as { topic: string; key: string }[]) : undefined;
  });
  const rows = await page.rows();
  expect(copied.map(({ topic, key }) => [topic, key])).toEqual([
    [data.topic, rows[0]?.['key']],
    [data.topic, rows[1]?.['key']],
  ]);
  await press('Home');
});

it('goes through the parts of the message, and closes it by Escape', async () => {
  const chosen = () => page.frame.locator('detail-pane [role=tab][aria-selected=true]').getAttribute('data-part');
  const inTabs = () =>
    page.frame
      .locator('detail-pane')
      .evaluate((pane) => pane.shadowRoot?.activeElement?.getAttribute('role') === 'tab');
  for (let step = 0; step < 10 && !(await inTabs()); step++) await press('Tab');
  await press('ArrowRight');
  await until('the key', async () => (await chosen()) === 'key');
  await press('ArrowLeft', 'ArrowLeft');
  await until('the facts', async () => (await chosen()) === 'record');
  await press('Escape');
  await page.frame.locator('detail-pane').waitFor({ state: 'detached' });
  expect(await focused()).toContain('Messages');
});

it('makes a column narrower, and as wide again as it was', async () => {
  const width = async () =>
    (await page.frame.locator('record-grid').getByRole('columnheader', { name: 'Key' }).boundingBox())?.width;
  await page.frame.locator('page-tools vscode-button', { hasText: 'Columns' }).press('Enter');
  const box = page.frame.getByLabel('Width of Key in pixels');
  const own = await width();
  await box.focus();
  await window.page.keyboard.type('90');
  await press('Enter');
  await until('the new width', async () => (await width()) === 90);
  await picture(window, 'keyboard-widths');
  await press('ArrowUp', 'Enter');
  await until('a step wider', async () => (await width()) === 96);
  await press('ControlOrMeta+a', 'Delete', 'Enter');
  await until('its own width', async () => (await width()) === own);
  await press('Escape');
  await box.waitFor({ state: 'detached' });
});

it('goes to an offset by g', async () => {
  await tabTo('Messages');
  await press('g');
  await page.frame.locator('goto-box input').waitFor();
  await window.page.keyboard.type('1:1');
  await press('Enter');
  const row = page.frame.locator('record-grid .row.selected');
  await until('the row', async () => /^\s*1\s+1\s/.test(await row.innerText()));
  expect(await focused()).toContain('Messages');
});

it('exports what was found', async () => {
  await tabTo('Export');
  await press('Enter');
  await tabTo('The messages found so far…');
  await press('Enter');
  const dialog = window.page.locator('.quick-input-widget input.input');
  await until('the name', async () => (await dialog.inputValue()).endsWith(`${data.topic}.jsonl`));
  await press('Enter');
  await window.page.getByText(`7 messages of ${data.topic} were exported.`).first().waitFor();
  const lines = (await readFile(path.join(window.folder, `${data.topic}.jsonl`), 'utf8')).trim().split('\n');
  expect(
    lines
      .map((line) => JSON.parse(line) as { key: unknown })
      .map(({ key }) => key)
      .toSorted(),
  ).toEqual(['o-0', 'o-1', 'o-2', 'o-3', 'o-4', 'o-4', 'o-5']);
});

it('begins at a place that was not read, where going there finds nothing', async () => {
  await page.from('offsets', '0:3, 1:1');
  await page.button('Start reading').click();
  await page.rowsWhen(3);
  await tabTo('Messages');
  await press('g');
  await page.frame.locator('goto-box input').waitFor();
  await window.page.keyboard.type('0:1');
  await press('Enter');
  const alert = page.frame.locator('goto-box [role=alert]');
  await until('why not', async () => (await alert.innerText()).startsWith('Not among the messages read.'));
  await picture(window, 'keyboard-goto-not-read');
  await press('Tab');
  expect(await focused()).toContain('Start there instead');
  await press('Enter');
  expect((await page.rowsWhen(3)).map((row) => `${row['partition']}:${row['offset']}`)).toEqual(['0:1', '0:2', '0:3']);
  expect(await page.frame.getByLabel('Start', { exact: true }).inputValue()).toBe('0:1');
  expect(await focused()).toContain('Messages');
});

it('has left every group as it was, and no error in the console', async () => {
  expect(await data.disturbed(before)).toEqual([]);
  expect(window.problems).toEqual([]);
});
