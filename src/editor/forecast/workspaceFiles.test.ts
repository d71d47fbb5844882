import { beforeEach, expect, test, vi } from 'vitest';
import { NOT_UTF8 } from '../../core/dapr/yaml/parse.ts';
import { LARGEST_FILE } from '../../shared/skippedFile.ts';
import { readWorkspace, workspaceFiles } from './workspaceFiles.ts';

/** What is on the disk: bytes, how many there would be, or why they cannot be had. */
const disk = vi.hoisted(() => new Map<string, Uint8Array | number | Error>());
/** Texts in editors. */
const open = vi.hoisted(() => new Map<string, string>());
const { FileSystemError } = vi.hoisted(() => ({
  FileSystemError: class extends Error {
    readonly code: string;
    constructor(code: string, message: string) {
      super(message);
      this.code = code;
    }
  },
}));
vi.mock('vscode', () => {
  const at = (path: string) => ({ path, toString: () => path });
  const found = ({ path }: { path: string }) => {
    const kept = disk.get(path);
    return kept instanceof Error ? Promise.reject(kept) : Promise.resolve(kept ?? 0);
  };
  return {
    FileSystemError,
    workspace: {
      workspaceFolders: [{ name: 'shop' }],
      getWorkspaceFolder: () => ({ index: 0 }),
      asRelativePath: ({ path }: { path: string }) => path,
      findFiles: () => Promise.resolve([...disk.keys()].map(at)),
      get textDocuments() {
        return [...open].map(([path, text]) => ({ uri: at(path), getText: () => text }));
      },
      fs: {
        stat: async (uri: { path: string }) => {
          const kept = await found(uri);
          return { size: typeof kept === 'number' ? kept : kept.length };
        },
        readFile: async (uri: { path: string }) => {
          const kept = await found(uri);
          return typeof kept === 'number' ? new Uint8Array(kept) : kept;
        },
      },
    },
  };
});

beforeEach(() => (disk.clear(), open.clear()));

const bytes = (text: string) => new TextEncoder().encode(text);

test('a file that is too large, or that cannot be read, is told and takes no other away', async () => {
  disk.set('pubsub.yaml', bytes('kind: Component'));
  disk.set('huge.yaml', LARGEST_FILE + 1);
  disk.set('just.yaml', LARGEST_FILE);
  disk.set('locked.yaml', new FileSystemError('NoPermissions', 'EACCES: permission denied'));
  disk.set('gone.yaml', new FileSystemError('FileNotFound', 'no such file'));
  const { files, skipped } = await readWorkspace();
  expect(files.map(({ path }) => path)).toEqual(['pubsub.yaml', 'just.yaml']);
  expect(skipped).toEqual([
    'huge.yaml is larger than 10 MiB and is not read. Components and subscriptions in it are not known here.',
    'locked.yaml cannot be read: EACCES: permission denied. Components and subscriptions in it are not known here.',
  ]);
  expect(await workspaceFiles()).toEqual(files);
});

test('what is open in an editor is read there, however large its file', async () => {
  disk.set('huge.yaml', LARGEST_FILE + 1);
  open.set('huge.yaml', 'kind: Component');
  expect(await readWorkspace()).toEqual({ files: [{ path: 'huge.yaml', text: 'kind: Component' }], skipped: [] });
});

test('bytes are read as daprd reads them: UTF-16 by its mark, and what is no text is marked as none', async () => {
  disk.set('utf16.yaml', Uint8Array.of(0xff, 0xfe, 0x61, 0x00, 0xe9, 0x00));
  disk.set('latin1.yaml', Uint8Array.of(0x61, 0xe9, 0x62));
  expect((await readWorkspace()).files).toEqual([
    { path: 'utf16.yaml', text: 'aé' },
    { path: 'latin1.yaml', text: `a${NOT_UTF8}b` },
  ]);
});

test('a fault of the program is no file that cannot be read', async () => {
  disk.set('a.yaml', new TypeError('a fault'));
  await expect(readWorkspace()).rejects.toThrow('a fault');
});
