// What becomes of a message on which the handler fails, what a line of daprd's log means, and the page of a rule.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, until } from './support.ts';

const component = (items: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: failing
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: localhost:9092
    - name: authType
      value: none
    - name: consumerGroup
      value: failing
${items}`;

const subscription = (more: string) => `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: orders-of-failing
spec:
  pubsubname: failing
  topic: orders
  routes:
    default: /orders
${more}`;

const lensesOf = ({ uri }: vscode.TextDocument) =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);

const failureLens = async (document: vscode.TextDocument) =>
  (await lensesOf(document)).find((lens) => lens.command?.title.startsWith('If the handler fails'));

describe('a failing handler', () => {
  it('is told in a lens above the Subscription, and on a page beside it', async () => {
    await openFile('components/failing.yaml', component('    - name: initialOffset\n      value: oldest\n'));
    const document = await openFile('components/failing-orders.yaml', subscription(''));
    const lens = await until('the lens', () => failureLens(document));
    assert.equal(lens.command?.title, 'If the handler fails: blocks its partition');
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    const page = await until('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'kafka-dapr-handler'),
    );
    const rows = page.getText().split('\n');
    assert.equal(rows[0], '# If the handler of orders fails');
    assert.ok(
      rows.includes(
        '| 500, or any code but 2xx and 404 | **blocks its partition** | Retried every 5 s for ever: the partition is blocked behind this message, and its offset stays uncommitted. | without end | not committed |',
      ),
      page.getText(),
    );
    assert.ok(rows.some((row) => row.startsWith('| 404 | **dropped** |') && row.endsWith('| 1 | committed |')));
  });

  it('is told anew when the Subscription gets a dead letter topic', async () => {
    const document = await openFile('components/failing-orders.yaml', subscription('  deadLetterTopic: orders-dead\n'));
    const lens = await until('the lens', async () => {
      const found = await failureLens(document);
      return found?.command?.title.endsWith('dead letter topic') ? found : undefined;
    });
    assert.equal(lens.command?.title, 'If the handler fails: goes to the dead letter topic');
  });

  it('is told for batches where the Subscription gets them', async () => {
    const document = await openFile(
      'components/failing-batches.yaml',
      subscription('  deadLetterTopic: orders-dead\n  bulkSubscribe:\n    enabled: true\n').replace(
        'topic: orders',
        'topic: batches',
      ),
    );
    const lens = await until('the lens', () => failureLens(document));
    await vscode.commands.executeCommand(lens.command?.command ?? '', ...(lens.command?.arguments ?? []));
    const text = await until('the page', () =>
      vscode.workspace.textDocuments
        .map((page) => page.getText())
        .find((page) => page.startsWith('# If the handler of batches fails')),
    );
    const rows = text.split('\n').map((row) => row.split(' | ').slice(0, 2).join(' | '));
    for (const row of [
      '| 404 | **dropped**',
      '| `DROP` for an entry | **goes to the dead letter topic**',
      '| no status for an entry, or no such entry | **goes to the dead letter topic**',
    ])
      assert.ok(rows.includes(row), text);
    assert.match(text, /^- Retried is the whole batch, with the entries that had succeeded/m);
    assert.match(text, /Seen on a running daprd 1\.18\.0: e-bulk-500, /);
  });
});

describe('a line of daprd’s log', () => {
  it('leads to the place in the file that it comes from', async () => {
    await openFile('components/failing.yaml', component('    - name: initialOffset\n      value: earliest\n'));
    const log = await openFile(
      'daprd.log',
      'time="2026-01-01T00:00:00Z" level=fatal msg="Fatal error from runtime: process component failing error: [INIT_COMPONENT_FAILURE]: initialization error occurred for failing (pubsub.kafka/v1): kafka error: invalid initialOffset: earliest"',
    );
    const editor = await vscode.window.showTextDocument(log);
    editor.selection = new vscode.Selection(0, 0, 0, log.lineAt(0).text.length);
    // It ends when its message is closed, which nobody does here.
    void vscode.commands.executeCommand('kafkaDapr.explainDaprdLine');
    const shown = await until('the component file', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.path.endsWith('/components/failing.yaml') ? active : undefined;
    });
    const marked = await until('the value', () => shown.document.getText(shown.selection) || undefined);
    assert.equal(marked, 'earliest');
  });
});

describe('the page of a rule', () => {
  it('comes with the extension and opens as Markdown', async () => {
    await vscode.commands.executeCommand('kafkaDapr.openRule', 'K-03');
    const tab = await until('the preview', () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab;
      return active?.label.includes('K-03') ? active : undefined;
    });
    assert.match(tab.label, /^Preview K-03\.md$/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });
});
