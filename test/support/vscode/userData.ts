import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClusterProfile } from '../../../src/core/kafka/profile.ts';
import { ClusterStore } from '../../../src/editor/connections/clusterStore.ts';
import { EXTENSION_ID } from './extensionId.ts';

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

export interface SeededCluster {
  profile: ClusterProfile;
  /** Topics shown on top. */
  favourites?: readonly string[];
}

/** What a window finds when it opens. */
export interface UserData {
  settings: Record<string, unknown>;
  /** Saved already, in this order. */
  clusters: readonly SeededCluster[];
  /** The folder is not trusted, and nobody is asked whether to. */
  restricted?: boolean;
}

const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** The argument for both kinds of VS Code. */
export const trustArguments = (restricted: boolean | undefined): string[] =>
  restricted ? [] : ['--disable-workspace-trust'];

/** Writes settings and saved clusters below `folder`, the one that holds `User/`. */
export async function writeUserData(folder: string, { settings, clusters, restricted }: UserData): Promise<void> {
  const user = path.join(folder, 'User');
  const saved = path.join(user, 'globalStorage', EXTENSION_ID, 'clusters');
  await mkdir(saved, { recursive: true });
  await writeFile(
    path.join(user, 'settings.json'),
    JSON.stringify({ ...QUIET, ...(restricted && RESTRICTED), ...settings }, null, 2),
  );
  const store = new ClusterStore(saved);
  for (const { profile, favourites = [] } of clusters) {
    await store.save(profile);
    for (const topic of favourites) await store.setFavourite(profile.id, topic, true);
  }
}
