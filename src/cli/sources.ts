import fs from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { glob } from 'tinyglobby';
import type { SourceFile } from '../core/dapr/workspace.ts';
import { UsageError } from './command.ts';
import { readAll } from './texts.ts';

const YAML_OR_JSON = ['yaml', 'yml', 'json'];
const IGNORED = ['**/node_modules/**', '**/.git/**'];

/**
 * The files that PATH operands name: a file as it is, a folder searched for .yaml, .yml and .json, a glob expanded,
 * `-` read from stdin under the name given. Sorted, each once. Throws {@link UsageError} for what cannot be read.
 */
export async function readSources(
  operands: readonly string[],
  options: { cwd: string; stdin: AsyncIterable<string | Buffer>; stdinName?: string },
): Promise<SourceFile[]> {
  const files = new Map<string, string | null>();
  for (const operand of operands) {
    if (operand === '-') {
      if (options.stdinName === undefined)
        throw new UsageError(l10n.t('"-" reads stdin and needs --stdin-filename NAME, the name it is checked under.'));
      files.set(toSlashes(options.stdinName), await readAll(options.stdin));
    } else for (const file of await expand(operand, options.cwd)) files.set(file, null);
  }
  const names = [...files.keys()].sort();
  return inParallel(names, async (name) => {
    const text = files.get(name) ?? null;
    return { path: name, text: text ?? (await readText(path.resolve(options.cwd, name))) };
  });
}

async function expand(operand: string, cwd: string): Promise<string[]> {
  const absolute = path.resolve(cwd, operand);
  const stat = await fs.stat(absolute).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new UsageError(l10n.t('{0} cannot be read: {1}', operand, error.message));
  });
  const shown = (found: string) => toSlashes(path.normalize(found));
  if (stat?.isDirectory()) {
    const found = await glob(`**/*.{${YAML_OR_JSON.join(',')}}`, { cwd: absolute, dot: true, ignore: IGNORED });
    return found.map((file) => shown(path.join(operand, file)));
  }
  if (stat) return [shown(operand)];
  if (/[*?{[]/.test(operand)) {
    const found = await glob(toSlashes(operand), { cwd, dot: true, ignore: IGNORED });
    if (found.length > 0) return found.map(shown);
    throw new UsageError(l10n.t('No file matches {0}.', operand));
  }
  throw new UsageError(l10n.t('{0} does not exist.', operand));
}

async function readText(file: string): Promise<string> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(l10n.t('{0} cannot be read: {1}', file, (error as Error).message));
  }
}

/** A thousand files at once would run into the limit of open files. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += 64) results.push(...(await Promise.all(items.slice(i, i + 64).map(work))));
  return results;
}

const toSlashes = (file: string) => file.split(path.sep).join('/');
