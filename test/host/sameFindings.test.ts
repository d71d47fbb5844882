// The editor and `kafka-dapr lint` say the same of the same files: real ones that people wrote.
import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import { ruleOf, until } from './support.ts';

/** Of the checkout: tests are bundled to out/host. */
const ROOT = path.resolve(__dirname, '../..');
const SEVERITIES = ['error', 'warning', 'info'];

interface Line {
  file: string;
  rule: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  severity: string;
  message: string;
}

const textOf = (l: Line) =>
  `${l.file}:${l.line}:${l.column}-${l.endLine}:${l.endColumn} ${l.severity} ${l.rule} ${l.message}`;

async function ofTheCommand(folder: string): Promise<string[]> {
  const stdout = await new Promise<string>((resolve, reject) => {
    const args = [path.join(ROOT, 'dist/cli.js'), 'lint', '.', '--json'];
    // VS Code on a desktop is Electron, which is Node when it is told to.
    const env = { PATH: process.env.PATH, LC_ALL: 'C', ELECTRON_RUN_AS_NODE: '1' };
    const options = { cwd: folder, env, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, out) => {
      // 1: there are findings.
      if (error && error.code !== 1) reject(new Error('The command failed.', { cause: error }));
      else resolve(out);
    });
  });
  return (JSON.parse(stdout) as { findings: Line[] }).findings.map(textOf).sort();
}

function ofTheEditor(): string[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics.flatMap((diagnostic) => {
        const { range, severity, message } = diagnostic;
        const rule = ruleOf(diagnostic);
        if (rule === undefined) return [];
        return textOf({
          file: vscode.workspace.asRelativePath(uri),
          line: range.start.line + 1,
          column: range.start.character + 1,
          endLine: range.end.line + 1,
          endColumn: range.end.character + 1,
          severity: SEVERITIES[severity] ?? '',
          rule,
          message,
        });
      }),
    )
    .sort();
}

describe('the editor and the command', () => {
  it('say the same, at the same places, of seventy files of real projects', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const files = path.join(folder.uri.fsPath, 'real');
    // What other tests left open and unsaved is not on the disk, where the command reads.
    await vscode.workspace.saveAll();
    await cp(path.join(ROOT, 'test/fixtures/component-files'), files, { recursive: true });
    try {
      const expected = await ofTheCommand(folder.uri.fsPath);
      assert.ok(expected.filter((line) => line.startsWith('real/')).length > 200, 'the files have faults');
      await until('the same findings', () => (isSame(ofTheEditor(), expected) ? true : undefined)).catch(() =>
        assert.deepEqual(ofTheEditor(), expected),
      );
    } finally {
      await rm(files, { recursive: true });
    }
  });
});

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, i) => line === other[i]);
}
