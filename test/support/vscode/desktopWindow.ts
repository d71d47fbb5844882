// The desktop's VS Code, driven through Electron.
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { _electron } from 'playwright-core';
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { watchProblems } from './problems.ts';
import type { Window, WindowOptions } from './window.ts';
import { writeSettings } from './windowSettings.ts';

const run = promisify(execFile);

/** The folders of this window, apart from those of the person who runs it. */
export const desktopFolders = (dataDir: string): string[] => [
  `--user-data-dir=${path.join(dataDir, 'user')}`,
  `--extensions-dir=${path.join(dataDir, 'extensions')}`,
];

export async function installOnDesktop(
  executable: string,
  dataDir: string,
  extensions: readonly string[],
): Promise<void> {
  const [command, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  if (command === undefined) throw new Error(`No command line beside ${executable}.`);
  await run(
    command,
    [...args, ...desktopFolders(dataDir), ...extensions.flatMap((vsix) => ['--install-extension', vsix])],
    {
      env: environment({}),
      shell: process.platform === 'win32',
    },
  );
}

export async function openDesktopWindow(executable: string, options: WindowOptions): Promise<Window> {
  const { dataDir, viewport } = options;
  await writeSettings(path.join(dataDir, 'user'), options.settings);
  await installOnDesktop(executable, dataDir, options.extensions);
  const app = await _electron.launch({
    executablePath: executable,
    args: [
      ...desktopFolders(dataDir),
      '--skip-welcome',
      '--skip-release-notes',
      '--disable-workspace-trust',
      '--disable-updates',
      '--no-sandbox',
      path.resolve(options.folder),
    ],
    env: environment(options.env),
  });
  const page = await app.firstWindow();
  const problems = watchProblems(page);
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size.width, size.height),
    viewport,
  );
  return { page, problems, close: () => app.close() };
}

/** Without what makes Electron behave as a plain Node, or refuse options. */
function environment(more: Record<string, string>): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _asNode, NODE_OPTIONS: _options, ...env } = process.env;
  return { ...(env as Record<string, string>), ...more };
}
