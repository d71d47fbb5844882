import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { matchingClusters } from './matchCluster.ts';
import { noLongerThere, workspaceUri } from './workspaceFiles.ts';

/** A component whose cluster is wanted. */
export interface SoughtComponent {
  name: string;
  /** Its file, as the workspace's files are named. */
  file: string;
  /** Empty where a secret or a template decides. */
  brokers: readonly string[];
}

interface Offer extends vscode.QuickPickItem {
  /** Resolves to the id of a saved cluster; undefined: the person thought better of it. */
  take: () => Promise<string | undefined>;
}

/**
 * The saved cluster that the brokers of a component mean. Where none does, the person says which one it is, or connects
 * by the file; files never cause a connection by themselves.
 */
export async function chooseCluster(
  component: SoughtComponent,
  saved: () => readonly ClusterProfile[],
): Promise<ClusterProfile | undefined> {
  const matching = matchingClusters(component.brokers, saved());
  if (matching.length === 1) return matching[0];
  const offers = matching.length > 1 ? matching.map(known) : [...byFile(component), ...saved().map(known), another()];
  const brokers = component.brokers.join(', ');
  const picked = await vscode.window.showQuickPick(offers, {
    title:
      brokers === ''
        ? l10n.t('Which cluster does {0} belong to? Its file does not tell the brokers.', component.name)
        : l10n.t('Which cluster does {0} belong to? Its file names {1}.', component.name, brokers),
    ...(matching.length === 0 && brokers !== '' ? { placeHolder: l10n.t('No saved cluster has these brokers') } : {}),
    matchOnDescription: true,
  });
  const id = await picked?.take();
  return saved().find((profile) => profile.id === id);
}

const known = ({ id, name, bootstrap }: ClusterProfile): Offer => ({
  label: name,
  description: bootstrap.join(', '),
  take: () => Promise.resolve(id),
});

function byFile({ name, file, brokers }: SoughtComponent): Offer[] {
  if (brokers.length === 0) return [];
  return [
    {
      label: `$(plug) ${l10n.t('Connect to {0}', brokers.join(', '))}`,
      description: l10n.t('with the login of {0}', file),
      detail: l10n.t('Saves a cluster with the brokers and the login of this file'),
      take: async () => {
        const uri = await workspaceUri(file);
        if (!uri) throw new Error(noLongerThere(file));
        return vscode.commands.executeCommand<string | undefined>('kafkaDapr.connectComponent', uri, name);
      },
    },
  ];
}

const another = (): Offer => ({
  label: `$(add) ${l10n.t('Add another cluster…')}`,
  take: async () => vscode.commands.executeCommand<string | undefined>('kafkaDapr.addCluster'),
});
