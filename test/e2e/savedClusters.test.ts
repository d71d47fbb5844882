// The list of clusters as a person keeps it: order, copies, removal, favourites on top, and what is copied from it.
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
const ID = `kept-${Date.now().toString(36)}`;

let window: TestWindow;
let tool: KafkaTool;

keepEvidence(() => window);
beforeAll(async () => {
  tool = openTool(inject('kafka'));
  for (const name of ['a', 'b', 'c']) await tool.create(`${ID}-${name}`, 1);
  const clusters = ['first', 'second', 'third'].map((id) => ({
    profile: { id, name: id, bootstrap: bootstrap.split(',') },
  }));
  // Rows stay as they are once everything is known.
  const settings = { 'kafkaDapr.explorer.refreshSeconds': 0 };
  window = await openWindow({ 'readme.txt': '' }, { clusters, settings });
  await window.workbench.openSideBar('Kafka & Dapr');
  await row('third').waitFor();
});
afterAll(async () => {
  await Promise.all([window?.close(), tool?.close()]);
});

const view = () => window.workbench.view('Clusters');
const row = (label: string) => window.workbench.row(view(), label);
const dialog = () => window.page.locator('.monaco-dialog-box');
const names = () => view().locator('.monaco-list-row .label-name').allInnerTexts();
const clipboard = () => window.driver.eval(async (vscode) => await vscode.env.clipboard.readText());

/** The row at that place, if it is this cluster's. */
const at = (index: number, label: string) =>
  view().locator(`.monaco-list-row[data-index="${index}"][aria-label="${label}"]`);

it('keeps the order that it is given, copies a connection, and forgets one after it has asked', async () => {
  const { workbench } = window;
  await workbench.choose(row('third'), 'Move Up', at(1, 'third'));
  expect(await names()).toEqual(['first', 'third', 'second']);
  await workbench.choose(row('first'), 'Move Down', at(1, 'first'));
  expect(await names()).toEqual(['third', 'first', 'second']);
  await workbench.choose(row('second'), 'Duplicate Cluster', row('second (copy)'));
  expect(await names()).toEqual(['third', 'first', 'second', 'second (copy)']);
  await workbench.choose(row('third'), 'Remove Cluster…', dialog());
  expect(await dialog().innerText()).toContain('Remove the cluster "third" from the list?');
  await dialog().getByRole('button', { name: 'Remove' }).click();
  await at(0, 'first').waitFor();
  expect(await names()).toEqual(['first', 'second', 'second (copy)']);
});

it('shows favourites first, marked', async () => {
  const { workbench } = window;
  await workbench.command('Filter Topics and Groups');
  await workbench.answer('Filter topics and groups', ID);
  await workbench.expand(view(), 'first');
  await workbench.expand(view(), 'Topics');
  await row(`${ID}-c`).getByText('0 groups').waitFor();
  await workbench.choose(row(`${ID}-b`), 'Add to Favourites', row(`favourite · ${ID}-b`));
  expect((await names()).filter((name) => name.startsWith(ID))).toEqual(['b', 'a', 'c'].map((n) => `${ID}-${n}`));
  await picture(window, 'favourites');
});

it('copies the chosen rows by the keyboard, and one by its menu', async () => {
  const { page } = window;
  await row(`${ID}-a`).click();
  await row(`${ID}-c`).click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('ControlOrMeta+C');
  await until('both names', async () => (await clipboard()) === `${ID}-a\n${ID}-c`);
  await row('second').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy', exact: true }).hover();
  await page.keyboard.press('Enter');
  await until('the address', async () => (await clipboard()) === bootstrap);
});

it('says in the form that no proxy is used', async () => {
  await window.driver.eval(
    (vscode) => void vscode.commands.executeCommand('kafkaDapr.editCluster', { clusterId: 'first' }),
  );
  const form = await window.workbench.webview('#save');
  expect(await form.locator('.note', { hasText: 'proxy' }).innerText()).toBe(
    'Connections are direct: no HTTP or SOCKS proxy is used. Forward a port and map its address instead.',
  );
});

it('leaves no error in the console', () => {
  // The test server has no key to encrypt secrets at rest with, and secrets are copied with a connection.
  expect(window.problems.filter((problem) => !/mint-key|getServerKeyPart/.test(problem))).toEqual([]);
});
