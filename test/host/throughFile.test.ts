// Files of other file systems, as a virtual workspace has them: VS Code itself copies there.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { throughFile } from '../../src/editor/messages/throughFile.ts';

/** A file system in memory with one folder, which anybody may write to, or nobody. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, Uint8Array>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  watch = () => new vscode.Disposable(() => undefined);

  stat(uri: vscode.Uri): vscode.FileStat {
    const times = { ctime: 0, mtime: 0 };
    if (uri.path === '/') return { type: vscode.FileType.Directory, size: 0, ...times };
    return { type: vscode.FileType.File, size: this.readFile(uri).length, ...times };
  }

  readDirectory = (): [string, vscode.FileType][] =>
    [...this.files.keys()].map((name) => [name.slice(1), vscode.FileType.File]);

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.files.get(uri.path);
    if (!bytes) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): void {
    this.files.set(uri.path, content);
  }

  createDirectory = (uri: vscode.Uri): void => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  delete = (uri: vscode.Uri): void => void this.files.delete(uri.path);
  rename = (uri: vscode.Uri): void => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
}

describe('a file of another file system', () => {
  const memory = new MemoryFiles();
  const registered: vscode.Disposable[] = [];
  before(() => {
    registered.push(
      vscode.workspace.registerFileSystemProvider('memory-files', memory),
      vscode.workspace.registerFileSystemProvider('read-only-files', new MemoryFiles(), { isReadonly: true }),
    );
  });
  after(() => registered.forEach((one) => void one.dispose()));

  /** 60,000 lines; `beside` is told where they were written. */
  const lines = Array.from({ length: 60_000 }, (_, i) => `{"partition":0,"offset":${i},"value":"소식 ${i}"}\n`);
  const write = (beside: string[]) => async (file: string) => {
    beside.push(file);
    for (let at = 0; at < lines.length; at += 10_000) await appendFile(file, lines.slice(at, at + 10_000).join(''));
    return lines.length;
  };

  it('gets every byte, in the place of what was there, and nothing stays on this machine', async () => {
    const target = vscode.Uri.parse('memory-files:/orders.jsonl');
    await vscode.workspace.fs.writeFile(target, Buffer.from('old'));
    const beside: string[] = [];
    assert.equal(await throughFile(target, write(beside)), lines.length);
    const text = Buffer.from(await vscode.workspace.fs.readFile(target)).toString('utf8');
    assert.equal(text.length, lines.join('').length);
    assert.ok(text === lines.join(''));
    assert.deepEqual([...memory.files.keys()], ['/orders.jsonl']);
    assert.deepEqual([beside.length, existsSync(path.dirname(beside[0]!))], [1, false]);
  });

  it('that takes none is named, with what to do', async () => {
    const beside: string[] = [];
    await assert.rejects(throughFile(vscode.Uri.parse('read-only-files:/orders.jsonl'), write(beside)), {
      message:
        /^read-only-files:\/orders\.jsonl cannot be written: .*read-?only.* Export to a file on this machine instead\.$/i,
    });
    assert.deepEqual([beside.length, existsSync(path.dirname(beside[0]!))], [1, false]);
  });
});
