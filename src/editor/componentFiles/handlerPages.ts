import * as vscode from 'vscode';
import type { LazyHelp } from './lazyHelp.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { HelperParts } from './parts.ts';

const SCHEME = 'kafka-dapr-handler';

/** "If the handler fails": a page per Subscription in VS Code's Markdown preview, up to date with the files. */
export class HandlerPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #files: LintedFiles;
  readonly #help: LazyHelp;
  readonly #load: HelperParts['handlerText'];
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: LintedFiles, help: LazyHelp, load: HelperParts['handlerText']) {
    this.#files = files;
    this.#help = help;
    this.#load = load;
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      files.onDidChange((which) => {
        if (which !== 'all') return;
        for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.#changed.fire(uri);
      }),
    ];
  }

  /** `index`: the Subscription's document in its file. */
  async show(file: vscode.Uri, index: number): Promise<void> {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const query = JSON.stringify([file.toString(), index]);
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md`, query });
    await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
  }

  async provideTextDocumentContent(page: vscode.Uri): Promise<string> {
    const [file, index] = JSON.parse(page.query) as [string, number];
    const [help, { handlerText, kafkaOf }] = await Promise.all([this.#help(), this.#load()]);
    const { workspace, options } = this.#files;
    const subscription = workspace.subscriptions.find(
      ({ document }) => document.index === index && this.#files.uriOf(document.file)?.toString() === file,
    );
    const component = subscription && kafkaOf(subscription, workspace);
    if (!component) return '';
    return handlerText(subscription, component, workspace, options.daprVersion, help);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
