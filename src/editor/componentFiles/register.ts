import * as vscode from 'vscode';
import type * as Helper from './componentHelper.late.ts';
import type { LiveFacts } from './liveFacts.ts';

export interface ComponentFilesOptions {
  extensionUri: vscode.Uri;
  /** null: no cluster can be asked (a browser host). */
  facts: LiveFacts | null;
  /** Whether `kafkaDapr.openForecast` is there to be offered. */
  forecast: boolean;
}

/**
 * The helper for component files. Its commands are there at once; rules, catalog and YAML parser load when the
 * activation is over, so that no window waits for them. `load` leads to them: a chunk of its own, or what is bundled.
 */
export function registerComponentFiles(
  options: ComponentFilesOptions,
  load: () => Promise<typeof Helper>,
): vscode.Disposable {
  const over = new Promise<void>((resolve) => setTimeout(resolve, 0));
  const helper = over.then(load).then((module) => module.startComponentHelper(options));
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand('kafkaDapr.fixAllInFile', async () => (await helper).fixAll()),
    registerCommand('kafkaDapr.newKafkaComponent', async () => (await helper).newKafkaComponent()),
    registerCommand('kafkaDapr.newSubscription', async () => (await helper).newSubscription()),
    registerCommand('kafkaDapr.explainStart', async (uri: vscode.Uri, name: string) =>
      (await helper).explainStart(uri, name),
    ),
    new vscode.Disposable(() => void helper.then((h) => void h.dispose())),
  );
}
