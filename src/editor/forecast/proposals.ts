import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { noLongerThere, workspacePath } from './workspaceFiles.ts';

const SCHEME = 'kafka-dapr-proposal';

/** undefined: the file is gone. */
const opened = (file: vscode.Uri): Thenable<vscode.TextDocument | undefined> =>
  vscode.workspace.openTextDocument(file).then(
    (document) => document,
    () => undefined,
  );

interface Proposal {
  file: vscode.Uri;
  /** The file's text when it was proposed. */
  before: string;
  after: string;
}

/** Edits that the planner proposes: the file beside the file as it would be. Nothing is written before it is applied. */
export class Proposals implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #proposals = new Map<string, Proposal>();
  readonly #subscriptions: vscode.Disposable[];
  #count = 0;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument((d) => this.#proposals.delete(d.uri.toString())),
      vscode.commands.registerCommand('kafkaDapr.applyProposal', (uri?: vscode.Uri) => this.#apply(uri)),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#proposals.get(uri.toString())?.after ??
      l10n.t('This edit was proposed in an earlier session. Propose it again from its page.')
    );
  }

  async show(proposal: Proposal): Promise<void> {
    const uri = proposal.file.with({ scheme: SCHEME, authority: '', query: String(++this.#count) });
    this.#proposals.set(uri.toString(), proposal);
    const name = workspacePath(proposal.file);
    await vscode.commands.executeCommand('vscode.diff', proposal.file, uri, l10n.t('{0} ↔ proposed', name), {
      preview: false,
    });
    const apply = l10n.t('Apply');
    const text = l10n.t('Nothing is written yet. Apply puts the edit into {0}; you save it.', name);
    void vscode.window.showInformationMessage(text, apply).then((answer) => {
      if (answer === apply) void this.#apply(uri);
    });
  }

  /** Without a uri: the proposal in the active tab. Never rejects: what stands in the way is told. */
  async #apply(given: vscode.Uri | undefined): Promise<void> {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const uri =
      given?.scheme === SCHEME ? given : input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
    const proposal = uri && this.#proposals.get(uri.toString());
    if (!proposal) {
      void vscode.window.showInformationMessage(l10n.t('This edit is no longer open. Propose it again from its page.'));
      return;
    }
    const name = workspacePath(proposal.file);
    const document = await opened(proposal.file);
    if (!document) {
      void vscode.window.showWarningMessage(noLongerThere(name));
      return;
    }
    if (document.getText() !== proposal.before) {
      void vscode.window.showWarningMessage(
        l10n.t('The file has changed since the edit was proposed. Refresh the page and propose it again.'),
      );
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    const end = document.positionAt(proposal.before.length);
    edit.replace(proposal.file, new vscode.Range(new vscode.Position(0, 0), end), proposal.after);
    if (!(await vscode.workspace.applyEdit(edit))) {
      void vscode.window.showErrorMessage(l10n.t('{0} could not be changed. It may be read-only.', name));
      return;
    }
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.window.tabGroups.close(
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input: shown }) =>
            shown instanceof vscode.TabInputTextDiff && shown.modified.toString() === uri.toString(),
        ),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
