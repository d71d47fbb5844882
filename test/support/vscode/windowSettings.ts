import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A quiet window: nothing that asks, updates, reports or opens by itself. */
const QUIET = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.tree.expandMode': 'doubleClick',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'files.hotExit': 'off',
  'files.simpleDialog.enable': true,
  'window.confirmBeforeClose': 'never',
  'window.titleBarStyle': 'custom',
};

/** Writes User/settings.json below `dataDir`. */
export async function writeSettings(dataDir: string, settings: Record<string, unknown>): Promise<void> {
  const user = path.join(dataDir, 'User');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'settings.json'), JSON.stringify({ ...QUIET, ...settings }, null, 2));
}
