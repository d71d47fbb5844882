import * as vscode from 'vscode';

/**
 * Does what may take a while, under a notification that says so and can end it. Once the person has ended it, it resolves
 * to undefined at once, whatever `run` makes of its signal: they need not be told what they did.
 */
export function cancellable<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const shown = vscode.window.withProgress(options, (_progress, token) => {
    const controller = new AbortController();
    return new Promise<T | undefined>((resolve, reject) => {
      token.onCancellationRequested(() => {
        controller.abort();
        resolve(undefined);
      });
      run(controller.signal).then(resolve, reject);
    });
  });
  return Promise.resolve(shown);
}
