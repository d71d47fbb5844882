import { _electron } from 'playwright-core';
import { prepareDesktop } from './desktop.ts';
import { watchProblems } from './problems.ts';
import type { Window, WindowOptions } from './window.ts';

/** A window of the desktop's VS Code, driven through Electron. */
export async function openDesktopWindow(executable: string, options: WindowOptions): Promise<Window> {
  const app = await _electron.launch(await prepareDesktop({ ...options, executable }));
  const page = await app.firstWindow();
  const problems = watchProblems(page);
  await app.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setSize(width, height),
    options.viewport,
  );
  return { page, problems, close: () => app.close() };
}
