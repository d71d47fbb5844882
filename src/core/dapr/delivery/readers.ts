import { itemOf, looseItemOf, valueOf, type Component } from '../resources/component.ts';
import type { App } from '../resources/apps.ts';
import { folderOf, resourceFoldersOf } from '../resources/folders.ts';
import type { Subscription } from '../resources/subscription.ts';
import type { Workspace } from '../workspace.ts';
import { brokerTopic, effectiveGroup, type EffectiveGroup, type MetadataValue } from './group.ts';
import { effectiveInitialOffset, type InitialOffset } from './initialOffset.ts';

/** One Kafka component as one app loads it. */
export interface Reader {
  component: Component;
  /** null: no app is known. */
  app: string | null;
  /** The component's values as daprd gets them, after the "what if". */
  metadata: MetadataValue[];
  group: EffectiveGroup;
  /** null: daprd refuses the value, or it is not known here. */
  initialOffset: InitialOffset | null;
  topics: ReaderTopic[];
}

export interface ReaderTopic {
  /** As the Subscription (or the binding) writes it. */
  topic: string;
  /** On the broker; null: the namespace is not known. */
  brokerTopic: string | null;
  subscription: Subscription | undefined;
}

export interface ReaderOptions {
  /** Only this app, whether or not a file names it. */
  appId?: string;
  /** What if it read this topic, instead of those in Subscriptions? */
  topic?: string;
  /** Topics that an app subscribes to in code, beside those in Subscriptions. A binding tells all of its topics itself. */
  topics?: readonly string[];
  /** Only the component of this name. */
  component?: string;
  namespace: string | null;
  podName?: string | null;
  /** What if the component said this. */
  set?: { initialOffset?: string; consumerGroup?: string };
}

/** Component × app × subscribed topic, as the files tell them; components that only publish have no topics. */
export function readersOf(workspace: Workspace, options: ReaderOptions): Reader[] {
  return workspace.components
    .filter((component) => component.type === 'pubsub.kafka' || component.type === 'bindings.kafka')
    .filter((component) => options.component === undefined || component.name === options.component)
    .flatMap((component) =>
      appsOf(component, workspace, options.appId).map((app) => readerOf(component, app, workspace, options)),
    );
}

/** The apps that load a component: those the workspace knows, else those its scopes name, else one that nobody knows. */
export function appsOf(component: Component, workspace: Workspace, appId?: string): (string | null)[] {
  const scopes = component.scopes?.map((scope) => scope.text);
  if (appId !== undefined) return scopes === undefined || scopes.includes(appId) ? [appId] : [];
  const ids = new Set(workspace.apps.filter((app) => reaches(app, component, workspace)).map((app) => app.id));
  if (scopes !== undefined) return [...new Set(scopes)];
  return ids.size === 0 ? [null] : [...ids].sort();
}

/** An app of a run file loads what lies directly in its resource folders, if any of them is part of this workspace. */
function reaches(app: App, component: Component, workspace: Workspace): boolean {
  const folders = resourceFoldersOf(app);
  if (folders.length === 0) return true;
  const known = workspace.components.some((other) => folders.includes(folderOf(other.document.file)));
  return !known || folders.includes(folderOf(component.document.file));
}

function readerOf(component: Component, app: string | null, workspace: Workspace, options: ReaderOptions): Reader {
  const metadata = metadataValues(component, options.set);
  const kind = component.type === 'bindings.kafka' ? 'bindings' : 'pubsub';
  const initialOffset = metadata.findLast((item) => item.name === 'initialOffset');
  const topics = topicsOf(component, app, workspace, options).map(({ topic, subscription }) => ({
    topic,
    brokerTopic: kind === 'bindings' ? topic : brokerTopic(topic, metadata, options.namespace),
    subscription,
  }));
  return {
    component,
    app,
    metadata,
    group: effectiveGroup(
      metadata,
      { appId: app, namespace: options.namespace, podName: options.podName ?? null },
      kind,
    ),
    initialOffset: initialOffset?.value === null ? null : effectiveInitialOffset(initialOffset?.value),
    topics,
  };
}

/** The values of `spec.metadata`; null where a secret, the environment or a template decides. */
function metadataValues(component: Component, set: ReaderOptions['set'] = {}): MetadataValue[] {
  const values = component.metadata.map((item) => {
    const value = valueOf(item);
    return { name: item.name, value: value.known ? value.text : null };
  });
  if (set.initialOffset !== undefined) values.push({ name: 'initialOffset', value: set.initialOffset });
  if (set.consumerGroup !== undefined)
    values.push({ name: looseItemOf(component, 'consumerGroup')?.name ?? 'consumerGroup', value: set.consumerGroup });
  return values;
}

function topicsOf(
  component: Component,
  app: string | null,
  workspace: Workspace,
  { topic: asked, topics: given = [] }: ReaderOptions,
): { topic: string; subscription: Subscription | undefined }[] {
  const subscriptions = subscriptionsOf(component, app, workspace);
  if (asked !== undefined) return [{ topic: asked, subscription: subscriptions.find((s) => s.topic?.text === asked) }];
  if (component.type === 'bindings.kafka') {
    const topics = valueOf(looseItemOf(component, 'topics'));
    const direction = valueOf(looseItemOf(component, 'direction'));
    // An output binding reads nothing.
    if (!topics.known || (direction.known && direction.text !== '' && !/input/i.test(direction.text))) return [];
    return [...new Set(topics.text.split(',').map((topic) => topic.trim()))]
      .filter((topic) => topic !== '')
      .map((topic) => ({ topic, subscription: undefined }));
  }
  // The first of two subscriptions to one topic is used, one made in code replaces it (RT:pkg/runtime/compstore/subscriptions.go:191-229).
  const topics = new Map<string, Subscription | undefined>();
  const inCode = subscriptions.filter(({ told }) => told !== undefined);
  for (const subscription of [...inCode, ...subscriptions]) {
    const topic = subscription.topic;
    if (topic !== undefined && topic.text !== '' && !topic.node.templated && !topics.has(topic.text))
      topics.set(topic.text, subscription);
  }
  for (const topic of given) if (!topics.has(topic)) topics.set(topic, undefined);
  return [...topics].map(([topic, subscription]) => ({ topic, subscription }));
}

/** Subscriptions that name this component (in its exact letter case) and that the app loads. */
export function subscriptionsOf(component: Component, app: string | null, workspace: Workspace): Subscription[] {
  if (component.type !== 'pubsub.kafka') return [];
  return workspace.subscriptions.filter(
    (subscription) =>
      subscription.pubsubname?.text === component.name &&
      (app === null || subscription.scopes === undefined || subscription.scopes.some((scope) => scope.text === app)),
  );
}

/** Broker addresses as the component lists them; undefined: not known. */
export function brokersOf(component: Component): string[] | undefined {
  const value = valueOf(looseItemOf(component, 'brokers') ?? itemOf(component, 'brokers'));
  return value.known
    ? value.text
        .split(',')
        .map((broker) => broker.trim())
        .filter((broker) => broker !== '')
    : undefined;
}
