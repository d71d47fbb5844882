import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Contract, RpcMessage } from '../../shared/rpc.ts';
import { oneLine } from '../../shared/visible.ts';
import { pageHtml } from './pageHtml.ts';
import { RpcHost, type RequestHandlers } from './rpcHost.ts';

export interface PageOptions<C extends Contract> {
  extensionUri: vscode.Uri;
  /** Folder under webview/: its bundle is dist/webview/<name>.js and .css. The view type is `kafkaDapr.<name>`. */
  name: string;
  title: string;
  /** The name of its cluster: two clusters may have the same topics and groups, and a tab tells which one it is about. */
  cluster?: string;
  /** Default: the active editor group. */
  column?: vscode.ViewColumn;
  /** What the page is about, for it to keep over a reload: names only, never a secret. */
  about?: object;
  /** A page that the editor restored after a restart; absent: a new one. */
  panel?: vscode.WebviewPanel;
  /** Keep the page's DOM while it is hidden; only for pages that are dear to rebuild. */
  retain?: boolean;
  handlers: RequestHandlers<C>;
}

/** An open webview page with its typed border. */
export class Page<C extends Contract> implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #rpc: RpcHost<C>;
  #closed = false;

  constructor(options: PageOptions<C>) {
    const root = vscode.Uri.joinPath(options.extensionUri, 'dist', 'webview');
    const title = options.cluster === undefined ? options.title : `${options.title} · ${options.cluster}`;
    const webview: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [root] };
    const panel =
      options.panel ??
      vscode.window.createWebviewPanel(
        `kafkaDapr.${options.name}`,
        oneLine(title),
        options.column ?? vscode.ViewColumn.Active,
        { ...webview, retainContextWhenHidden: options.retain ?? false },
      );
    panel.webview.options = webview;
    const url = (file: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
    panel.iconPath = vscode.Uri.joinPath(options.extensionUri, 'media', 'page.svg');
    this.panel = panel;
    this.#rpc = new RpcHost<C>((message) => {
      // The editor hands it from frame to frame: a text is handed on faster than an object with many parts.
      if (!this.#closed) void panel.webview.postMessage(JSON.stringify(message));
    }, options.handlers);
    panel.webview.onDidReceiveMessage((message: RpcMessage) => void this.#rpc.receive(message));
    panel.onDidDispose(() => {
      this.#closed = true;
      this.#rpc.dispose();
    });
    panel.webview.html = pageHtml({
      scriptUrl: url(`${options.name}.js`),
      styleUrl: url(`${options.name}.css`),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title,
      language: vscode.env.language,
      texts: vscode.l10n.bundle ?? null,
      about: options.about ?? null,
    });
  }

  /** Dropped when the page is closed. */
  emit<Name extends keyof C['events'] & string>(name: Name, payload: C['events'][Name]): void {
    this.#rpc.emit(name, payload);
  }

  onDidClose(listener: () => void): vscode.Disposable {
    return this.panel.onDidDispose(listener);
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.panel.dispose();
  }
}
