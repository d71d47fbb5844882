import * as l10n from '@vscode/l10n';
import { nearest } from '../catalog/nearest.ts';
import type { Fix } from '../finding.ts';
import { apisOf } from '../resources/api.ts';
import type { Subscription } from '../resources/subscription.ts';
import { entryOf, textOf, type MapEntry } from '../yaml/nodes.ts';
import { eolOf, replaceByText, scalarSource } from './edits.ts';
import type { Rule } from './rule.ts';

/** A rule of `routes` that can win: it has a path. */
function hasRoute(subscription: Subscription): boolean {
  return (
    subscription.rules.some((rule) => (rule.path?.text ?? '') !== '') ||
    (subscription.defaultRoute?.text ?? '') !== '' ||
    subscription.defaultRoute?.node.templated === true
  );
}

function specEntry(subscription: Subscription, name: string): MapEntry | undefined {
  return entryOf(entryOf(subscription.root, 'spec')?.value, name);
}

/** Where a missing route is shown: the topic, else the document's first key. */
function place(subscription: Subscription) {
  return (subscription.topic?.node ?? specEntry(subscription, 'pubsubname')?.key ?? subscription.root).range;
}

function toVersion(subscription: Subscription, version: string): Fix[] {
  const apiVersion = entryOf(subscription.root, 'apiVersion')?.value;
  if (apiVersion?.kind !== 'scalar') return [];
  return [{ title: l10n.t('Change apiVersion to {0}', version), edits: [replaceByText(apiVersion, version)] }];
}

/** `route: /x` becomes `routes:` with a `default` of its own line. */
function toRoutes(subscription: Subscription, route: MapEntry): Fix[] {
  const path = textOf(route.value);
  if (path === undefined || path === '' || route.value.kind !== 'scalar') return [];
  const { text } = subscription.document;
  const start = route.key.range.start;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const eol = eolOf(text);
  const flow = entryOf(subscription.root, 'spec')?.value;
  const isFlow = flow?.kind === 'map' && flow.flow;
  const value = scalarSource(path, route.value.style);
  const newText = isFlow
    ? `routes: {default: ${JSON.stringify(path)}}`
    : `routes:${eol}${' '.repeat(column + 2)}default: ${value}`;
  return [
    {
      title: l10n.t('Convert to routes.default'),
      edits: [{ range: { start, end: route.value.range.end }, newText }],
      preferred: true,
    },
  ];
}

const DROPPED = (): string => l10n.t('every message is consumed, dropped and committed without reaching the app.');

export const routeRules: readonly Rule[] = [
  {
    id: 'S-01',
    severity: 'error',
    on: 'subscription',
    *check(subscription, { options }) {
      if (subscription.document.conditional) return;
      const route = specEntry(subscription, 'route');
      const routes = subscription.routesEntry;
      if (subscription.version === 'v2alpha1') {
        if (hasRoute(subscription)) return;
        if (route !== undefined)
          yield {
            range: route.key.range,
            message: l10n.t('dapr.io/v2alpha1 does not know route, it reads routes: {0}', DROPPED()),
            fixes: [...toRoutes(subscription, route), ...toVersion(subscription, 'dapr.io/v1alpha1')],
          };
        else
          yield {
            range: routes?.key.range ?? place(subscription),
            message:
              routes === undefined && options.mode === 'kubernetes'
                ? l10n.t('routes is missing: the Kubernetes schema refuses the resource.')
                : l10n.t('No rule has a path and there is no default route: {0}', DROPPED()),
          };
        return;
      }
      if (subscription.version !== 'v1alpha1' || subscription.route?.node.templated === true) return;
      if ((subscription.route?.text ?? '') !== '') return;
      if (routes !== undefined)
        yield {
          range: routes.key.range,
          message: l10n.t('dapr.io/v1alpha1 does not know routes, it reads route: {0}', DROPPED()),
          fixes: toVersion(subscription, 'dapr.io/v2alpha1'),
        };
      else
        yield {
          range: route?.key.range ?? place(subscription),
          message:
            route === undefined && options.mode === 'kubernetes'
              ? l10n.t('route is missing: the Kubernetes schema refuses the resource.')
              : l10n.t('There is no route: {0}', DROPPED()),
        };
    },
  },
  {
    id: 'S-02',
    severity: 'warning',
    on: 'subscription',
    *check(subscription) {
      const { rules, routesEntry, document, defaultRoute } = subscription;
      if (
        subscription.version !== 'v2alpha1' ||
        rules.length === 0 ||
        !hasRoute(subscription) ||
        document.conditional ||
        routesEntry === undefined
      )
        return;
      if ((defaultRoute?.text ?? '') !== '' || defaultRoute?.node.templated === true) return;
      // A rule without match takes everything (RT:pkg/runtime/subscription/subscription.go:567-585).
      if (rules.some((rule) => (rule.match?.text ?? '') === '')) return;
      const path = rules.find((rule) => (rule.path?.text ?? '') !== '')?.path?.text ?? '/';
      const { value } = routesEntry;
      const fixes: Fix[] = [];
      if (value.kind === 'map' && !value.flow && defaultRoute === undefined) {
        const at = value.range.start;
        const column = at - (document.text.lastIndexOf('\n', at - 1) + 1);
        const eol = eolOf(document.text);
        fixes.push({
          title: l10n.t('Add default: {0}', path),
          edits: [
            {
              range: { start: at, end: at },
              newText: `default: ${scalarSource(path, 'plain')}${eol}${' '.repeat(column)}`,
            },
          ],
        });
      }
      yield {
        range: routesEntry.key.range,
        message: l10n.t(
          'There is no default route: messages for which every match is false are dropped and committed.',
        ),
        fixes,
      };
    },
  },
  {
    id: 'S-07',
    severity: 'info',
    on: 'subscription',
    crossFile: true,
    *check(subscription, { workspace }) {
      if (subscription.document.conditional) return;
      const apps = subscription.scopes?.map(({ text }) => text) ?? [null, ...workspace.apps.map(({ id }) => id)];
      const apis = [...new Set(apps.flatMap((app) => apisOf(app, workspace)))];
      if (apis.length === 0) return;
      const { version, route, defaultRoute, rules } = subscription;
      const paths = version === 'v1alpha1' ? [route] : [...rules.map(({ path }) => path), defaultRoute];
      for (const path of paths) {
        if (path === undefined || path.text === '' || path.node.templated) continue;
        const called = path.text.startsWith('/') ? path.text : `/${path.text}`;
        const without = apis.filter((api) => !api.answers(called.replace(/[?#].*$/, '')));
        if (without.length === 0) continue;
        const meant = nearest(called, [...new Set(without.flatMap(({ posts }) => posts))]);
        yield {
          range: path.node.range,
          message: l10n.t(
            '{0} describes no POST {1}: if the app answers 404, daprd takes that as DROP, and every message is committed and gone.',
            without.map(({ file }) => file).join(', '),
            called,
          ),
          fixes:
            meant === undefined
              ? []
              : [{ title: l10n.t('Replace by {0}', meant), edits: [replaceByText(path.node, meant)], preferred: true }],
        };
      }
    },
  },
];
