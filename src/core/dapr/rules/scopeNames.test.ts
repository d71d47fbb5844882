import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';

const RUN = 'version: 1\napps:\n- appID: orders-api\n  appDirPath: .\n- appID: Billing\n  appDirPath: .\n';
const component = (scopes: string) =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: s}\nspec:\n  type: state.in-memory\n  version: v1\nscopes: [${scopes}]\n`;
const subscription = (scopes: string) =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n  pubsubname: p\n  topic: t\n  routes: {default: /t}\nscopes: [${scopes}]\n`;

function told(text: string, run = RUN) {
  const files = [
    { path: 'dapr.yaml', text: run },
    { path: 'c.yaml', text },
  ];
  return (lintWorkspace(files, DEFAULT_LINT_OPTIONS).get('c.yaml') ?? [])
    .filter(({ rule }) => rule === 'C-18')
    .map(({ range, fixes }) => [text.slice(range.start, range.end), fixes[0]?.edits[0]?.newText]);
}

describe('C-18: a scope that is nearly an app of the workspace', () => {
  it('is told, with the app that was meant', () => {
    expect(told(component('order-api, billing'))).toEqual([
      ['order-api', 'orders-api'],
      ['billing', 'Billing'],
    ]);
    expect(told(component("'orders-api '"))).toEqual([["'orders-api '", "'orders-api'"]]);
    expect(told(subscription('orders_api'))).toEqual([['orders_api', 'orders-api']]);
  });

  it('not so an app, one of another repository, one of a numbered row, and where no app is known', () => {
    expect(told(component('orders-api, Billing, shipping'))).toEqual([]);
    expect(told(component('api'), RUN.replace('Billing', 'app'))).toEqual([]);
    expect(told(component('shop-2'), RUN.replace('Billing', 'shop-1'))).toEqual([]);
    expect(told(component('order-api'), 'version: 1\napps: []\n')).toEqual([]);
  });
});
