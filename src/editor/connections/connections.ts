import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { rowCommand } from '../panels/rowCommand.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { parseBootstrap } from '../../shared/bootstrap.ts';
import type { ClusterStore } from './clusterStore.ts';
import { ConnectionPages, type Doctor } from './connectionPages.ts';
import type { ImportOptions } from './importClusters.late.ts';
import type { SecretStore } from './secretStore.ts';

export interface ConnectionsOptions {
  extensionUri: vscode.Uri;
  store: ClusterStore;
  secrets: SecretStore;
  doctor: Doctor;
  loadEngine: ImportOptions['loadEngine'];
}

/** What commands of the tree carry: a node of a cluster. */
interface ClusterArgument {
  clusterId: string;
}

const loadImport = () => import('./importClusters.late.ts');

/** Commands over saved clusters. */
export function registerConnections(options: ConnectionsOptions): vscode.Disposable {
  const { store, secrets } = options;
  const pages = new ConnectionPages(options);
  const command = rowCommand<ClusterArgument>;
  const add = async (given?: { bootstrap: string; name?: string }) => {
    const profile = given ? quickProfile(given.bootstrap, given.name) : await askProfile();
    if (profile) await store.save(profile);
    return profile?.id;
  };
  return vscode.Disposable.from(
    pages,
    vscode.commands.registerCommand('kafkaDapr.addCluster', add),
    vscode.commands.registerCommand('kafkaDapr.newConnection', () => pages.add()),
    vscode.commands.registerCommand('kafkaDapr.importClusters', async () =>
      (await loadImport()).importClusters(options),
    ),
    vscode.commands.registerCommand('kafkaDapr.connectComponent', async (file: vscode.Uri, component: string) =>
      (await loadImport()).connectComponent(options, file, component),
    ),
    vscode.commands.registerCommand('kafkaDapr.exportClusters', async () =>
      (await loadImport()).exportClusters(options),
    ),
    command('editCluster', ({ clusterId }) => pages.edit(clusterId)),
    command('checkConnection', ({ clusterId }) => pages.edit(clusterId, true)),
    command('duplicateCluster', async ({ clusterId }) => {
      const known = store.get(clusterId);
      if (!known) return;
      const profile = { ...known.profile, id: randomUUID(), name: l10n.t('{0} (copy)', known.profile.name) };
      await secrets.set(profile.id, await secrets.get(clusterId));
      await store.save(profile);
    }),
    command('deleteCluster', async ({ clusterId }) => {
      const known = store.get(clusterId);
      if (!known || !(await confirmDelete(known.profile.name))) return;
      await store.delete(clusterId);
      await secrets.delete(clusterId);
    }),
    command('moveClusterUp', ({ clusterId }) => store.move(clusterId, -1)),
    command('moveClusterDown', ({ clusterId }) => store.move(clusterId, 1)),
  );
}

/** Throws a sentence when the text is not a list of brokers. */
function quickProfile(text: string, name?: string): ClusterProfile {
  const bootstrap = parseBootstrap(text);
  if (!bootstrap.ok) throw new Error(bootstrap.message);
  return { id: randomUUID(), name: name ?? bootstrap.addresses[0] ?? text, bootstrap: bootstrap.addresses };
}

/** Asks for an address and a name. Undefined when the person gave up. */
async function askProfile(): Promise<ClusterProfile | undefined> {
  const title = l10n.t('Add a Kafka cluster');
  const bootstrap = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Bootstrap brokers as host:port, several with commas. For TLS or a login use New Connection.'),
    placeHolder: 'localhost:9092',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const parsed = parseBootstrap(text);
      return parsed.ok || text === '' ? undefined : parsed.message;
    },
  });
  if (bootstrap === undefined || bootstrap.trim() === '') return undefined;
  const profile = quickProfile(bootstrap);
  const name = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('Name shown in the tree'),
    value: profile.name,
    ignoreFocusOut: true,
  });
  return name === undefined ? undefined : { ...profile, name: name.trim() === '' ? profile.name : name.trim() };
}

async function confirmDelete(name: string): Promise<boolean> {
  const remove = l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Remove the cluster "{0}" from the list?', name),
    { modal: true, detail: l10n.t('Its saved address and secrets are forgotten. Nothing changes in Kafka.') },
    remove,
  );
  return answer === remove;
}
