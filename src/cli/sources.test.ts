import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintWorkspace } from '../core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../core/dapr/lintOptions.ts';
import { NOT_UTF8 } from '../core/dapr/yaml/parse.ts';
import { placesOf, readSources } from './sources.ts';

const COMPONENT =
  'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: p\nspec:\n  type: pubsub.in-memory\n  version: v1\n';

let cwd: string;
beforeEach(() => (cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'sources-'))));
afterEach(() => fs.rmSync(cwd, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array) => {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), content);
};
const read = (operands: string[], stdin: Buffer[] = [], stdinName = 'in.yaml') =>
  readSources(operands, { cwd, stdin: Readable.from(stdin), stdinName });
const names = async (...operands: string[]) => (await read(operands)).map((file) => file.path);

describe('which files', () => {
  it('are those of a folder that daprd could read, at any depth and in any letter case, sorted', async () => {
    for (const name of ['c/b.yml', 'c/a.yaml', 'c/.hidden/k.YAML', 'c/d/e.json', 'c/notes.md', 'c/node_modules/x.yaml'])
      write(name, COMPONENT);
    expect(await names('c')).toEqual(['c/.hidden/k.YAML', 'c/a.yaml', 'c/b.yml', 'c/d/e.json']);
    expect(await names('c/*.y*ml', 'c/a.yaml')).toEqual(['c/a.yaml', 'c/b.yml']);
  });

  it('are each read once, by their own name rather than a link’s, however the links run in circles', async () => {
    write('own/kafka.yaml', COMPONENT);
    write('elsewhere/redis.yaml', COMPONENT);
    fs.symlinkSync('../own', path.join(cwd, 'own', 'again'));
    fs.symlinkSync('../elsewhere', path.join(cwd, 'own', 'linked'));
    fs.symlinkSync('nowhere', path.join(cwd, 'own', 'gone.yaml'));
    expect(await names('own')).toEqual(['own/kafka.yaml', 'own/linked/redis.yaml']);
    expect(await names('.')).toEqual(['elsewhere/redis.yaml', 'own/kafka.yaml']);
  });

  it('are each there once, as they are called first, whatever else names them', async () => {
    write('c/a.yaml', COMPONENT);
    expect(await names('./c/a.yaml', 'c', path.join(cwd, 'c'), 'c/*.yaml')).toEqual(['c/a.yaml']);
    expect(await names(path.join(cwd, 'c'), 'c')).toEqual([path.join(cwd, 'c/a.yaml')]);
  });

  it('are what stdin says, which an editor has not saved yet, wherever "-" stands and however often', async () => {
    write('c/a.yaml', COMPONENT);
    write('c/b.yaml', COMPONENT);
    const edited = [
      { path: 'c/a.yaml', text: '# edited\n' },
      { path: 'c/b.yaml', text: COMPONENT },
    ];
    for (const operands of [
      ['-', 'c'],
      ['c', '-'],
      ['-', 'c', '-'],
    ])
      expect(await read(operands, [Buffer.from('# edited\n')], './c/a.yaml')).toEqual(edited);
  });

  it('are told by a pattern whether they are there today or not, as the pattern finds them', async () => {
    write('c/d/now.yaml', COMPONENT);
    const operands = ['c/*.yaml', '{x,y}/**/k.json', '../up/[ab].yml', 'c/d', path.join(cwd, 'abs/*.yaml'), 'z/t*'];
    const { places, named } = await placesOf(operands, cwd);
    expect(places).toEqual(['c', '.', '../up', 'c/d', path.join(cwd, 'abs'), 'z']);
    const yes = [
      'c/gone.yaml',
      'c/.gone.yaml',
      'x/k.json',
      'y/1/2/k.json',
      '../up/a.yml',
      'c/d/e/any.json',
      'abs/k.yaml',
    ];
    expect(yes.filter((file) => !named(file))).toEqual([]);
    expect(named('z/tests/k.yaml')).toBe(true);
    const no = [
      'c/gone.yml',
      'c/e/gone.yaml',
      'z/k.json',
      'x/k.yaml',
      '../up/c.yml',
      'a.yaml',
      'abs/b/k.yaml',
      '../k.yaml',
    ];
    expect(no.filter(named)).toEqual([]);
  });

  it('are named where there are none', async () => {
    await expect(read(['gone.yaml'])).rejects.toThrow('gone.yaml does not exist.');
    await expect(read(['*.yaml'])).rejects.toThrow('No file matches *.yaml.');
    write('kafka.yaml', COMPONENT);
    await expect(read(['kafka.yaml/x'])).rejects.toThrow('kafka.yaml/x does not exist.');
  });

  it('are named where one cannot be read', async () => {
    fs.symlinkSync('circle.yaml', path.join(cwd, 'circle.yaml'));
    await expect(read(['.'])).rejects.toThrow(/circle\.yaml cannot be read: ELOOP/);
  });
});

describe('what bytes say', () => {
  const faults = async (content: Uint8Array) => {
    write('a.yaml', content);
    const files = await read(['a.yaml']);
    const findings = lintWorkspace(files, DEFAULT_LINT_OPTIONS).get('a.yaml');
    return findings?.map(({ rule, consequence, message, range }) => ({
      rule,
      consequence,
      message: message.slice(0, 140),
      at: files[0]?.text.slice(range.start, range.end),
    }));
  };

  it('is refused by daprd where they are no UTF-8, also in a comment', async () => {
    // "daprd load Component error when parsing manifests yaml resource in …: yaml: incomplete UTF-8 octet sequence" (executed with 1.18)
    const latin1 = Buffer.from(`${COMPONENT}# caf\xe9`, 'latin1');
    expect(await faults(latin1)).toEqual([
      {
        rule: 'C-13',
        consequence: 'not-loaded',
        message: expect.stringContaining('It is no YAML: invalid UTF-8 (save the file as UTF-8).') as string,
        at: NOT_UTF8,
      },
    ]);
    expect(
      await faults(Buffer.from(`${COMPONENT}# café, and what an editor writes for a lost character: \ufffd`)),
    ).toEqual([]);
  });

  it('is the same with and without a byte order mark, and in UTF-16', async () => {
    const utf16 = Buffer.from(`\ufeff${COMPONENT}`, 'utf16le');
    for (const bytes of [Buffer.from(`\ufeff${COMPONENT}`), utf16, Buffer.from(utf16).swap16()]) {
      write('a.yaml', bytes);
      expect(await read(['a.yaml'])).toEqual([{ path: 'a.yaml', text: COMPONENT }]);
    }
  });

  it('comes from stdin as well, a character over two chunks included', async () => {
    const bytes = Buffer.from('# café\n');
    expect(await read(['-'], [bytes.subarray(0, 6), bytes.subarray(6)])).toEqual([
      { path: 'in.yaml', text: '# café\n' },
    ]);
  });
});
