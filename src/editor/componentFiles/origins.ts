import * as l10n from '@vscode/l10n';
import type { Reader } from '../../core/dapr/delivery/readers.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';

/** Where it is known from that this app reads: `undefined` where no app is known. */
function appOrigin({ app, component }: Reader, workspace: Workspace): string | undefined {
  if (app === null) return undefined;
  const told = workspace.apps.find(({ id }) => id === app);
  if (told) return l10n.t('app {0}: from {1}', app, told.file);
  return component.scopes === undefined ? undefined : l10n.t('app {0}: from the scopes of the component', app);
}

/** Where a subscription is known from. */
function subscriptionOrigin({ told, document }: Subscription): string {
  switch (told?.by) {
    case 'hand':
      return l10n.t('in code, told in {0}', document.file);
    case 'sidecar':
      return l10n.t('in code, told by {0}', told.from);
    case undefined:
      return l10n.t('Subscription in {0}', document.file);
  }
}

/** A line for the app and one for each topic. */
export function originLines(reader: Reader, workspace: Workspace): string[] {
  const topics = reader.topics.map(({ topic, subscription }) =>
    subscription ? `${topic}: ${subscriptionOrigin(subscription)}` : topic,
  );
  return [appOrigin(reader, workspace) ?? [], topics].flat();
}
