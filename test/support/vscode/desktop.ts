// The desktop's VS Code with data folders of its own, apart from those of the person who runs it.
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { trustArguments, writeUserData, type UserData } from './userData.ts';

export interface DesktopOptions extends UserData {
  executable: string;
  /** Everything that VS Code writes goes below this folder. */
  dataDir: string;
  /** Packages (.vsix) to install. */
  extensions: readonly string[];
  /** The workspace. */
  folder: string;
  env: Record<string, string>;
}

/** Installs the extensions as a user would; resolves to what starts a window with them. */
export async function prepareDesktop(
  options: DesktopOptions,
): Promise<{ executablePath: string; args: string[]; env: Record<string, string> }> {
  const { executable, dataDir, extensions, folder } = options;
  const user = path.join(dataDir, 'user');
  const folders = [`--user-data-dir=${user}`, `--extensions-dir=${path.join(dataDir, 'extensions')}`];
  const env = environment(options.env);
  await writeUserData(user, options);
  const [command, ...cli] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  if (command === undefined) throw new Error(`No command line beside ${executable}.`);
  await promisify(execFile)(
    command,
    [...cli, ...folders, ...extensions.flatMap((vsix) => ['--install-extension', vsix])],
    { env, shell: process.platform === 'win32' },
  );
  const quiet = ['--skip-welcome', '--skip-release-notes', ...trustArguments(options.restricted), '--disable-updates'];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath: executable, args: [...folders, ...quiet, ...sandbox, path.resolve(folder)], env };
}

/** Without what makes Electron behave as a plain Node, or what it refuses. */
function environment(more: Record<string, string>): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _asNode, NODE_OPTIONS: _options, ...env } = process.env;
  return { ...(env as Record<string, string>), ...more };
}
