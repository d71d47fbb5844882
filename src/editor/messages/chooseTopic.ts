import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProfile } from '../../core/kafka/profile.ts';

/** Asks for a saved cluster, where there are several, and for one of its topics; undefined: the person thought better of it. */
export async function chooseTopic(
  profiles: readonly ClusterProfile[],
  topics: (clusterId: string) => Promise<string[]>,
): Promise<{ clusterId: string; topic: string } | undefined> {
  if (profiles.length === 0) {
    const add = l10n.t('Add a cluster');
    const none = l10n.t('No Kafka cluster is saved here yet.');
    if ((await vscode.window.showInformationMessage(none, add)) === add)
      await vscode.commands.executeCommand('kafkaDapr.addCluster');
    return undefined;
  }
  const profile = await chooseProfile(profiles);
  if (!profile) return undefined;
  const title = l10n.t('Which topic of {0}?', profile.name);
  const topic = await vscode.window.showQuickPick(topics(profile.id), { title });
  return topic === undefined ? undefined : { clusterId: profile.id, topic };
}

async function chooseProfile(profiles: readonly ClusterProfile[]): Promise<ClusterProfile | undefined> {
  if (profiles.length === 1) return profiles[0];
  const offers = profiles.map((profile) => ({
    label: profile.name,
    description: profile.bootstrap.join(', '),
    profile,
  }));
  const options = { title: l10n.t('Which cluster?'), matchOnDescription: true };
  return (await vscode.window.showQuickPick(offers, options))?.profile;
}
