import type { Page } from 'playwright-core';
import type { UserData } from './userData.ts';

/** An open workbench. `problems` grows: console errors and failed requests, less the known noise. */
export interface Window {
  page: Page;
  problems: readonly string[];
  close(): Promise<void>;
}

/** What both kinds of window are opened with. */
export interface WindowOptions extends UserData {
  /** The workspace folder, or a `.code-workspace` file. Give each test a fresh copy. */
  folder: string;
  /** The packages (.vsix) to install, as a user would. */
  extensions: readonly string[];
  /** Everything that VS Code writes goes below this folder. */
  dataDir: string;
  env: Record<string, string>;
  viewport: { width: number; height: number };
  /** Webviews in origins and processes of their own, as the desktop has them anyway; the server has them in the workbench's. */
  ownOrigins?: boolean;
}
