import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { SourceFile } from '../core/dapr/workspace.ts';
import { UsageError } from './command.ts';

const run = promisify(execFile);
const GIT_LIMITS = { timeout: 30_000, maxBuffer: 256 * 1024 * 1024 };

/**
 * The YAML and JSON files under the operands as they were at a git revision, named as today's files are (relative to
 * `cwd`). A file that did not exist then is absent; one that is gone today is present. Throws {@link UsageError}.
 */
export async function filesAtRevision(
  revision: string,
  operands: readonly string[],
  today: readonly SourceFile[],
  { cwd, signal }: { cwd: string; signal: AbortSignal },
): Promise<SourceFile[]> {
  const git = async (...args: string[]) => (await run('git', args, { cwd, signal, ...GIT_LIMITS })).stdout;
  try {
    const commit = (await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim();
    const paths = [...new Set([...operands.filter((o) => o !== '-'), ...today.map((file) => file.path)])];
    // --full-name would name files from the top of the checkout; without it they are relative to cwd, as ours are.
    const listed = await git('ls-tree', '-r', '-z', '--name-only', commit, '--', ...paths);
    const names = listed.split('\0').filter((name) => /\.(ya?ml|json)$/i.test(name));
    return await Promise.all(
      names.map(async (name) => ({ path: path.posix.normalize(name), text: await git('show', `${commit}:./${name}`) })),
    );
  } catch (error) {
    const stderr = (error as { stderr?: string }).stderr?.trim();
    throw new UsageError(
      l10n.t('git could not show the files at {0}: {1}', revision, stderr ?? (error as Error).message),
    );
  }
}
