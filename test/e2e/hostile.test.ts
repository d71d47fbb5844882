// What is in a topic is shown and never obeyed: in the grid, the detail, an editor tab and a diff, with the page's policy
// in force and nothing in the console.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import {
  ANSI,
  BIDI,
  HOSTILE,
  IMAGE,
  LONG,
  MARK,
  NUL,
  SCRIPT,
  produceHostile,
  type HostileTopic,
} from './hostilePayloads.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const SHOWN_BIDI = 'invoice\\u202egnp.exe\\u2066\\u200f';
const SHOWN_ANSI = '␛[31mred␛[0m ␛]0;title␛\\ \\u009b2J';
const SHOWN_NUL = 'before␀after';
/** Rows take bytes with a NUL for what they mostly are: no text. */
const NUL_BYTES = '62 65 66 6f 72 65 00 61 66 74 65 72';
const TEXTS: Record<string, string> = { [BIDI]: SHOWN_BIDI, [ANSI]: SHOWN_ANSI, [NUL]: SHOWN_NUL };
const shown = (text: string) => TEXTS[text] ?? text;

let window: TestWindow;
let page: MessagesPage;
let data: HostileTopic;
const dialogs: string[] = [];

keepEvidence(() => window);
beforeAll(async () => {
  const { bootstrap } = inject('kafka');
  data = await produceHostile(bootstrap);
  const profile = { id: 'hostile', name: `${IMAGE}${BIDI}`, bootstrap: bootstrap.split(',') };
  window = await openWindow({}, { clusters: [{ profile }] });
  window.page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  page = await MessagesPage.openByCommand(window, { clusterId: 'hostile', topic: data.topic });
  await page.from('earliest');
  await page.to('end');
  await page.readAll();
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
});

const at = (name: string) => HOSTILE.findIndex((record) => record.name === name);
const detail = () => page.frame.locator('detail-pane');
const content = () => detail().locator('.content');
const tab = (name: RegExp) => detail().getByRole('tab', { name });

/** Chooses the record of this name and waits until the detail shows it. */
async function choose(name: string): Promise<void> {
  const grid = page.frame.getByRole('grid');
  await grid.press('Home');
  for (let row = 0; row < at(name); row++) await grid.press('ArrowDown');
  await detail()
    .locator('.bar .muted', { hasText: `P0 · ${at(name)}` })
    .waitFor();
}

it('rows of the grid are the text itself, with what would hide or reorder it written out', async () => {
  const rows = await page.rowsWhen(HOSTILE.length);
  const cells = (name: string) => rows[at(name)];
  expect(cells('an image')).toMatchObject({ key: IMAGE, value: IMAGE, headers: `${IMAGE}=${IMAGE}` });
  expect(cells('a script')).toMatchObject({ key: SCRIPT, value: SCRIPT, headers: `${SCRIPT}=${SCRIPT}` });
  expect(cells('bidi')).toMatchObject({ key: SHOWN_BIDI, value: SHOWN_BIDI, headers: `${SHOWN_BIDI}=${SHOWN_BIDI}` });
  expect(cells('ANSI codes')).toMatchObject({ key: SHOWN_ANSI, value: SHOWN_ANSI });
  expect(cells('NUL')).toMatchObject({ key: NUL_BYTES, value: NUL_BYTES });
  expect(cells('bidi in JSON')?.['value']).toBe(`{"${SHOWN_BIDI}":"${SHOWN_BIDI}"}`);
  expect(cells('an escaped lone surrogate')?.['value']).toBe('{"\\udc00":"x\\ud83dy"}');
  expect(cells('1,000 levels')?.['value']).toBe(`${'['.repeat(256)}…`);
  expect(cells('100,000 levels')?.['value']).toBe(`${'['.repeat(256)}…`);
  expect(cells('10 MB of one line')).toMatchObject({ value: `${'x'.repeat(256)}…`, size: '10.1 MiB' });
  await picture(window, 'hostile-grid');
});

describe('the detail of', () => {
  beforeAll(async () => {
    await page.frame.locator('#row-0').dblclick();
    await detail().waitFor();
  });

  it.each(['an image', 'a script', 'bidi', 'ANSI codes', 'NUL'])(
    '%s is text, in value, key and headers',
    async (name) => {
      const { key, value, headers } = HOSTILE[at(name)]!;
      await choose(name);
      await tab(/^Value/).click();
      expect(await content().locator('pre').textContent()).toBe(shown(String(value)));
      await tab(/^Key/).click();
      expect(await content().locator('pre').textContent()).toBe(shown(String(key)));
      await tab(/^Headers/).click();
      const [[header = '', text] = []] = Object.entries(headers);
      expect(await content().locator('th').allTextContents()).toEqual([shown(header)]);
      expect(await content().locator('td').allTextContents()).toEqual([shown(String(text))]);
      await tab(/^Value/).click();
    },
  );

  it('JSON with markup, direction overrides and lone surrogates is a tree of text', async () => {
    const nodes = async (name: string) => {
      await choose(name);
      return (await content().locator('json-tree .node').allTextContents()).map((text) =>
        text.replace(/\s*⊞\s*$/, '').trim(),
      );
    };
    expect(await nodes('markup in JSON')).toEqual([
      '▾{ 2 }',
      expect.stringContaining(`${IMAGE}: ${JSON.stringify(SCRIPT)}`),
      expect.stringContaining('link: "[a](command:workbench.action.quit)'),
    ]);
    expect(await nodes('bidi in JSON')).toEqual(['▾{ 1 }', `${SHOWN_BIDI}: "${SHOWN_BIDI}"`]);
    expect(await nodes('an escaped lone surrogate')).toEqual(['▾{ 1 }', '\\udc00: "x\\ud83dy"']);
    await picture(window, 'hostile-surrogate');
  });

  it('bytes that are no text is a hex dump', async () => {
    await choose('the bytes of a lone surrogate');
    expect((await content().locator('pre').textContent())?.trim()).toMatch(/^00000000 {2}61 ed a0 bd 62 .* a···b$/);
  });

  it('1,000 levels of JSON opens level by level, 100,000 are text', async () => {
    await choose('1,000 levels');
    const tree = content().locator('[role=tree]');
    await tree.focus();
    await tree.press('End');
    for (let level = 0; level < 20; level++) await tree.press('ArrowRight');
    expect(await content().locator('json-tree .node').count()).toBeGreaterThan(10);
    await choose('100,000 levels');
    expect(await content().locator('pre').textContent()).toMatch(/^\[{100000}"bottom"\]{100000}$/);
  });

  it('10 MB of one line is shown by its beginning, and says so', async () => {
    await choose('10 MB of one line');
    expect(await content().locator('pre').textContent()).toBe('x'.repeat(256 * 1024));
    await content().getByText('The first 256 KiB of 10 MiB are shown.').waitFor();
    await detail().getByLabel('Shown as').selectOption('hex');
    expect(await content().locator('pre').textContent()).toMatch(/^00000000 {2}78 78/);
    await detail().getByLabel('Shown as').selectOption('base64');
    expect(await content().locator('pre').textContent()).toBe('eHh4'.repeat(64 * 1024));
    await detail().getByLabel('Shown as').selectOption('text');
    await tab(/^Headers/).click();
    expect(await content().locator('td').textContent()).toBe('h'.repeat(100_000));
    await tab(/^Record/).click();
    await content().locator('td', { hasText: '10 MiB' }).waitFor();
    await tab(/^Value/).click();
    await picture(window, 'hostile-long');
  });
});

/** The text of the editor in front, as the extension host has it. */
const activeText = () =>
  window.driver.eval((vscode) => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === 'kafka-record' ? document.getText() : '';
  });

describe('an editor', () => {
  it.each(['an image', 'bidi', 'ANSI codes', 'NUL'])('has %s, character for character', async (name) => {
    await choose(name);
    await detail().getByText('Open in editor').click();
    await until('the document', async () => (await activeText()) === String(HOSTILE[at(name)]!.value));
    await window.workbench.command('View: Close Editor');
  });

  it('has all 10 MB of a line', async () => {
    await choose('10 MB of one line');
    await content().getByText('Open all of it in an editor').click();
    const length = () => window.driver.eval((vscode) => vscode.window.activeTextEditor?.document.getText().length);
    await until('the document', async () => (await length()) === LONG, 60_000);
    await picture(window, 'hostile-long-editor');
    await window.workbench.command('View: Close Editor');
  });

  it.each(['1,000 levels', '100,000 levels'])('has %s of JSON', async (name) => {
    await choose(name);
    await detail().getByText('Open in editor').click();
    const value = String(HOSTILE[at(name)]!.value);
    await until('the document', async () => (await activeText()).replaceAll(/\s/g, '') === value, 30_000);
    await window.workbench.command('View: Close Editor');
  });

  it('compares two of them side by side', async () => {
    await choose('an image');
    await detail().getByText('Compare…').click();
    await choose('a script');
    await detail().getByText('Compare with P0 0').click();
    const diff = window.page.locator('.monaco-diff-editor');
    await diff.waitFor();
    const side = (name: string) => diff.locator(`.editor.${name} .view-lines`);
    const text = async (name: string) => (await side(name).innerText()).replaceAll('\u00a0', ' ').trim();
    await until('the left side', async () => (await text('original')) === IMAGE);
    await until('the right side', async () => (await text('modified')) === SCRIPT);
    await picture(window, 'hostile-diff');
  });
});

it('names of clusters, groups and clients are text in titles, in the tree and on the page of a group', async () => {
  const { page: workbench, driver } = window;
  const title = `${data.topic} · ${IMAGE}${SHOWN_BIDI}`;
  await window.workbench.tab(data.topic);
  page = await MessagesPage.find(window.workbench);
  expect(await workbench.locator('.tab.active').getAttribute('aria-label')).toContain(title);
  expect(await page.frame.locator('.title .muted').innerText()).toContain(`${IMAGE}${SHOWN_BIDI} · reads without`);
  await window.workbench.openSideBar('Kafka & Dapr');
  const clusters = window.workbench.view('Clusters');
  await window.workbench.command('Filter Topics and Groups');
  await window.workbench.answer('Filter topics and groups', data.topic);
  await clusters.locator('.monaco-list-row').first().click();
  await workbench.keyboard.press('ArrowRight');
  await window.workbench.expand(clusters, 'Consumer groups');
  const shownGroup = `${data.topic}${IMAGE}${SHOWN_BIDI}`;
  await clusters.locator('.label-name', { hasText: shownGroup }).waitFor();
  await driver.eval(
    (vscode, node: object) => {
      void vscode.commands.executeCommand('kafkaDapr.openGroup', node);
    },
    { clusterId: 'hostile', group: data.group },
  );
  const group = await window.workbench.webview('group-page .client');
  expect(await group.locator('h1').innerText()).toBe(shownGroup);
  expect(await group.locator('.client').innerText()).toBe(`${SCRIPT}${SHOWN_BIDI}`);
  await picture(window, 'hostile-group');
});

it('ran nothing, in no frame; the policy of the page stands', async () => {
  const frames = window.page.frames();
  const ran = await Promise.all(frames.map((frame) => frame.evaluate((mark) => mark in globalThis, MARK)));
  expect(ran.filter(Boolean)).toEqual([]);
  expect(dialogs).toEqual([]);
  await window.workbench.tab(data.topic);
  page = await MessagesPage.find(window.workbench);
  const policy = await page.frame.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[^' ]+'; style-src /);
  expect(policy).not.toMatch(/unsafe|script-src[^;]*\*/);
  expect(await page.frame.locator('messages-page img, messages-page script, messages-page iframe').count()).toBe(0);
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
