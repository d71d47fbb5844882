// A workspace of several folders, two of which have the same name and one another name than on the disk.
import path from 'node:path';
import type { CodeAction } from 'vscode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

const component = (name: string, rest: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: 127.0.0.1:1
    - name: authType
      value: none
    - name: initialOffset
      value: ${rest}
`;
const RESILIENCY = 'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata:\n  name: mine\nspec: {} # later\n';

let window: TestWindow;

keepEvidence(() => window);
beforeAll(async () => {
  window = await openWindow(
    {
      'a/shop/components/pubsub.yaml': component('first', 'earliest'),
      'b/shop/components/pubsub.yaml': component('second', 'latest'),
      'pay/components/pubsub.yaml': `${component('third', 'oldest')}---\n${RESILIENCY}`,
      'all.code-workspace': JSON.stringify({
        folders: [{ path: 'pay', name: 'Payments of the shop' }, { path: 'a/shop' }, { path: 'b/shop' }],
      }),
    },
    { workspace: 'all.code-workspace' },
  );
});
afterAll(() => window?.close());

/** Path below the workspace -> the values at which K-03 stands. */
const marked = () =>
  window.driver.eval((vscode, root) => {
    const found: Record<string, string[]> = {};
    for (const [uri, diagnostics] of vscode.languages.getDiagnostics())
      for (const { code, message } of diagnostics)
        if (typeof code === 'object' && code.value === 'K-03')
          (found[uri.fsPath.slice(root.length + 1)] ??= []).push(/initialOffset: (\w+)/.exec(message)?.[1] ?? message);
    return found;
  }, window.folder);
const rows = async () =>
  (
    await window.workbench
      .view('Dapr Pub/Sub')
      .getByRole('treeitem', { level: 1 })
      .evaluateAll((all) => all.map((row) => row.querySelector('.label-description')?.textContent ?? ''))
  ).sort();
const setFolders = (start: number, count: number, ...paths: string[]) =>
  window.driver.eval(
    (vscode, [at, gone, come]) =>
      vscode.workspace.updateWorkspaceFolders(at, gone, ...come.map((p) => ({ uri: vscode.Uri.file(p) }))),
    [start, count, paths] as const,
  );

const [first, second, third] = ['a/shop', 'b/shop', 'pay'].map((folder) => `${folder}/components/pubsub.yaml`);

it('marks each file by its own text, also those that are called the same', async () => {
  await until('K-03 in both', async () => Object.keys(await marked()).length === 2);
  expect(await marked()).toEqual({ [first!]: ['earliest'], [second!]: ['latest'] });
  await window.workbench.openSideBar('Kafka & Dapr');
  await until('three components', async () => (await rows()).length === 3);
  expect(await rows()).toEqual([
    'Payments of the shop/components/pubsub.yaml',
    'shop (2)/components/pubsub.yaml',
    'shop/components/pubsub.yaml',
  ]);
  await picture(window, 'several-folders');
});

it('a fix that makes a file makes it in the folder of its component', async () => {
  const moved = await window.driver.eval(
    async (vscode, file) => {
      const document = await vscode.workspace.openTextDocument(file);
      await vscode.window.showTextDocument(document);
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const kind = vscode.CodeActionKind.QuickFix.value;
      const actions = await vscode.commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        all,
        kind,
      );
      const move = actions.find((action) => action.title.startsWith('Move to'));
      if (!move?.edit) throw new Error(actions.map((action) => action.title).join('; '));
      await vscode.workspace.applyEdit(move.edit);
      const made = vscode.Uri.joinPath(document.uri, '..', 'resiliency.yaml');
      return { title: move.title, text: (await vscode.workspace.openTextDocument(made)).getText() };
    },
    path.join(window.folder, third!),
  );
  expect(moved).toEqual({ title: 'Move to Payments of the shop/components/resiliency.yaml', text: RESILIENCY });
});

it('a folder that leaves the workspace takes its findings and components along; the only one left has short paths', async () => {
  expect(await setFolders(2, 1)).toBe(true);
  await until('two components', async () => (await rows()).length === 2);
  expect(await marked()).toEqual({ [first!]: ['earliest'] });
  expect(await setFolders(1, 1)).toBe(true);
  await until('one component', async () => (await rows()).length === 1);
  expect(await rows()).toEqual(['components/pubsub.yaml']);
  expect(await marked()).toEqual({});
});

it('a folder that is added is read, and no file of the others is there twice', async () => {
  expect(await setFolders(1, 0, path.join(window.folder, 'b/shop'))).toBe(true);
  await until('two components', async () => (await rows()).length === 2);
  expect(await rows()).toEqual(['Payments of the shop/components/pubsub.yaml', 'shop/components/pubsub.yaml']);
  expect(await marked()).toEqual({ [second!]: ['latest'] });
});
