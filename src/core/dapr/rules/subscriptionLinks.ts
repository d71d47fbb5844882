import * as l10n from '@vscode/l10n';
import { nearest } from '../catalog/nearest.ts';
import { appsOf } from '../delivery/readers.ts';
import { looseItemOf, valueOf, type Component } from '../resources/component.ts';
import type { Subscription } from '../resources/subscription.ts';
import type { Workspace } from '../workspace.ts';
import { replaceScalar } from './edits.ts';
import { shareAnApp } from '../resources/visibility.ts';
import type { Problem, Rule } from './rule.ts';

function pubsubNames(workspace: Workspace): ReadonlySet<string> {
  return new Set(workspace.components.filter(isPubsub).map((component) => component.name));
}

function isPubsub(component: Component): boolean {
  return component.type.startsWith('pubsub.');
}

/** A name that a template tool makes may be any. */
function hasOpenNames(workspace: Workspace): boolean {
  return workspace.components.some(({ nameNode }) => nameNode?.kind === 'scalar' && nameNode.templated);
}

const topicKey = (pubsubname: string, topic: string) => `${pubsubname} ${topic}`;

/** Of each topic of a component, in the order in which daprd loads them: a file may hold thousands. */
function byTopic({ subscriptions }: Workspace): ReadonlyMap<string, readonly Subscription[]> {
  const found = new Map<string, Subscription[]>();
  for (const subscription of subscriptions) {
    const key = topicKey(subscription.pubsubname?.text ?? '', subscription.topic?.text ?? '');
    const others = found.get(key);
    if (others) others.push(subscription);
    else found.set(key, [subscription]);
  }
  return found;
}

function overlap(a: Subscription, b: Subscription): boolean {
  if (a.scopes === undefined || b.scopes === undefined) return true;
  const apps = new Set(a.scopes.map((scope) => scope.text));
  return b.scopes.some((scope) => apps.has(scope.text));
}

const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * `app1=t1,t2;app2=` (RT:pkg/scopes/scopes.go:33-83): spaces do not count, an app that stands there twice has both;
 * undefined: the app is not listed and may do everything.
 */
function scopedTopics(text: string, app: string): string[] | undefined {
  const mine = text
    .replaceAll(' ', '')
    .split(';')
    .map((part) => part.split('='))
    .filter(([name, topics]) => name === app && topics !== undefined);
  return mine.length === 0 ? undefined : mine.flatMap(([, topics = '']) => topics.split(','));
}

/** Nothing between two commas is a topic, too. */
function list(text: string): string[] {
  return text === '' ? [] : text.replaceAll(' ', '').split(',');
}

/** RT:pkg/runtime/pubsub/adapter.go:54-84, with the topic's name before any namespace prefix; the metadata key that refuses it. */
function refusedBy(component: Component, topic: string, app: string | null): string | undefined {
  const read = (name: string) => {
    const value = valueOf(looseItemOf(component, name));
    return value.known ? value.text : undefined;
  };
  const allowed = list(read('allowedTopics') ?? '');
  if (allowed.length > 0 && !allowed.includes(topic)) return 'allowedTopics';
  const scopes = read('subscriptionScopes');
  // Which apps are listed cannot be told without knowing the app, or the value.
  if (scopes === undefined || (app === null && scopes !== '')) return undefined;
  const mine = app === null ? undefined : scopedTopics(scopes, app);
  if (mine !== undefined) return mine.includes(topic) ? undefined : 'subscriptionScopes';
  return list(read('protectedTopics') ?? '').includes(topic) ? 'protectedTopics' : undefined;
}

/** The component is there, but no app that has the Subscription loads it. */
function* outOfScope(subscription: Subscription, workspace: Workspace): Generator<Problem> {
  const { pubsubname } = subscription;
  if (pubsubname === undefined || subscription.scopes === undefined) return;
  const components = workspace.componentsNamed(pubsubname.text).filter(isPubsub);
  if (components.some((component) => component.document.conditional || shareAnApp(component, subscription))) return;
  yield {
    range: pubsubname.node.range,
    message: l10n.t(
      'The scopes of {0} leave out every app of this Subscription ({1}): it never starts, and daprd logs no error.',
      pubsubname.text,
      subscription.scopes.map((scope) => scope.text).join(', '),
    ),
  };
}

export const subscriptionLinkRules: readonly Rule[] = [
  {
    id: 'S-03',
    severity: 'warning',
    on: 'subscription',
    crossFile: true,
    *check(subscription, { workspace }) {
      const { pubsubname, document } = subscription;
      if (pubsubname?.node.templated === true) return;
      const names = workspace.derive(pubsubNames);
      // A Subscription alone tells nothing about the components it will meet.
      const name = pubsubname?.text ?? '';
      const other = workspace.componentsNamed(name)[0];
      if ((names.size === 0 && other === undefined) || workspace.derive(hasOpenNames)) return;
      if (names.has(name) || (pubsubname === undefined && document.conditional)) {
        yield* outOfScope(subscription, workspace);
        return;
      }
      const all = [...names];
      const likely = all.find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ?? nearest(name, all);
      const offered = likely !== undefined ? [likely] : all.slice(0, 3);
      yield {
        range: (pubsubname?.node ?? document.root ?? { range: { start: 0, end: 0 } }).range,
        message:
          other === undefined
            ? l10n.t(
                'No pub/sub component here is named "{0}" (letter case counts): the subscription never starts, and daprd logs no error.',
                name,
              )
            : l10n.t(
                '"{0}" is of type {1}, which is no pub/sub component: the subscription never starts, and daprd logs no error.',
                name,
                other.type,
              ),
        fixes:
          pubsubname === undefined
            ? []
            : offered.map((candidate) => ({
                title: l10n.t('Replace by {0}', candidate),
                edits: [replaceScalar(pubsubname.node, candidate)],
                preferred: candidate === likely,
              })),
      };
    },
  },
  {
    id: 'S-04',
    severity: 'warning',
    on: 'subscription',
    crossFile: true,
    *check(subscription, { workspace }) {
      const { topic, pubsubname, document } = subscription;
      if (
        topic === undefined ||
        pubsubname === undefined ||
        topic.text === '' ||
        topic.node.templated ||
        pubsubname.node.templated ||
        document.conditional
      )
        return;
      const others = workspace.derive(byTopic).get(topicKey(pubsubname.text, topic.text)) ?? [];
      const inCode = others.find((other) => other.told !== undefined && overlap(other, subscription));
      if (inCode !== undefined)
        yield {
          range: topic.node.range,
          message: l10n.t(
            'Not used: {0} subscribes {1} of {2} in code, and that replaces this one.',
            (inCode.scopes ?? []).map((scope) => scope.text).join(', '),
            topic.text,
            pubsubname.text,
          ),
        };
      const first = others.find(
        (other) =>
          other.told === undefined &&
          folder(other.document.file) === folder(document.file) &&
          !other.document.conditional &&
          overlap(other, subscription),
      );
      if (inCode !== undefined || first === undefined || first === subscription) return;
      yield {
        range: topic.node.range,
        message: l10n.t(
          'Not used: {0} subscribes {1} of {2} before, and only the first of two is used. Merge them, or give each its own scopes.',
          first.name === '' ? first.document.file : `"${first.name}"`,
          topic.text,
          pubsubname.text,
        ),
      };
    },
  },
  {
    id: 'S-05',
    severity: 'warning',
    on: 'subscription',
    crossFile: true,
    *check(subscription, { workspace }) {
      const { topic, pubsubname } = subscription;
      if (topic === undefined || pubsubname === undefined || topic.text === '' || topic.node.templated) return;
      const component = workspace.componentsNamed(pubsubname.text).find(isPubsub);
      if (component === undefined) return;
      const apps = subscription.scopes?.map((scope) => scope.text) ?? appsOf(component, workspace);
      for (const app of apps) {
        const by = refusedBy(component, topic.text, app);
        if (by === undefined) continue;
        yield {
          range: topic.node.range,
          message: l10n.t(
            "{0} of component {1} refuses this to {2}: \"subscription to topic '{3}' on pubsub '{1}' is not allowed\", retried for ever.",
            by,
            component.name,
            app ?? l10n.t('every app'),
            topic.text,
          ),
        };
        return;
      }
    },
  },
];
