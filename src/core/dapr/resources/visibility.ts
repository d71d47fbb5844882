import { folderOf, resourceFoldersOf } from './folders.ts';
import type { Workspace } from '../workspace.ts';
import { looseItemOf, type Component } from './component.ts';
import type { Subscription } from './subscription.ts';

/** May one app load both? Without scopes every app does. */
export function shareAnApp(a: { scopes: Component['scopes'] }, b: { scopes: Component['scopes'] }): boolean {
  if (a.scopes === undefined || b.scopes === undefined) return true;
  const ids = new Set(a.scopes.map((scope) => scope.text));
  return b.scopes.some((scope) => ids.has(scope.text));
}

/** Subscriptions that name this component: those of its folder, else all of the workspace. */
export function subscriptionsOf(component: Component, workspace: Workspace): readonly Subscription[] {
  const named = workspace.subscriptionsTo(component.name);
  const folder = folderOf(component.document.file);
  const near = named.filter((subscription) => folderOf(subscription.document.file) === folder);
  return near.length > 0 ? near : named;
}

/** Ids of the apps that may load a resource, as far as the workspace tells: by scopes, else by resource folders. Undefined: any. */
export function appsOf(resource: Component | Subscription, workspace: Workspace): string[] | undefined {
  if (resource.scopes !== undefined) return resource.scopes.map((scope) => scope.text);
  const folder = folderOf(resource.document.file);
  const apps = workspace.apps.filter((app) => {
    const folders = resourceFoldersOf(app);
    return folders.length === 0 || folders.includes(folder);
  });
  return apps.length === 0 ? undefined : [...new Set(apps.map((app) => app.id))];
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
