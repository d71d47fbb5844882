// The workbench of the VS Code server in a headless Chromium.
import { chromium } from 'playwright-core';
import path from 'node:path';
import { ISOLATED, useOwnOrigins } from './ownOrigins.ts';
import { watchProblems } from './problems.ts';
import { startServer } from './server.ts';
import type { Window, WindowOptions } from './window.ts';

/** @param home from `ensureServer` @param executable from `ensureChromium` */
export async function openBrowserWindow(home: string, executable: string, options: WindowOptions): Promise<Window> {
  const server = await startServer({ ...options, home });
  try {
    const browser = await chromium.launch({
      executablePath: executable,
      args: [
        ...['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
        ...(options.ownOrigins ? [ISOLATED] : []),
      ],
      // whoever opened the window closes it, the browser before the server
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const context = await browser.newContext({
      viewport: options.viewport,
      // A page that was changed on its way is no local one to the browser.
      permissions: ['clipboard-read', 'clipboard-write', ...(options.ownOrigins ? ['local-network-access'] : [])],
    });
    const page = await context.newPage();
    const problems = watchProblems(page);
    const close = async () => {
      await browser.close();
      await server.stop();
    };
    const address = options.ownOrigins ? await useOwnOrigins(page, server.address) : server.address;
    await page.goto(workbenchUrl(address, options.folder));
    return { page, problems, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The address of a window on `folder`, which may be a `.code-workspace` file. */
export function workbenchUrl(address: string, folder: string): string {
  const url = new URL(address);
  url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(folder));
  return url.href;
}
