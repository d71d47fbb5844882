import { folderOf } from './folders.ts';
import type { Workspace } from '../workspace.ts';
import { looseItemOf, type Component } from './component.ts';
import type { Subscription } from './subscription.ts';

/** May one app load both? Without scopes every app does. */
export function shareAnApp(a: { scopes: Component['scopes'] }, b: { scopes: Component['scopes'] }): boolean {
  if (a.scopes === undefined || b.scopes === undefined) return true;
  const ids = new Set(a.scopes.map((scope) => scope.text));
  return b.scopes.some((scope) => ids.has(scope.text));
}

/** Subscriptions of the workspace that name this component. */
export function subscriptionsOf(component: Component, workspace: Workspace): readonly Subscription[] {
  return workspace.subscriptionsTo(component.name);
}

/** Components a Subscription may mean: those of its folder first, else all of that name. */
export function componentsOf(subscription: Subscription, workspace: Workspace): readonly Component[] {
  const name = subscription.pubsubname?.text;
  if (name === undefined || name === '') return [];
  const named = workspace.componentsNamed(name);
  const folder = folderOf(subscription.document.file);
  const near = named.filter((component) => folderOf(component.document.file) === folder);
  return near.length > 0 ? near : named;
}

/** The file is meant for Kubernetes, whatever mode is configured: a namespace, its secret store, or an address inside a cluster. */
export function isForKubernetes(component: Component): boolean {
  if (component.namespace !== '' || component.secretStore?.text === 'kubernetes') return true;
  const brokers = looseItemOf(component, 'brokers')?.value ?? '';
  return /\.svc(?:[.:,]|$)/.test(brokers);
}
