import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { authProfiles } from '../../core/dapr/catalog/catalog.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import { componentSnippet, subscriptionSnippet } from './newFileSnippets.ts';

/** Opens a new component file for a way to log in that is asked for. */
export async function newKafkaComponent(): Promise<void> {
  const chosen = await vscode.window.showQuickPick(
    authProfiles('pubsub.kafka').map((profile) => ({ label: profile.title, profile })),
    { title: l10n.t('New Kafka component: how does it log in?') },
  );
  if (chosen) await open(componentSnippet(chosen.profile));
}

export async function newSubscription(workspace: Workspace): Promise<void> {
  const names = workspace.components.filter((c) => c.type.startsWith('pubsub.')).map((c) => c.name);
  await open(subscriptionSnippet(names[0] ?? 'kafka-pubsub'));
}

async function open(snippet: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'yaml' });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(snippet));
}
