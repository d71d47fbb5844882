import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { authProfiles } from '../../core/dapr/catalog/catalog.ts';
import type { AuthProfile } from '../../core/dapr/catalog/component.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';

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

export function componentSnippet(profile: AuthProfile): string {
  let stop = 4;
  const fields = profile.fields
    .filter((field) => field.required === true && field.name !== 'authType')
    .map((field) =>
      field.sensitive === true
        ? `    - name: ${field.name}\n      secretKeyRef:\n        name: \${${stop++}:kafka}\n        key: ${field.name}\n`
        : `    - name: ${field.name}\n      value: "\${${stop++}:${field.example ?? ''}}"\n`,
    );
  const secrets = profile.fields.some((f) => f.required === true && f.sensitive === true);
  return `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: \${1:kafka-pubsub}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: "\${2:localhost:9092}"
    - name: authType
      value: ${profile.authType ?? 'none'}
${fields.join('')}    # Where partitions start for which the group has no committed offset: newest would never deliver what is there already.
    - name: initialOffset
      value: \${3|oldest,newest|}
${secrets ? `auth:\n  secretStore: \${${stop}:local-secret-store}\n` : ''}`;
}

export function subscriptionSnippet(pubsubname: string): string {
  return `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: \${1:orders-subscription}
spec:
  pubsubname: ${pubsubname}
  topic: \${2:orders}
  routes:
    default: \${3:/orders}
scopes:
  - \${4:orders-api}
`;
}

async function open(snippet: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'yaml' });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(snippet));
}
