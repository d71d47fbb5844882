// Which VS Code to use, and where it comes from.
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { cacheDir } from '../cache.ts';
import { ensureChromium } from './chromium.ts';
import { ensureServer } from './serverInstall.ts';

export type VsCode = { kind: 'desktop'; executable: string } | { kind: 'server'; home: string };
export type Say = (text: string) => void;

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
        executable: await downloadAndUnzipVSCode({ cachePath: cacheDir('vscode-desktop') }),
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

/** A VS Code that this person has installed, where there is a display to show it on. */
export function installedDesktop(): string | undefined {
  const candidates = [
    process.env['VSCODE_PATH'],
    '/usr/share/code/code',
    '/snap/code/current/usr/share/code/code',
    '/Applications/Visual Studio Code.app/Contents/MacOS/Code',
    '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
    `${process.env['LOCALAPPDATA']}\\Programs\\Microsoft VS Code\\Code.exe`,
    `${process.env['ProgramFiles']}\\Microsoft VS Code\\Code.exe`,
  ];
  return hasDisplay() ? candidates.find((file) => file !== undefined && existsSync(file)) : undefined;
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
