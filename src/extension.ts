import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { logsInByToken, type ClusterProfile } from './core/kafka/profile.ts';
import type { Login } from './core/kafka/transport/tokens.ts';
import type * as Engine from './core/kafka/engine.late.ts';
import { ClusterStore } from './editor/connections/clusterStore.ts';
import { registerConnections } from './editor/connections/connections.ts';
import { SecretStore } from './editor/connections/secretStore.ts';
import { registerComponentFiles } from './editor/componentFiles/register.ts';
import { confirmInDialog } from './editor/explorer/changes/confirm.ts';
import { ClusterFacts } from './editor/explorer/clusterFacts.ts';
import { Explorer, refreshSeconds } from './editor/explorer/explorer.ts';
import { lintOptions } from './editor/componentFiles/settings.ts';
import type { FileForecasts } from './editor/forecast/fileForecasts.ts';
import { daprStarts } from './editor/forecast/daprStarts.ts';
import { forecastCommands } from './editor/forecast/forecastCommands.ts';
import { deadLettersOf } from './editor/forecast/deadLetters.ts';
import { ReplayPages } from './editor/forecast/replayPages.ts';
import { openWorkspaceFile, readWorkspace, workspaceFiles } from './editor/forecast/workspaceFiles.ts';
import { MessagesPages } from './editor/messages/messagesPages.ts';
import { ProducePages } from './editor/produce/producePages.ts';

/** Kafka and everything it needs, loaded on the first connection. */
const loadEngine = (): Promise<typeof Engine> => import('./core/kafka/engine.late.ts');

/** Composition root of the desktop and remote host: constructs the parts, wires them, and leaves. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });

  const { extensionUri } = context;
  const store = new ClusterStore(path.join(context.globalStorageUri.fsPath, 'clusters'));
  const secrets = new SecretStore(context.secrets);
  store.open();

  const tokens = once(async () => new (await loadEngine()).Tokens());
  /** Does not load the engine for a page whose worker has its own. */
  const login = async (profile: ClusterProfile): Promise<Login> => {
    refuseUntrusted();
    const known = await secrets.get(profile.id);
    return logsInByToken(profile) ? (await tokens()).login(profile, known) : { secrets: known };
  };
  const connection = async (profile: ClusterProfile, signal: AbortSignal) => {
    const [engine, { secrets: known, ...token }] = await Promise.all([loadEngine(), login(profile)]);
    return engine.connectCluster(profile, known, { signal, ...token });
  };
  const connect = async (profile: ClusterProfile, signal: AbortSignal) => {
    const connected = await connection(profile, signal);
    return (await loadEngine()).createClusterClient(connected);
  };

  /** undefined until there is a component file. */
  let known: FileForecasts | undefined;
  const explorer = new Explorer({
    extensionUri,
    clusters: store,
    connect,
    loadEngine,
    componentFiles: (clusterId, group) => known?.filesIn(clusterId, group) ?? [],
  });
  const profiles = () => store.list().map((c) => c.profile);

  const forecasts = once(async () => {
    const { FileForecasts } = await import('./editor/forecast/replay.late.ts');
    known = new FileForecasts({
      connected: () =>
        explorer.connected().map((cluster) => ({
          ...cluster,
          source: async () => ({
            connection: (await cluster.client()).connection,
            read: (await loadEngine()).readRanges,
          }),
        })),
      onDidConnect: explorer.onDidLearn,
      saved: profiles,
      names: new ClusterFacts(() => explorer.allSessions()),
      refreshSeconds,
      shown: () => explorer.view.visible,
    });
    context.subscriptions.push(known.onDidChange(() => explorer.filesChanged()));
    return known;
  });

  context.subscriptions.push(
    store,
    ...forecastCommands({ forecasts, profiles, client: (id) => explorer.client(id), runtime: lintOptions }),
    registerConnections({
      extensionUri,
      store,
      secrets,
      loadEngine,
      doctor: async (profile, secret, options) => {
        refuseUntrusted();
        return (await loadEngine()).runDoctor(profile, secret, options);
      },
    }),
    explorer,
    // A connection with the old password, or its refusal, is worth nothing any more.
    secrets.onDidChange((id) => void explorer.sessions.renew(id)),
    new MessagesPages({
      context,
      profiles: { get: (id) => store.get(id)?.profile, list: profiles },
      login,
      redrive: {
        topics: async (id) =>
          (await (await explorer.client(id)).topics()).filter((t) => !t.internal).map((t) => t.name),
        deadLettersOf: async (topic) => deadLettersOf(await workspaceFiles(), topic),
        confirm: confirmInDialog,
      },
      starts: async (id, topic) => {
        const profile = store.get(id)?.profile;
        return profile
          ? daprStarts(await workspaceFiles(), lintOptions(), await explorer.client(id), profile, topic)
          : [];
      },
    }),
    new ProducePages({
      extensionUri,
      loadEngine,
      clusters: {
        get: (id) => store.get(id)?.profile,
        client: (id) => explorer.client(id),
        secrets: (id) => secrets.get(id),
      },
      confirm: confirmInDialog,
    }),
    new ReplayPages({
      extensionUri,
      files: readWorkspace,
      clusters: {
        list: profiles,
        client: (id) => explorer.client(id),
        leftAlone: (id) => explorer.session(id)?.leftAlone,
        source: async (id, signal) => {
          const profile = store.get(id)?.profile;
          if (!profile) throw new Error(l10n.t('This cluster is no longer in the list.'));
          return { connection: await connection(profile, signal), read: (await loadEngine()).readRanges };
        },
      },
      openFile: openWorkspaceFile,
      refreshSeconds,
      runtime: lintOptions,
    }),
    registerComponentFiles(
      {
        extensionUri,
        facts: forecasts,
        sidecar: () => import('./editor/componentFiles/sidecar.late.ts'),
      },
      async () => (await import('./editor/componentFiles/componentHelper.late.ts')).startWholeHelper,
    ),
  );
}

/** All calls share the first one's answer. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= work());
}

/** A folder from a stranger may name clusters and files: nothing is connected to before its reader trusts it. */
function refuseUntrusted(): void {
  if (!vscode.workspace.isTrusted)
    throw new Error(l10n.t('No connection is made from a workspace that is not trusted. Trust it, then try again.'));
}
