import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { SourceFile } from '../dapr/workspace.ts';
import { movedComponents, movedTo } from './movedFiles.ts';

const run = promisify(execFile);
/** Nobody else's git waits for what only looks. */
const LIMITS = {
  timeout: 30_000,
  maxBuffer: 256 * 1024 * 1024,
  env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
};
const YAML_OR_JSON = /\.(?:ya?ml|json)$/i;

/** git is not there, the folder is no checkout, or it has no such revision. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

/** Where git is asked, and about which paths there. */
interface Checkout {
  /** Absolute: the top of a repository's files, of a worktree or of a submodule. */
  top: string;
  /** Relative to the top; `.`: all of it. */
  paths: string[];
  /** Of a file, relative to the top: it is under the paths, and meant. */
  isNamed: (name: string) => boolean;
}

/**
 * The YAML and JSON files under the operands as they were at a git revision, named as today's files are (relative to
 * `cwd`). A file that did not exist then is absent; one that is gone today is present, and so is, under its old name,
 * one that was moved since to where an operand leads; of a component that was moved out of a file, or into one, only its
 * own document. A submodule is taken at the commit which the revision of the
 * repository around it names. Throws {@link GitFailure}.
 * @param today names of today's files under the operands
 * @param named which of the files under the operands are meant, relative to `cwd`; default: all
 */
export async function filesAtRevision(
  revision: string,
  operands: readonly string[],
  today: readonly Pick<SourceFile, 'path'>[],
  { cwd, signal, named: isMeant }: { cwd: string; signal: AbortSignal; named?: (file: string) => boolean },
): Promise<SourceFile[]> {
  try {
    const current = new Set(today.map((file) => file.path));
    const named = [...operands.filter((o) => o !== '-'), ...today.map((file) => file.path)];
    const checkouts = await checkoutsOf(named, cwd);
    const home = await topOf(cwd);
    const found: SourceFile[] = [];
    for (const { top, paths } of checkouts) {
      const git: Git = async (...args) => (await run('git', args, { cwd: top, signal, ...LIMITS })).stdout;
      const isWithin = home !== undefined && home !== top && isUnder(slashes(home), slashes(top));
      const commit = isWithin ? await submoduleCommit(home, revision, top, signal) : await commitOf(git, revision, top);
      if (commit === undefined) continue;
      const nameOf = (file: string) => slashes(path.relative(cwd, path.join(top, file)));
      const isNamed = (file: string) =>
        paths.some((p) => isUnder(p, file)) &&
        (isMeant === undefined || current.has(nameOf(file)) || isMeant(nameOf(file)));
      for (const file of await filesAt(git, commit, { top, paths, isNamed }, signal))
        found.push({ path: nameOf(file.path), text: file.text });
    }
    return found;
  } catch (error) {
    if (error instanceof GitFailure) throw error;
    signal.throwIfAborted();
    const stderr = (error as { stderr?: string }).stderr?.trim();
    throw new GitFailure(
      l10n.t('git could not show the files at {0}: {1}', revision, stderr || (error as Error).message),
    );
  }
}

type Git = (...args: string[]) => Promise<string>;

async function commitOf(git: Git, revision: string, top: string): Promise<string> {
  try {
    return (await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim();
  } catch (error) {
    if (!/Needed a single revision|unknown revision|bad revision/.test((error as { stderr?: string }).stderr ?? ''))
      throw error;
    const isShallow = (await git('rev-parse', '--is-shallow-repository')).trim() === 'true';
    throw new GitFailure(
      isShallow
        ? l10n.t(
            'git knows no revision {0} in {1}: this is a shallow clone. Fetch what it lacks, as with git fetch --unshallow (in GitHub Actions: fetch-depth: 0 for actions/checkout).',
            revision,
            top,
          )
        : l10n.t(
            'git knows no revision {0} in {1}. git branch -a and git tag list the names there are.',
            revision,
            top,
          ),
    );
  }
}

/** What the repository at `home` had of a submodule; undefined: it did not have it then. */
async function submoduleCommit(
  home: string,
  revision: string,
  top: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const git: Git = async (...args) => (await run('git', args, { cwd: home, signal, ...LIMITS })).stdout;
  const commit = await commitOf(git, revision, home);
  const entry = await git('ls-tree', '-z', commit, '--', slashes(path.relative(home, top)));
  return /^160000 commit (\w+)\t/.exec(entry)?.[1];
}

async function filesAt(git: Git, commit: string, checkout: Checkout, signal: AbortSignal): Promise<SourceFile[]> {
  const at = { cwd: checkout.top, signal };
  const entries = await entriesAt(git, commit, checkout.paths);
  const files = await textsOf(
    entries.filter(({ path: name }) => checkout.isNamed(name)),
    at,
  );
  return [...files, ...(await movedFrom(git, commit, checkout, files, at))];
}

interface Entry {
  object: string;
  path: string;
}

async function entriesAt(git: Git, commit: string, paths: readonly string[]): Promise<Entry[]> {
  if (paths.length === 0) return [];
  const listed = await git('ls-tree', '-r', '-z', commit, '--', ...paths);
  return listed.split('\0').flatMap((line) => {
    const [, object, name] = /^\d+ blob (\w+)\t(.*)$/s.exec(line) ?? [];
    return object !== undefined && name !== undefined && YAML_OR_JSON.test(name) ? [{ object, path: name }] : [];
  });
}

/** What of the commit stood elsewhere, and stands in a named file today: whole files, and single components. */
async function movedFrom(
  git: Git,
  commit: string,
  { top, paths, isNamed }: Checkout,
  named: readonly SourceFile[],
  at: { cwd: string; signal: AbortSignal },
): Promise<SourceFile[]> {
  const fields = (await git('diff', '--no-relative', '--no-renames', '--name-status', '-z', commit)).split('\0');
  const isOurs = (name: string) => YAML_OR_JSON.test(name);
  // Status and name by turns.
  const changed = (status: RegExp) =>
    fields.flatMap((field, i) => (status.test(field) && i % 2 === 0 ? [fields[i + 1] ?? ''] : [])).filter(isOurs);
  const elsewhere = changed(/^[DM]$/).filter((name) => !isNamed(name));
  if (elsewhere.length === 0) return [];
  const untracked = (await git('ls-files', '--others', '--exclude-standard', '-z', '--', ...paths)).split('\0');
  const added = [...new Set([...changed(/^A$/), ...untracked.filter(isOurs)])].filter(isNamed);
  const altered = changed(/^M$/).filter(isNamed);
  if (added.length + altered.length === 0) return [];
  const textNow = (name: string) => fs.readFile(path.join(top, name), 'utf8').catch(() => '');
  const before = await textsOf(await entriesAt(git, commit, elsewhere), at);
  const sources = await Promise.all(
    before.map(async (file) => ({ path: file.path, before: file.text, now: await textNow(file.path) })),
  );
  const now = await Promise.all([...added, ...altered].map(textNow));
  const gone = new Set(changed(/^D$/));
  const whole = movedTo(
    now.slice(0, added.length),
    before.filter((file) => gone.has(file.path)),
  );
  return [...whole, ...movedComponents(sources, now, [...named, ...whole])];
}

async function textsOf(entries: readonly Entry[], at: { cwd: string; signal: AbortSignal }): Promise<SourceFile[]> {
  const texts = await contents(
    entries.map((entry) => entry.object),
    at,
  );
  return entries.map((entry, i) => ({ path: entry.path, text: texts[i] ?? '' }));
}

/** Texts of blobs by one process, in the order asked. Its answer: `<object> blob <bytes>\n<bytes>\n` for each. */
async function contents(objects: readonly string[], options: { cwd: string; signal: AbortSignal }): Promise<string[]> {
  if (objects.length === 0) return [];
  const answer = run('git', ['cat-file', '--batch'], { ...options, ...LIMITS, encoding: 'buffer' });
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

async function checkoutsOf(named: readonly string[], cwd: string): Promise<Omit<Checkout, 'isNamed'>[]> {
  const checkouts = new Map<string, Set<string>>();
  const tops = new Map<string, string | undefined>();
  for (const name of new Set(named)) {
    const absolute = path.resolve(cwd, name);
    const folder = (await isFolder(absolute)) ? absolute : path.dirname(absolute);
    if (!tops.has(folder)) tops.set(folder, await topOf(folder));
    const top = tops.get(folder);
    if (top === undefined)
      throw new GitFailure(l10n.t('{0} is in no git checkout: there is nothing to compare it with.', name));
    const paths = checkouts.get(top) ?? new Set();
    checkouts.set(top, paths.add(slashes(path.relative(top, absolute)) || '.'));
  }
  return [...checkouts].map(([top, paths]) => ({ top, paths: [...paths] }));
}

/** The nearest folder above with a `.git`, which is a file in worktrees and submodules. */
async function topOf(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await fs.stat(path.join(at, '.git')).catch(() => undefined)) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** Absolute: the file to which git adds a line with each commit, checkout and reset. Throws what git says. */
export async function headLog(cwd: string, signal: AbortSignal): Promise<string> {
  const { stdout } = await run('git', ['rev-parse', '--git-path', 'logs/HEAD'], { cwd, signal, ...LIMITS });
  return path.resolve(cwd, stdout.trim());
}

const isFolder = async (name: string): Promise<boolean> =>
  (await fs.stat(name).catch(() => undefined))?.isDirectory() === true;

/** Both with slashes. */
const isUnder = (folder: string, name: string): boolean =>
  folder === '.' || name === folder || name.startsWith(`${folder.replace(/\/$/, '')}/`);

const slashes = (name: string): string => name.split(path.sep).join('/');
