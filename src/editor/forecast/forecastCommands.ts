import * as vscode from 'vscode';
import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import type { Runtime } from '../../core/forecast/plan.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { FileForecasts } from './fileForecasts.ts';
import { rowCommand } from '../panels/rowCommand.ts';
import { openWorkspaceFile, workspaceFiles } from './workspaceFiles.ts';

export interface ForecastCommandsOptions {
  forecasts: () => Promise<FileForecasts>;
  profiles: () => readonly ClusterProfile[];
  client: (clusterId: string) => Promise<ClusterClient>;
  /** The runtime that the files are for. */
  runtime: () => Runtime;
}

/** A row of the clusters tree. */
interface TreeRow {
  clusterId: string;
  group?: string;
  topic?: string;
}

/** Commands of the clusters tree that join a topic or a group with the component files. */
export function forecastCommands({
  forecasts,
  profiles,
  client,
  runtime,
}: ForecastCommandsOptions): vscode.Disposable[] {
  const componentsOf = async ({ clusterId, group, topic }: TreeRow) => {
    const profile = profiles().find(({ id }) => id === clusterId);
    const asked = group !== undefined ? { group } : topic !== undefined ? { topic } : undefined;
    if (!profile || !asked) return;
    const { showComponentsOf } = await import('./replay.late.ts');
    const options = { location: { viewId: 'kafkaDapr.clusters' } };
    await vscode.window.withProgress(options, async () =>
      showComponentsOf(asked, {
        files: await workspaceFiles(),
        runtime: runtime(),
        profile,
        cluster: await client(clusterId),
        openFile: openWorkspaceFile,
        signal: AbortSignal.timeout(30_000),
      }),
    );
  };
  const pages = new HandoverPages();
  return [
    pages,
    vscode.commands.registerCommand('kafkaDapr.countHandover', async (row?: { component?: string }) => {
      const { countHandover } = await import('./replay.late.ts');
      const options = { files: await workspaceFiles(), runtime: runtime(), profiles, client };
      const show = (name: string, text: string) => pages.show(name, text);
      try {
        await countHandover(row?.component, { ...options, show });
      } catch (error) {
        // A revision that is not there, say: what the person gave, not a fault of the command.
        void vscode.window.showErrorMessage((error as Error).message);
      }
    }),
    rowCommand('componentsOfGroup', componentsOf),
    rowCommand('componentsOfTopic', componentsOf),
    rowCommand('estimateMessages', async ({ clusterId, topic }: TreeRow) => {
      if (topic !== undefined) await (await forecasts()).estimate(clusterId, topic);
    }),
  ];
}

const SCHEME = 'kafka-dapr-handover';

/**
 * What was counted, in VS Code's Markdown preview: each count a page of its own, as the preview may show a page as it
 * was. Texts are kept for the session: the editor forgets a document and asks again when its tab is shown.
 */
class HandoverPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #count = 0;

  async show(name: string, text: string): Promise<void> {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md`, query: String(++this.#count) });
    this.#texts.set(page.toString(), text);
    await vscode.commands.executeCommand('markdown.showPreview', page);
  }

  provideTextDocumentContent(page: vscode.Uri): string {
    return this.#texts.get(page.toString()) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
