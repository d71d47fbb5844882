// Which texts are files of the workspace: what a diff shows and what a build copies is not, and what was deleted no longer.
import * as assert from 'node:assert/strict';
import { rm, symlink } from 'node:fs/promises';
import * as vscode from 'vscode';
import { findingsOf, openFile, ruleOf, until } from './support.ts';

/** daprd refuses it: K-03. */
const stopping = (name: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: localhost:9092
    - name: authType
      value: none
    - name: initialOffset
      value: earliest
`;

const inFolder = (name: string) => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
};
const write = (name: string, text: string) =>
  vscode.workspace.fs.writeFile(inFolder(name), new TextEncoder().encode(text));
const rulesOf = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).map(ruleOf);
const marked = (uri: vscode.Uri) => until(`K-03 in ${uri.path}`, () => rulesOf(uri).includes('K-03'));
const clean = (uri: vscode.Uri) => until(`no findings in ${uri.path}`, () => rulesOf(uri).length === 0);
/** All files with findings of the extension whose path has this in it. */
const markedWith = (part: string) =>
  vscode.languages
    .getDiagnostics()
    .filter(([uri, found]) => uri.path.includes(part) && found.some((d) => ruleOf(d) !== undefined))
    .map(([uri]) => uri.toString());

/** What came before is judged when this new file is. */
let probes = 0;
async function judged(): Promise<void> {
  const name = `which/probe${++probes}.yaml`;
  await write(name, stopping(`probe${probes}`));
  await marked(inFolder(name));
}

describe('the files of the workspace', () => {
  it('a former version that a diff shows is none', async () => {
    const text = stopping('former');
    const provider = vscode.workspace.registerTextDocumentContentProvider('former', {
      provideTextDocumentContent: () => text,
    });
    const now = await openFile('which/former.yaml', text);
    await until('K-03', () => findingsOf(now).some((d) => ruleOf(d) === 'K-03'));
    await judged();
    const alone = rulesOf(now.uri).sort();
    const former = now.uri.with({ scheme: 'former' });
    await vscode.commands.executeCommand('vscode.diff', former, now.uri);
    await until('the diff', () => vscode.workspace.textDocuments.some((d) => d.uri.scheme === 'former'));
    await judged();
    assert.deepEqual(markedWith('which/former'), [now.uri.toString()]);
    assert.deepEqual(rulesOf(now.uri).sort(), alone);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    provider.dispose();
  });

  it('one of a file system that cannot be written is none either, nor after it was closed', async () => {
    const bytes = new TextEncoder().encode(stopping('revision'));
    const nothing = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
    const refuse = () => {
      throw vscode.FileSystemError.NoPermissions();
    };
    const files = vscode.workspace.registerFileSystemProvider(
      'revision',
      {
        onDidChangeFile: nothing.event,
        watch: () => nothing,
        stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length }),
        readFile: () => bytes,
        readDirectory: () => [],
        writeFile: refuse,
        createDirectory: refuse,
        delete: refuse,
        rename: refuse,
      },
      { isReadonly: true },
    );
    await write('which/revision.yaml', stopping('revision'));
    await marked(inFolder('which/revision.yaml'));
    const former = inFolder('which/revision.yaml').with({ scheme: 'revision' });
    const document = await vscode.workspace.openTextDocument(former);
    await vscode.window.showTextDocument(document);
    await judged();
    assert.deepEqual(markedWith('which/revision'), [inFolder('which/revision.yaml').toString()]);
    // A text that is given another language is closed and opened again.
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await judged();
    assert.deepEqual(markedWith('which/revision'), [inFolder('which/revision.yaml').toString()]);
    files.dispose();
  });

  it('what a build copies into its folder is none', async () => {
    await write('target/classes/components/pubsub.yaml', stopping('built'));
    await write('which/built.yaml', stopping('built'));
    await marked(inFolder('which/built.yaml'));
    await judged();
    assert.deepEqual(markedWith('target/'), []);
  });

  it('one that is too large to be read is told, until it is open or gone', async () => {
    const told = () => vscode.languages.getDiagnostics(inFolder('which/huge.yaml')).map(({ message }) => message);
    const sentence =
      'which/huge.yaml is larger than 10 MiB and is not read. Components and subscriptions in it are not known here.';
    const filling = `# ${'x'.repeat(1022)}\n`.repeat(10 * 1024 + 1);
    await write('which/data.json', `{ "a": "${filling.replaceAll('\n', ' ')}" }`);
    await write('which/huge.yaml', stopping('huge') + filling);
    await until('the sentence', () => told().includes(sentence));
    assert.deepEqual(told(), [sentence]);
    await vscode.workspace.openTextDocument(inFolder('which/huge.yaml'));
    await marked(inFolder('which/huge.yaml'));
    assert.ok(!told().includes(sentence));
    await vscode.workspace.fs.delete(inFolder('which/huge.yaml'));
    await clean(inFolder('which/huge.yaml'));
    assert.deepEqual(vscode.languages.getDiagnostics(inFolder('which/data.json')), []);
    await vscode.workspace.fs.delete(inFolder('which/data.json'));
  });

  it('one that cannot be read is told with the reason', async () => {
    const file = inFolder('which/loop.yaml');
    await symlink(file.fsPath, file.fsPath);
    const told = () => vscode.languages.getDiagnostics(file).map(({ message }) => message);
    await until('the sentence', () => told().some((text) => text.startsWith('which/loop.yaml cannot be read: ')));
    assert.equal(told().length, 1);
    await rm(file.fsPath);
    await until('no sentence', () => told().length === 0);
  });

  it('those of a folder that is deleted are no longer there', async () => {
    for (const name of ['a', 'deep/b']) await write(`doomed/${name}.yaml`, stopping('doomed'));
    for (const name of ['a', 'deep/b']) await marked(inFolder(`doomed/${name}.yaml`));
    await vscode.workspace.fs.delete(inFolder('doomed'), { recursive: true });
    for (const name of ['a', 'deep/b']) await clean(inFolder(`doomed/${name}.yaml`));
  });

  it('those of a folder that gets another name are found under it, and no longer under the old one', async () => {
    for (const name of ['a', 'deep/b']) await write(`before/${name}.yaml`, stopping('moved'));
    for (const name of ['a', 'deep/b']) await marked(inFolder(`before/${name}.yaml`));
    await vscode.workspace.fs.rename(inFolder('before'), inFolder('after'));
    for (const name of ['a', 'deep/b']) {
      await clean(inFolder(`before/${name}.yaml`));
      await marked(inFolder(`after/${name}.yaml`));
    }
  });
});
