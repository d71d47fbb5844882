// A Chromium for the workbench of the VS Code server.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** CHROMIUM, else one on the PATH or in its usual place, else Debian's by apt (as root). */
export function ensureChromium(say: (text: string) => void): string {
  const given = process.env['CHROMIUM'];
  if (given) return given;
  const found = find();
  if (found) return found;
  const help = 'Install Chromium or Chrome (Debian, Ubuntu: apt install chromium), or set CHROMIUM to its path.';
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Error(`No Chromium on this machine. ${help}`);
  say('Installing chromium by apt (124 MB, once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
  ]) {
    const { status, stderr } = spawnSync('apt-get', args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${stderr || 'no apt-get here'}. ${help}`);
  }
  const installed = find();
  if (!installed) throw new Error(`apt installed chromium, but it is not on the PATH. ${help}`);
  return installed;
}

function find(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return [...folders.flatMap((d) => NAMES.map((n) => path.join(d, n))), ...FIXED].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
