import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Uri } from 'vscode';
import { throughFile } from './throughFile.ts';

const copy = vi.hoisted(() => vi.fn<(from: { fsPath: string }, to: Uri, options: unknown) => Promise<void>>());
vi.mock('vscode', () => ({
  Uri: { file: (fsPath: string) => ({ fsPath }) },
  workspace: { fs: { copy } },
}));

const uri = (scheme: string) =>
  ({
    scheme,
    fsPath: '/there/orders.jsonl',
    path: '/there/orders.jsonl',
    toString: () => `${scheme}:/there/orders.jsonl`,
  }) as Uri;
const writer = () => {
  const files: string[] = [];
  return {
    files,
    write: async (file: string) => {
      files.push(file);
      if (!file.startsWith('/there')) await writeFile(file, 'lines');
      return 5;
    },
  };
};

beforeEach(() => void copy.mockReset());

test('a file of this machine is written where it is to be', async () => {
  const { files, write } = writer();
  expect(await throughFile(uri('file'), write)).toBe(5);
  expect(files).toEqual(['/there/orders.jsonl']);
  expect(copy).not.toHaveBeenCalled();
});

test('one of another file system is copied there whole, and nothing stays behind', async () => {
  const { files, write } = writer();
  const copied: string[] = [];
  copy.mockImplementation(async ({ fsPath }) => void copied.push(await readFile(fsPath, 'utf8')));
  const target = uri('memfs');
  expect(await throughFile(target, write)).toBe(5);
  expect(copied).toEqual(['lines']);
  expect(copy.mock.calls.map(([, to, options]) => [to, options])).toEqual([[target, { overwrite: true }]]);
  expect(existsSync(path.dirname(files[0]!))).toBe(false);
});

test('where it takes no file that is said, and nothing stays behind', async () => {
  const { files, write } = writer();
  copy.mockRejectedValue(new Error('Read-only file system.'));
  await expect(throughFile(uri('vscode-vfs'), write)).rejects.toThrow(
    'vscode-vfs:/there/orders.jsonl cannot be written: Read-only file system. Export to a file on this machine instead.',
  );
  expect(existsSync(path.dirname(files[0]!))).toBe(false);
});

test('what could not be written is not copied', async () => {
  await expect(throughFile(uri('memfs'), () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  expect(copy).not.toHaveBeenCalled();
});
