import type * as vscode from 'vscode';

/** A page that follows what moves: it looks again a while after its last answer, and only while it can be seen. */
export class LookAgain implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #seconds: () => number;
  readonly #look: () => Promise<unknown>;
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  /**
   * @param seconds between an answer and the next look; 0: only when the person asks
   * @param look never rejects: a page shows what went wrong
   */
  constructor(panel: vscode.WebviewPanel, seconds: () => number, look: () => Promise<unknown>) {
    this.#panel = panel;
    this.#seconds = seconds;
    this.#look = look;
    this.#subscription = panel.onDidChangeViewState(() => this.later());
    panel.onDidDispose(() => this.dispose());
  }

  /** The page has been answered: the next look comes a while after it. */
  later(): void {
    clearTimeout(this.#timer);
    const seconds = this.#seconds();
    if (this.#disposed || seconds <= 0 || !this.#panel.visible) return;
    this.#timer = setTimeout(() => void this.#look().finally(() => this.later()), seconds * 1000);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}
