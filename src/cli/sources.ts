import fs from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { SourceFile } from '../core/dapr/workspace.ts';
import { decode } from '../core/dapr/yaml/bytes.ts';
import { UsageError } from './command.ts';
import { readAll } from './texts.ts';

const YAML_OR_JSON = /\.(?:ya?ml|json)$/i;
const IGNORED = ['node_modules', '.git'];

/**
 * The files that PATH operands name: a file as it is, a folder searched for .yaml, .yml and .json, a glob expanded,
 * `-` read from stdin under the name given, instead of a file of that name. Sorted, each once. Throws {@link UsageError}
 * for what cannot be read.
 */
export async function readSources(
  operands: readonly string[],
  options: { cwd: string; stdin: AsyncIterable<string | Buffer>; stdinName?: string },
): Promise<SourceFile[]> {
  const { cwd, stdin, stdinName } = options;
  /** By the whole path: a file that two operands name is there once, as the first calls it. */
  const files = new Map<string, { name: string; text?: string }>();
  for (const operand of operands)
    if (operand !== '-')
      for (const name of await expand(operand, cwd)) {
        const file = path.resolve(cwd, name);
        if (!files.has(file)) files.set(file, { name });
      }
  if (operands.includes('-')) {
    if (stdinName === undefined)
      throw new UsageError(l10n.t('"-" reads stdin and needs --stdin-filename NAME, the name it is checked under.'));
    const name = toSlashes(path.normalize(stdinName));
    files.set(path.resolve(cwd, name), { name, text: decode(await readAll(stdin)) });
  }
  return [...files]
    .map(([file, { name, text }]) => ({ path: name, text: text ?? readText(file, name) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the operands name, whether it is there today or not: where to look, and which of what is found there. */
export async function placesOf(
  operands: readonly string[],
  cwd: string,
): Promise<{ places: string[]; named: (file: string) => boolean }> {
  const { default: picomatch } = await import('picomatch');
  const below = (folder: string, file: string) => toSlashes(path.relative(path.resolve(cwd, folder), file));
  const isBelow = (name: string) => !/^\.\.(?:$|\/)/.test(name);
  const parts = operands.map((operand) => {
    if (!isGlob(operand, cwd)) return { place: operand, matches: isBelow };
    const { base, glob } = picomatch.scan(toSlashes(operand));
    // As tinyglobby does: a folder that matches stands for all that is in it.
    const matches = picomatch([glob, `${glob.replace(/\/$/, '')}/**`], { dot: true });
    return { place: base || '.', matches };
  });
  return {
    places: parts.map(({ place }) => place),
    named: (file) => parts.some(({ place, matches }) => matches(below(place, path.resolve(cwd, file)))),
  };
}

const WILDCARD = /[*?{[]/;

/** A file or folder may be called like one. */
const isGlob = (operand: string, cwd: string): boolean =>
  WILDCARD.test(operand) && target(path.resolve(cwd, operand), operand) === undefined;

async function expand(operand: string, cwd: string): Promise<string[]> {
  const absolute = path.resolve(cwd, operand);
  const stat = target(absolute, operand);
  const shown = (found: string) => toSlashes(path.normalize(found));
  if (stat?.isDirectory()) return filesBelow(absolute).map((file) => shown(path.join(operand, file)));
  if (stat) return [shown(operand)];
  if (WILDCARD.test(operand)) {
    const { glob } = await import('tinyglobby');
    const ignore = IGNORED.map((name) => `**/${name}/**`);
    const found = await glob(toSlashes(operand), { cwd, dot: true, ignore });
    if (found.length > 0) return found.map(shown);
    throw new UsageError(l10n.t('No file matches {0}.', operand));
  }
  throw new UsageError(l10n.t('{0} does not exist.', operand));
}

/** YAML and JSON files at any depth, relative to `root`. Every folder once, under its own name rather than a link's. */
function filesBelow(root: string): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const folders = [''];
  const linked: string[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop() ?? linked.pop()) {
    const at = path.join(root, folder);
    const { real, entries } = orUsageError(at, () => ({
      real: fs.realpathSync.native(at),
      entries: fs.readdirSync(at, { withFileTypes: true }),
    }));
    if (seen.has(real)) continue;
    seen.add(real);
    for (const entry of entries) {
      if (IGNORED.includes(entry.name)) continue;
      const name = path.join(folder, entry.name);
      const link = entry.isSymbolicLink();
      const kind = link ? target(path.join(root, name)) : entry;
      if (kind?.isDirectory() === true) (link ? linked : folders).push(name);
      else if (kind?.isFile() === true && YAML_OR_JSON.test(name)) found.push(name);
    }
  }
  return found;
}

/** What a path leads to; undefined where that is nothing. */
function target(file: string, shown = file): fs.Stats | undefined {
  return orUsageError(shown, () => fs.statSync(file, { throwIfNoEntry: false }));
}

/** At once and in turn: for files of this size the detour over threads costs four times the reading. */
function readText(file: string, shown: string): string {
  return decode(orUsageError(shown, () => fs.readFileSync(file)));
}

function orUsageError<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read: {1}', name, (error as Error).message));
  }
}

const toSlashes = (file: string) => file.split(path.sep).join('/');
