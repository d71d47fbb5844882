import { nodeAt, textOf, type MapNode, type YamlNode } from '../yaml/nodes.ts';
import { isDeclaring } from './apps.ts';
import type { Document } from './document.ts';
import { subscriptionFrom, type Subscription } from './subscription.ts';

/** A subscription that an app makes in code, as a person or a sidecar tells it. */
export interface DeclaredSubscription {
  pubsubname: string;
  topic: string;
  deadLetterTopic?: string;
  /** The default route. */
  route?: string;
  /** Who told it, when it was not a person: e.g. `sidecar localhost:3500, 2026-05-01`. */
  from?: string;
}

/** The subscriptions below `apps` of a `kafka-dapr.config.yaml`, each of its app only. */
export function readDeclaredSubscriptions(document: Document): Subscription[] {
  const apps = isDeclaring(document.file) ? nodeAt(document.root, 'apps') : undefined;
  return itemsOf(apps).flatMap((app) => {
    const id = nodeAt(app, 'appID');
    if (id?.kind !== 'scalar' || textOf(id) === '') return [];
    const scopes = [{ text: textOf(id) ?? '', node: id }];
    return itemsOf(nodeAt(app, 'subscriptions')).map((node): Subscription => {
      const subscription = subscriptionFrom(document, node, node, scopes);
      const from = textOf(nodeAt(node, 'from')) ?? '';
      // Code that names no path has one all the same.
      const route = subscription.route ?? subscription.defaultRoute ?? { text: '/', node: id };
      return {
        ...subscription,
        version: 'v2alpha1',
        route: undefined,
        defaultRoute: subscription.rules.length > 0 ? subscription.defaultRoute : route,
        told: from === '' ? { by: 'hand' } : { by: 'sidecar', from },
      };
    });
  });
}

/** Those items of a list that are maps. */
export function itemsOf(node: YamlNode | undefined): MapNode[] {
  return node?.kind === 'seq' ? node.items.filter((item) => item.kind === 'map') : [];
}
