import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { SourceFile } from '../dapr/workspace.ts';

const run = promisify(execFile);
const GIT_LIMITS = { timeout: 30_000, maxBuffer: 256 * 1024 * 1024 };

/** git is not there, the folder is no checkout, or it has no such revision. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

/**
 * The YAML and JSON files under the operands as they were at a git revision, named as today's files are (relative to
 * `cwd`). A file that did not exist then is absent; one that is gone today is present, and so is, under its old name,
 * one that git tells was renamed since. Throws {@link GitFailure}.
 */
export async function filesAtRevision(
  revision: string,
  operands: readonly string[],
  today: readonly Pick<SourceFile, 'path'>[],
  { cwd, signal }: { cwd: string; signal: AbortSignal },
): Promise<SourceFile[]> {
  const git = async (...args: string[]) => (await run('git', args, { cwd, signal, ...GIT_LIMITS })).stdout;
  try {
    const commit = (await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim();
    const named = [...operands.filter((o) => o !== '-'), ...today.map((file) => file.path)];
    const paths = [...new Set([...named, ...(await renamed(git, commit, named))])];
    // --full-name would name files from the top of the checkout; without it they are relative to cwd, as ours are.
    const listed = await git('ls-tree', '-r', '-z', commit, '--', ...paths);
    const entries = listed.split('\0').flatMap((line) => {
      const [, object, name] = /^\d+ blob (\w+)\t(.*\.(?:ya?ml|json))$/is.exec(line) ?? [];
      return object === undefined || name === undefined ? [] : [{ object, path: path.posix.normalize(name) }];
    });
    const texts = await contents(
      entries.map((entry) => entry.object),
      { cwd, signal },
    );
    return entries.map((entry, i) => ({ path: entry.path, text: texts[i] ?? '' }));
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim();
    throw new GitFailure(
      l10n.t('git could not show the files at {0}: {1}', revision, stderr ?? (error as Error).message),
    );
  }
}

/** What files under these paths were called at the commit, relative to `cwd`; git compares with the working tree. */
async function renamed(
  git: (...args: string[]) => Promise<string>,
  commit: string,
  paths: readonly string[],
): Promise<string[]> {
  const prefix = (await git('rev-parse', '--show-prefix')).trim();
  const fields = (await git('diff', '--find-renames', '--diff-filter=R', '--name-status', '-z', commit)).split('\0');
  const under = paths.map((p) => path.posix.join(prefix, p));
  const names: string[] = [];
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [before = '', after = ''] = fields.slice(i + 1, i + 3);
    const ours = under.some(
      (folder) => folder === '.' || after === folder || after.startsWith(`${folder.replace(/\/$/, '')}/`),
    );
    if (ours) names.push(path.posix.relative(prefix, before));
  }
  return names;
}

/** Texts of blobs by one process, in the order asked. Its answer: `<object> blob <bytes>\n<bytes>\n` for each. */
async function contents(objects: readonly string[], options: { cwd: string; signal: AbortSignal }): Promise<string[]> {
  const answer = run('git', ['cat-file', '--batch'], { ...options, ...GIT_LIMITS, encoding: 'buffer' });
  answer.child.stdin?.end(objects.map((object) => `${object}\n`).join(''));
  const { stdout } = await answer;
  const texts: string[] = [];
  for (let at = 0; texts.length < objects.length;) {
    const end = stdout.indexOf('\n', at);
    const length = Number(stdout.toString('latin1', at, end).split(' ')[2]);
    texts.push(stdout.toString('utf8', end + 1, end + 1 + length));
    at = end + 1 + length + 1;
  }
  return texts;
}
