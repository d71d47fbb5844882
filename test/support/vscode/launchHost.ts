// One VS Code window with the packaged extension installed, on the desktop or in a browser: the same for a test.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openBrowserWindow } from './browserWindow.ts';
import { ensureChromium } from './chromium.ts';
import { openDesktopWindow } from './desktopWindow.ts';
import { Driver, packageDriver } from './driver.ts';
import { findVsCode, type Say } from './findVsCode.ts';
import type { SeededCluster } from './userData.ts';
import type { Window, WindowOptions } from './window.ts';

export interface HostOptions {
  /** The workspace folder, or a `.code-workspace` file. Give each test a fresh copy. */
  folder: string;
  /** The product's package. */
  vsix: string;
  settings?: Record<string, unknown>;
  /** Clusters that are saved already. */
  clusters?: readonly SeededCluster[];
  /** The folder is not trusted. */
  restricted?: boolean;
  env?: Record<string, string>;
  viewport?: { width: number; height: number };
  /** Webviews in origins and processes of their own, also in a browser. */
  ownOrigins?: boolean;
  say?: Say;
  /** Closes the window. */
  signal?: AbortSignal;
}

export interface Host extends Window {
  kind: 'desktop' | 'server';
  /** Functions and mocha files inside the extension host. */
  driver: Driver;
  /** Ends VS Code and deletes everything it wrote. */
  close(): Promise<void>;
}

/** Opens a window and waits until its workbench is there and the extension host answers (10 to 30 s). */
export async function launchHost(options: HostOptions): Promise<Host> {
  const say = options.say ?? (() => undefined);
  const vsCode = await findVsCode(say);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-vscode-'));
  const driverFile = path.join(dataDir, 'driver.json');
  let window: Window | undefined;
  const close = once(async () => {
    await window?.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  try {
    const full: WindowOptions = {
      dataDir,
      folder: options.folder,
      extensions: [options.vsix, await packageDriver(dataDir)],
      // A hover that opens by itself would cover what a test clicks next.
      settings: { 'workbench.hover.delay': 60_000, ...options.settings },
      clusters: options.clusters ?? [],
      restricted: options.restricted ?? false,
      env: { ...options.env, KAFKA_DAPR_DRIVER: driverFile },
      viewport: options.viewport ?? { width: 1400, height: 900 },
      ownOrigins: options.ownOrigins ?? false,
    };
    window =
      vsCode.kind === 'desktop'
        ? await openDesktopWindow(vsCode.executable, full)
        : await openBrowserWindow(vsCode.home, ensureChromium(say), full);
    options.signal?.addEventListener('abort', () => void close(), { once: true });
    options.signal?.throwIfAborted();
    await window.page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    const driver = await Driver.connect(driverFile, 90_000);
    return { ...window, kind: vsCode.kind, driver, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** All calls share the first one's work. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
