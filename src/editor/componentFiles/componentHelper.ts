import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CodeActions, FIX_ALL } from './codeActions.ts';
import { Completions } from './completions.ts';
import { DaprTree } from './daprTree.ts';
import { Definitions } from './definitions.ts';
import { Diagnostics } from './diagnostics.ts';
import { HandlerPages } from './handlerPages.ts';
import { Hovers } from './hovers.ts';
import { Lenses } from './lenses.ts';
import { lazyHelp } from './lazyHelp.ts';
import { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import type { HelperParts } from './parts.ts';
import { rangesIn } from './ranges.ts';
import type * as Sidecar from './sidecar.late.ts';

const SELECTOR: vscode.DocumentSelector = [
  { language: 'yaml' },
  { language: 'dockercompose' },
  { language: 'helm' },
  { language: 'json' },
  { language: 'jsonc' },
];

/** What the commands call. */
export interface ComponentHelper extends vscode.Disposable {
  fixAll(): Promise<void>;
  newKafkaComponent(): Promise<void>;
  newSubscription(): Promise<void>;
  explainStart(uri: vscode.Uri, name: string): Promise<void>;
  /** The Subscription that is this document of its file. */
  showHandlerOutcomes(uri: vscode.Uri, index: number): Promise<void>;
  explainDaprdLine(): Promise<void>;
  tellAppId(): Promise<void>;
  /** For the pub/sub component of this name, or one that is asked for. */
  declareSubscription(component?: string): Promise<void>;
  readSidecar(sidecar: (() => Promise<typeof Sidecar>) | null): Promise<void>;
}

/** Everything the helper does with component files: reads the workspace and registers its providers. */
export function startComponentHelper(
  facts: LiveFacts | null,
  extensionUri: vscode.Uri,
  load: HelperParts,
): ComponentHelper {
  const help = lazyHelp(extensionUri);
  const files = new LintedFiles(facts);
  const definitions = new Definitions(files, load.links);
  const handlers = new HandlerPages(files, help, load.handlerText);
  const lenses = new Lenses(files, facts, load);
  const { languages } = vscode;
  const parts = [
    ...(facts ? [facts] : []),
    files,
    lenses,
    handlers,
    new Diagnostics(files),
    new DaprTree(files, facts),
    languages.registerCodeActionsProvider(SELECTOR, new CodeActions(files, load.quickFixes), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL],
    }),
    languages.registerHoverProvider(SELECTOR, new Hovers(files, facts, help, load.hoverText)),
    languages.registerCompletionItemProvider(
      SELECTOR,
      new Completions(files, facts, help, load.suggestions),
      ' ',
      '-',
      ':',
    ),
    languages.registerCodeLensProvider(SELECTOR, lenses),
    languages.registerDefinitionProvider(SELECTOR, definitions),
    languages.registerReferenceProvider(SELECTOR, definitions),
  ];
  files.scan().catch((error: unknown) => {
    void vscode.window.showErrorMessage(
      l10n.t(
        'The component files of this workspace could not be listed: {0}',
        error instanceof Error ? error.message : String(error),
      ),
    );
  });
  return {
    fixAll: async () => (await load.quickFixes()).fixAll(files),
    newKafkaComponent: async () => (await load.newFiles()).newKafkaComponent(),
    newSubscription: async () => (await load.newFiles()).newSubscription(files.workspace),
    showHandlerOutcomes: (uri, index) => handlers.show(uri, index),
    explainDaprdLine: async () => (await load.explainLine()).explainDaprdLine(files),
    explainStart: (uri, name) => explainStart(files, uri, name),
    tellAppId: async () => (await load.declare()).tellAppId(),
    declareSubscription: async (component) =>
      (await load.declare()).declareSubscription(files, facts, typeof component === 'string' ? component : undefined),
    readSidecar: async (sidecar) => (await load.declare()).readSidecar(files, sidecar),
    dispose: () => {
      vscode.Disposable.from(...parts).dispose();
    },
  };
}

/** Goes to what decides the start of a component, `initialOffset` or else its list of settings, and shows the hover there. */
async function explainStart(files: LintedFiles, uri: vscode.Uri, name: string): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri);
  const path = files.refresh(editor.document);
  const component = files.workspace.components.find((c) => c.document.file === path && c.name === name);
  if (!component) return;
  const item = ['initialOffset', 'consumerGroup', 'consumerID']
    .map((n) => component.metadata.find((i) => i.name === n))
    .find((i) => i);
  const node = item?.nameNode ?? component.typeNode ?? component.root;
  const at = component.document.start + node.range.start;
  const { start } = rangesIn(editor.document.getText())({ start: at, end: at });
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(new vscode.Range(start, start));
  await vscode.commands.executeCommand('editor.action.showHover');
}
