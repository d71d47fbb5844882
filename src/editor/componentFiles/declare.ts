import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CONFIG_FILE } from '../../core/dapr/config.ts';
import type { DeclaredSubscription } from '../../core/dapr/resources/declarations.ts';
import { withDeclaration } from '../../core/dapr/resources/withDeclaration.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import type * as Sidecar from './sidecar.late.ts';

const APP_ID = /^[A-Za-z0-9][\w.-]*$/;

/** Asks for the app that reads the workspace's components, where no file tells, and remembers it. */
export async function tellAppId(): Promise<void> {
  const appID = await askAppId(l10n.t('Which app reads through these components?'));
  if (appID !== undefined) await remember(appID, []);
}

/** Asks for a subscription that an app makes in code, and remembers it. */
export async function declareSubscription(
  files: LintedFiles,
  facts: LiveFacts | null,
  component?: string,
): Promise<void> {
  const title = l10n.t('Subscription made in code');
  const { workspace } = files;
  const appID = await pick(title, l10n.t('App id'), [...new Set(workspace.apps.map((app) => app.id))], APP_ID);
  if (appID === undefined) return;
  const names = workspace.components.filter((c) => c.type.startsWith('pubsub.')).map((c) => c.name);
  const pubsubname = component ?? (await pick(title, l10n.t('Pub/sub component'), [...new Set(names)]));
  if (pubsubname === undefined) return;
  const topic = await pick(title, l10n.t('Topic'), facts?.topics() ?? []);
  if (topic === undefined) return;
  const deadLetterTopic = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Dead letter topic (leave it empty if there is none)'),
  });
  if (deadLetterTopic !== undefined) await remember(appID, [{ pubsubname, topic, deadLetterTopic }]);
}

/** Asks a running sidecar for its app id and for what its app subscribes in code, and remembers both. */
export async function readSidecar(files: LintedFiles, load: (() => Promise<typeof Sidecar>) | null): Promise<void> {
  if (!load) {
    void vscode.window.showInformationMessage(
      l10n.t('A browser cannot ask a sidecar: declare the subscription by hand.'),
    );
    return;
  }
  const { askSidecar } = await load();
  const facts = await askSidecar((told) => isInFiles(files, told));
  if (facts) await remember(facts.appID, facts.subscriptions);
}

function isInFiles(files: LintedFiles, told: DeclaredSubscription): boolean {
  return files.workspace
    .subscriptionsTo(told.pubsubname)
    .some((subscription) => subscription.told === undefined && subscription.topic?.text === told.topic);
}

function askAppId(title: string, value = ''): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value,
    prompt: l10n.t('App id (--app-id, dapr.io/app-id)'),
    validateInput: (text) => (APP_ID.test(text) ? undefined : l10n.t('Letters, digits, ".", "_" and "-".')),
  });
}

/** One of the known names, or another that is typed. */
async function pick(
  title: string,
  prompt: string,
  known: readonly string[],
  shape = /\S/,
): Promise<string | undefined> {
  if (known.length > 0) {
    const other = { label: l10n.t('Another…'), name: undefined };
    const items = [...known.map((name) => ({ label: name, name })), other];
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: prompt });
    if (!chosen || chosen.name !== undefined) return chosen?.name;
  }
  return vscode.window.showInputBox({
    title,
    prompt,
    validateInput: (text) => (shape.test(text) ? undefined : prompt),
  });
}

/** Adds it to the workspace's `kafka-dapr.config.yaml`, where the command line reads it, too. */
async function remember(appID: string, subscriptions: readonly DeclaredSubscription[]): Promise<void> {
  const { workspaceFolders } = vscode.workspace;
  const folder =
    workspaceFolders && workspaceFolders.length > 1
      ? await vscode.window.showWorkspaceFolderPick()
      : workspaceFolders?.[0];
  if (!folder) {
    if (!workspaceFolders)
      void vscode.window.showErrorMessage(l10n.t('Open a folder first: it is remembered in a file of it.'));
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, CONFIG_FILE);
  const create = new vscode.WorkspaceEdit();
  create.createFile(uri, { ignoreIfExists: true });
  await vscode.workspace.applyEdit(create);
  const document = await vscode.workspace.openTextDocument(uri);
  const before = document.getText();
  const after = withDeclaration(before, appID, subscriptions);
  if (after === undefined) {
    void vscode.window.showErrorMessage(
      l10n.t('{0} is written in a way that nothing can be added to it: add the app by hand.', CONFIG_FILE),
    );
    await vscode.window.showTextDocument(document);
    return;
  }
  if (after !== before) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(document.positionAt(0), document.positionAt(before.length)), after);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  }
  const open = l10n.t('Open');
  const answer = await vscode.window.showInformationMessage(
    subscriptions.length === 0
      ? l10n.t('{0} remembers the app {1}.', CONFIG_FILE, appID)
      : l10n.t(
          '{0} remembers the app {1} and what it subscribes in code: {2}.',
          CONFIG_FILE,
          appID,
          subscriptions.map(({ topic }) => topic).join(', '),
        ),
    open,
  );
  if (answer === open) await vscode.window.showTextDocument(document);
}
