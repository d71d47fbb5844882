import * as vscode from 'vscode';
import type { ForecastCluster } from '../../core/forecast/facts.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { FileForecasts } from './fileForecasts.ts';
import { openWorkspaceFile, workspaceFiles } from './workspaceFiles.ts';

export interface ForecastCommandsOptions {
  forecasts: () => Promise<FileForecasts>;
  profiles: () => readonly ClusterProfile[];
  client: (clusterId: string) => Promise<ForecastCluster>;
}

/** A row of the clusters tree. */
interface TreeRow {
  clusterId: string;
  group?: string;
  topic?: string;
}

/** Commands of the clusters tree that join a topic or a group with the component files. */
export function forecastCommands({ forecasts, profiles, client }: ForecastCommandsOptions): vscode.Disposable[] {
  const { registerCommand } = vscode.commands;
  const componentsOf = async ({ clusterId, group, topic }: TreeRow) => {
    const profile = profiles().find(({ id }) => id === clusterId);
    const asked = group !== undefined ? { group } : topic !== undefined ? { topic } : undefined;
    if (!profile || !asked) return;
    const { showComponentsOf } = await import('./replay.late.ts');
    const options = { location: { viewId: 'kafkaDapr.clusters' } };
    await vscode.window.withProgress(options, async () =>
      showComponentsOf(asked, {
        files: await workspaceFiles(),
        profile,
        cluster: await client(clusterId),
        openFile: openWorkspaceFile,
        signal: AbortSignal.timeout(30_000),
      }),
    );
  };
  return [
    registerCommand('kafkaDapr.componentsOfGroup', componentsOf),
    registerCommand('kafkaDapr.componentsOfTopic', componentsOf),
    registerCommand('kafkaDapr.estimateMessages', async ({ clusterId, topic }: TreeRow) => {
      if (topic !== undefined) await (await forecasts()).estimate(clusterId, topic);
    }),
  ];
}
