// The browser entry, in a web worker as on vscode.dev: no Node, no Kafka, but the whole help with component files.
import type { CompletionList, Hover, Location } from 'vscode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXTENSION_ID } from '../support/vscode/extensionId.ts';
import { repairComponent, STOPPING_COMPONENT } from './componentFile.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

const SUBSCRIPTION = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: orders
spec:
  pubsubname: pubsub
  topic: orders
  routes:
    default: /orders
`;

let window: TestWindow;

keepEvidence(() => window);
beforeAll(async () => {
  window = await openWindow(
    { 'components/pubsub.yaml': STOPPING_COMPONENT, 'subscription.yaml': SUBSCRIPTION },
    { settings: { 'remote.extensionKind': { [EXTENSION_ID]: ['web'] }, 'extensions.webWorker': true } },
  );
});
afterAll(() => window?.close());

it('runs in the worker, not in the Node host', async () => {
  // The driver lives in the Node host and sees the extensions of its own host only.
  const inNodeHost = await window.driver.eval(
    (vscode, id) => vscode.extensions.getExtension(id) !== undefined,
    EXTENSION_ID,
  );
  expect(inNodeHost).toBe(false);
});

it('marks a component file and repairs it', async () => {
  await repairComponent(window);
});

it('explains, completes and tells the start, as it does beside Node', async () => {
  const told = await window.driver.eval(async (vscode) => {
    const [file] = await vscode.workspace.findFiles('components/pubsub.yaml');
    if (!file) throw new Error('there is no component');
    const document = await vscode.workspace.openTextDocument(file);
    const at = (text: string) => document.positionAt(document.getText().indexOf(text) + 1);
    const run = vscode.commands.executeCommand;
    const hovers = await run<Hover[]>('vscode.executeHoverProvider', file, at('initialOffset'));
    const list = await run<CompletionList>('vscode.executeCompletionItemProvider', file, at('oldest'));
    return {
      hover: hovers.flatMap(({ contents }) => contents.map((c) => (typeof c === 'string' ? c : c.value))).join('\n'),
      values: list.items.map(({ label }) => (typeof label === 'string' ? label : label.label)),
    };
  });
  expect(told.hover).toMatch(/^\*\*initialOffset\*\*\n\nWhere a partition begins/);
  expect(told.hover).toContain('“Changing initialOffset to oldest replays the topic.” — **False.**');
  expect(told.values).toEqual(expect.arrayContaining(['newest', 'oldest']));
  const lens = { hasText: 'group = app id (no app is known here) · starts at oldest (Kafka: earliest)' };
  await window.page.locator('.codelens-decoration', lens).waitFor();
});

it('shows its hover in the editor', async () => {
  await window.page.locator('.view-line').getByText('initialOffset').click();
  await window.driver.eval((vscode) => vscode.commands.executeCommand('editor.action.showHover'));
  await window.page.locator('.monaco-hover', { hasText: 'People say' }).waitFor();
  await picture(window, 'web-hover');
});

it('finds the component of a Subscription, and says what a failing handler does', async () => {
  const { driver, workbench, page } = window;
  const found = await driver.eval(async (vscode) => {
    const [file] = await vscode.workspace.findFiles('subscription.yaml');
    if (!file) throw new Error('there is no Subscription');
    const document = await vscode.workspace.openTextDocument(file);
    const at = document.positionAt(document.getText().indexOf('pubsubname: ') + 'pubsubname: p'.length);
    const places = await vscode.commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', file, at);
    return places.map(({ uri, range }) => `${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`);
  });
  expect(found).toEqual(['components/pubsub.yaml:4']);
  await workbench.openFile('subscription.yaml');
  await page.locator('.codelens-decoration', { hasText: 'If the handler fails: blocks its partition' }).waitFor();
});

it('explains a line of daprd’s log that is pasted', async () => {
  const { driver, page } = window;
  await driver.eval((vscode) => void vscode.commands.executeCommand('kafkaDapr.explainDaprdLine'));
  const box = page.locator('.quick-input-widget input').first();
  await box.waitFor();
  await box.fill('kafka error: invalid initialOffset: earliest');
  await page.keyboard.press('Enter');
  await page.locator('.notifications-toasts', { hasText: 'K-03 · no file of this workspace shows it' }).waitFor();
});

it('asks for the app, and for the way in which a new component logs in', async () => {
  const { driver, page } = window;
  for (const [command, text] of [
    ['kafkaDapr.tellAppId', 'Which app reads through these components?'],
    ['kafkaDapr.newKafkaComponent', 'New Kafka component: how does it log in?'],
  ] as const) {
    await driver.eval((vscode, name) => void vscode.commands.executeCommand(name), command);
    await page.locator('.quick-input-widget', { hasText: text }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget', { hasText: text }).waitFor({ state: 'hidden' });
  }
});

it('says why no cluster is there, and offers nothing that needs one', async () => {
  const { page, workbench } = window;
  await workbench.openSideBar('Kafka & Dapr');
  await page.getByText('A browser lets no extension talk to Kafka.').waitFor();
  const clusters = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Clusters' }) });
  expect(await clusters.locator('.pane-header .action-item').count()).toBe(0);
  expect(await clusters.getByText('There is no data provider').count()).toBe(0);
  await workbench.row(workbench.view('Dapr Pub/Sub'), 'pubsub').hover();
  await picture(window, 'web-side-bar');
  expect(await page.getByRole('button', { name: 'Forecast' }).count()).toBe(0);
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
