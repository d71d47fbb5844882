import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { existsSync } from 'node:fs';
import { launchHost, type Host, type HostOptions } from '../support/vscode/launchHost.ts';
import { Workbench } from '../support/vscode/workbench.ts';

export interface TestWindow extends Host {
  workbench: Workbench;
  /** The workspace: a folder of this window alone. */
  folder: string;
}

/**
 * Opens a window on a fresh folder with these files (path -> text), `committed` in git or not, or on the `workspace` file
 * among them. `close()` deletes all of it.
 */
export async function openWindow(
  files: Record<string, string>,
  {
    committed = false,
    workspace = '.',
    ...options
  }: Omit<HostOptions, 'folder' | 'vsix'> & { committed?: boolean; workspace?: string } = {},
): Promise<TestWindow> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-workspace-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    if (committed) await commitAll(folder);
    const host = await launchHost({ ...options, folder: path.join(folder, workspace), vsix: packageFile() });
    const close = async () => {
      await host.close();
      await remove();
    };
    return { ...host, folder, close, workbench: new Workbench(host.page) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Makes the folder a git checkout in which everything is committed, tagged `start`. */
async function commitAll(folder: string): Promise<void> {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...author, 'commit', '-qm', 'start'],
    ['tag', 'start'],
  ])
    await promisify(execFile)('git', args, { cwd: folder });
}

/** What `npm test` has packed, or the last `npm run package`. */
function packageFile(): string {
  const file = process.env['KAFKA_DAPR_VSIX'] ?? path.resolve(import.meta.dirname, '../../kafka-dapr-explorer.vsix');
  if (!existsSync(file)) throw new Error(`${file} is not there: make it with \`npm run package\`.`);
  return file;
}
