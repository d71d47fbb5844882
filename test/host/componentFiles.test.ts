// Dapr files in the editor: what is marked, where exactly, and what a fix makes of the file.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findingsOf, fixesAt, openFile, ruleOf, until } from './support.ts';

const component = (items: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: pubsub # the shop's
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: localhost:9092
    - name: authType
      value: none
${items}`;

interface Case {
  rule: string;
  severity: vscode.DiagnosticSeverity;
  text: string;
  marked: string;
  says: RegExp;
  fix: string;
  fixed: string;
}

const cases: Case[] = [
  {
    rule: 'K-03',
    severity: vscode.DiagnosticSeverity.Error,
    text: component('    - name: initialOffset\n      value: earliest # all of it\n'),
    marked: 'earliest',
    says: /daprd stops: kafka error: invalid initialOffset: earliest\. Dapr knows oldest .*and newest/,
    fix: 'Replace by oldest',
    fixed: component('    - name: initialOffset\n      value: oldest # all of it\n'),
  },
  {
    rule: 'K-02',
    severity: vscode.DiagnosticSeverity.Warning,
    text: component('    - name: InitialOffset\n      value: "oldest"\n'),
    marked: 'InitialOffset',
    says: /daprd ignores "InitialOffset"/,
    fix: 'Rename to initialOffset',
    fixed: component('    - name: initialOffset\n      value: "oldest"\n'),
  },
  {
    rule: 'K-09',
    severity: vscode.DiagnosticSeverity.Error,
    text: component('    - name: initialOffset\n      value: oldest\n    - name: consumerId\n      value: shop\n'),
    marked: 'consumerId',
    says: /daprd stops: failed to resolve aliases: key consumerid is duplicate in the metadata/,
    fix: 'Rename to consumerID',
    fixed: component('    - name: initialOffset\n      value: oldest\n    - name: consumerID\n      value: shop\n'),
  },
  {
    rule: 'K-01',
    severity: vscode.DiagnosticSeverity.Warning,
    text: component('    - name: initialOffset\n      value: newest\n'),
    marked: 'newest',
    says: /Starts at newest \(Kafka: latest\): messages already in a topic are never received by a new consumer group/,
    fix: 'Start at oldest',
    fixed: component('    - name: initialOffset\n      value: oldest\n'),
  },
];

describe('component files', () => {
  for (const { rule, severity, text, marked, says, fix, fixed } of cases) {
    it(`${rule} marks exactly "${marked}" and "${fix}" repairs it`, async () => {
      const document = await openFile(`components/${rule}.yaml`, text);
      const found = await until(rule, () => findingsOf(document).find((d) => ruleOf(d) === rule));
      assert.equal(document.getText(found.range), marked);
      assert.equal(document.offsetAt(found.range.start), text.indexOf(marked));
      assert.equal(found.severity, severity);
      assert.match(found.message, says);

      const action = (await fixesAt(document, found.range)).find((a) => a.title === fix);
      assert.ok(action?.edit, `no fix "${fix}"`);
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      assert.equal(document.getText(), fixed);
      await until(`${rule} to go`, () => findingsOf(document).every((d) => ruleOf(d) !== rule) || undefined);
    });
  }

  it('a fix may move text to a new file, and change another one', async () => {
    const resiliency = 'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata:\n  name: mine\nspec: {} # later\n';
    const bounded = component('    - name: backOffMaxRetries\n      value: "2"\n');
    const other = await openFile(
      'retries/orders.yaml',
      '# by hand\napiVersion: dapr.io/v1alpha1\nkind: Subscription\nspec:\n  pubsubname: pubsub\n  topic: orders\n  route: /o\n',
    );
    const document = await openFile('retries/kafka.yaml', `${bounded}---\n${resiliency}`);
    const apply = async (rule: string, title: string) => {
      const found = await until(rule, () => findingsOf(document).find((d) => ruleOf(d) === rule));
      const action = (await fixesAt(document, found.range)).find((a) => a.title === title);
      assert.ok(action?.edit, `no fix "${title}"`);
      assert.ok(await vscode.workspace.applyEdit(action.edit));
      await until(`${rule} to go`, () => findingsOf(document).every((d) => ruleOf(d) !== rule) || undefined);
    };
    await apply('C-17', 'Move to retries/resiliency.yaml');
    assert.equal(document.getText(), bounded);
    const created = vscode.Uri.joinPath(document.uri, '..', 'resiliency.yaml');
    assert.equal((await vscode.workspace.openTextDocument(created)).getText(), resiliency);
    await apply('K-21', 'Add deadLetterTopic');
    assert.equal(other.getText().split('\n')[6], '  deadLetterTopic: "orders-dead"');
  });

  it('the default start is marked on the metadata of the component', async () => {
    const document = await openFile('components/default.yaml', component(''));
    const found = await until('K-01', () => findingsOf(document).find((d) => ruleOf(d) === 'K-01'));
    assert.equal(document.getText(found.range), 'metadata');
    assert.equal(found.range.start.line, 7);
  });

  it('a file that nobody opened is marked, too, in whatever letter case its name ends', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'components', 'CLOSED.YML');
    const text = component('    - name: initialOffset\n      value: earliest\n');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const rules = () => vscode.languages.getDiagnostics(uri).map(ruleOf);
    await until('K-03', () => rules().find((rule) => rule === 'K-03'));
    await vscode.workspace.fs.delete(uri);
    await until('the end of its findings', () => (rules().length === 0 ? true : undefined));
  });

  it('bytes that are no UTF-8 are marked, in a closed file and in an open one until it is saved', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'components', 'latin1.yaml');
    const text = component('    - name: initialOffset\n      value: oldest # dès le début\n');
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'latin1'));
    const marked = () =>
      vscode.languages.getDiagnostics(uri).filter((d) => ruleOf(d) === 'C-13' && d.message.includes('invalid UTF-8'));
    const range = (await until('C-13', () => marked()[0])).range;

    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    assert.equal(document.lineAt(range.start).text.slice(range.start.character), '\ufffds le d\ufffdbut');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# edited\n'));
    await until('C-13 a line further down', () => marked().find((d) => d.range.start.line === range.start.line + 1));
    await document.save();
    await until('the end of C-13', () => (marked().length === 0 ? true : undefined));

    // Reopened as what it is, no letter looks wrong: the first of them is marked.
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'latin1'));
    const decoded = await vscode.workspace.openTextDocument(uri, { encoding: 'iso88591' });
    const found = await until('C-13 again', () => marked()[0]);
    assert.equal(decoded.getText(found.range)[0], 'è');
    await vscode.workspace.fs.delete(uri);
  });

  it('follows the typing, before the file is saved', async () => {
    const document = await openFile(
      'components/typed.yaml',
      component('    - name: initialOffset\n      value: oldest\n'),
    );
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(document.getText().lastIndexOf('oldest'));
    await editor.edit((edit) => edit.replace(new vscode.Range(at, at.translate(0, 'oldest'.length)), 'latest'));
    const found = await until('K-03', () => findingsOf(document).find((d) => ruleOf(d) === 'K-03'));
    assert.equal(document.getText(found.range), 'latest');
    assert.ok(document.isDirty);
  });

  it('leaves other YAML alone, also in the same folder', async () => {
    const other = await openFile('components/compose.yaml', 'services:\n  initialOffset: earliest\n  kafka: {}\n');
    const marked = await openFile(
      'components/after.yaml',
      component('    - name: initialOffset\n      value: earliest\n'),
    );
    // Opened after the other one: when this one is judged, the other has been.
    await until('K-03', () => findingsOf(marked).find((d) => ruleOf(d) === 'K-03'));
    assert.deepEqual(findingsOf(other), []);
  });
});
