import * as vscode from 'vscode';
import { ruleDocPath } from '../../core/dapr/rules/ruleDocs.ts';
import type { ComponentHelper } from './componentHelper.ts';
import type { LiveFacts } from './liveFacts.ts';
import type * as Sidecar from './sidecar.late.ts';

export interface ComponentFilesOptions {
  extensionUri: vscode.Uri;
  /** Loads what knows of clusters; null: none can be asked (a browser host). */
  facts: (() => Promise<LiveFacts>) | null;
  /** Loads what asks a sidecar on this machine; null: a browser cannot. */
  sidecar: (() => Promise<typeof Sidecar>) | null;
}

/**
 * The helper for component files. Its commands are there at once; rules, catalog and YAML parser load when the
 * activation is over, so that no window waits for them. `load` leads to them: a chunk of its own, or what is bundled.
 */
export function registerComponentFiles(
  options: ComponentFilesOptions,
  load: () => Promise<(facts: LiveFacts | null, extensionUri: vscode.Uri) => ComponentHelper>,
): vscode.Disposable {
  const over = new Promise<void>((resolve) => setTimeout(resolve, 0));
  const helper = over.then(async () => {
    const [start, facts] = await Promise.all([load(), options.facts?.()]);
    return start(facts ?? null, options.extensionUri);
  });
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand('kafkaDapr.fixAllInFile', async () => (await helper).fixAll()),
    registerCommand('kafkaDapr.newKafkaComponent', async () => (await helper).newKafkaComponent()),
    registerCommand('kafkaDapr.newSubscription', async () => (await helper).newSubscription()),
    registerCommand('kafkaDapr.explainStart', async (uri: vscode.Uri, name: string) =>
      (await helper).explainStart(uri, name),
    ),
    registerCommand('kafkaDapr.openRule', (rule: string) => openRule(options.extensionUri, rule)),
    registerCommand('kafkaDapr.openFact', (id: string) => openFact(options.extensionUri, id)),
    registerCommand('kafkaDapr.showHandlerOutcomes', async (uri: vscode.Uri, index: number) =>
      (await helper).showHandlerOutcomes(uri, index),
    ),
    registerCommand('kafkaDapr.explainDaprdLine', async () => (await helper).explainDaprdLine()),
    registerCommand('kafkaDapr.tellAppId', async () => (await helper).tellAppId()),
    registerCommand('kafkaDapr.declareSubscription', async (component?: string) =>
      (await helper).declareSubscription(component),
    ),
    registerCommand('kafkaDapr.readSidecar', async () => (await helper).readSidecar(options.sidecar)),
    new vscode.Disposable(() => void helper.then((h) => void h.dispose())),
  );
}

/** The page of a rule, which comes with the extension, as VS Code shows Markdown. */
async function openRule(extensionUri: vscode.Uri, rule: string): Promise<void> {
  if (!/^[A-Z]-\d\d$/.test(rule)) return;
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(extensionUri, ruleDocPath(rule)));
}

/** The section of docs/facts.md that answers a belief. */
async function openFact(extensionUri: vscode.Uri, id: string): Promise<void> {
  const facts = vscode.Uri.joinPath(extensionUri, 'docs', 'facts.md');
  await vscode.commands.executeCommand('markdown.showPreview', facts.with({ fragment: id }));
}
