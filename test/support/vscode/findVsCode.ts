// Which VS Code to use, and where it comes from.
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureChromium } from './chromium.ts';
import { ensureServer } from './serverInstall.ts';

export type VsCode = { kind: 'desktop'; executable: string } | { kind: 'server'; home: string };
export type Say = (text: string) => void;

/** Downloads of every kind live here (scripts/run.mjs sets the variable). */
export const cacheDir = (): string =>
  process.env['KAFKA_DAPR_CACHE'] || path.join(os.homedir(), '.cache', 'kafka-dapr-explorer');

/**
 * VSCODE_PATH (the desktop's executable); else, where there is a display, a stable release by `@vscode/test-electron`;
 * else the server from npm. VSCODE_HOST=server or =desktop decides by hand.
 */
export async function findVsCode(say: Say): Promise<VsCode> {
  const wish = process.env['VSCODE_HOST'];
  if (wish !== undefined && wish !== 'desktop' && wish !== 'server')
    throw new Error(`VSCODE_HOST is "${wish}": it must be "desktop" or "server".`);
  const given = process.env['VSCODE_PATH'];
  if (given && wish !== 'server') {
    if (!existsSync(given)) throw new Error(`VSCODE_PATH names ${given}, which does not exist.`);
    return { kind: 'desktop', executable: given };
  }
  if (wish === 'desktop' || (wish === undefined && hasDisplay())) {
    try {
      say('Looking for a desktop VS Code (VSCODE_PATH names one; else it is downloaded, 150 MB, once) …');
      return {
        kind: 'desktop',
        executable: await downloadAndUnzipVSCode({ cachePath: path.join(cacheDir(), 'vscode-desktop') }),
      };
    } catch (error) {
      if (wish === 'desktop') throw error;
      say(
        `No desktop VS Code (${error instanceof Error ? error.message : String(error)}): the server from npm instead.`,
      );
    }
  }
  return { kind: 'server', home: await ensureServer(cacheDir(), say) };
}

/** What `findVsCode` gives and what driving it needs, so that nothing is downloaded in the middle of a test. */
export async function prepareVsCode(say: Say): Promise<VsCode> {
  const vsCode = await findVsCode(say);
  if (vsCode.kind === 'server') ensureChromium(say);
  return vsCode;
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
