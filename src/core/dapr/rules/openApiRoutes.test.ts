import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { applyFix, unmark } from './markedText.ts';
import { lintWorkspace } from './lint.ts';

const subscription = (paths: string, scopes = '') =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n  pubsubname: p\n  topic: orders\n  routes:\n    ${paths}\n${scopes}`;
const API = 'openapi: 3.0.3\npaths:\n  /orders: {post: {}}\n  /orders/{id}/paid: {post: {}}\n  /health: {get: {}}\n';

function findingsIn(files: Record<string, string>, marked: string) {
  const { text, parts } = unmark(marked);
  const sources = Object.entries({ ...files, 's.yaml': text }).map(([path, text]) => ({ path, text }));
  const found = (lintWorkspace(sources, DEFAULT_LINT_OPTIONS).get('s.yaml') ?? []).filter((f) => f.rule === 'S-07');
  expect(found.map((finding) => finding.range)).toEqual(parts);
  return { text, found };
}

describe('S-07', () => {
  it('names the description without the path, and offers the one that was meant', () => {
    const { text, found } = findingsIn({ 'api/openapi.yaml': API }, subscription('default: «/order»'));
    expect(found[0]?.message).toContain('api/openapi.yaml describes no POST /order: if the app answers 404');
    expect(found[0]).toMatchObject({ severity: 'info', consequence: 'runs' });
    expect(applyFix(text, found[0]!.fixes[0]!)).toContain('default: /orders\n');
  });

  it('says nothing about paths that are described, nor without a description', () => {
    findingsIn({ 'openapi.yaml': API }, subscription('default: /orders'));
    findingsIn({ 'openapi.yaml': API }, subscription('default: orders'));
    findingsIn({ 'openapi.yaml': API }, subscription('default: /orders/7/paid'));
    findingsIn({}, subscription('default: /order'));
    findingsIn({ 'openapi.yaml': 'openapi: 3.0.3\npaths: {}\n' }, subscription('default: /order'));
  });

  it('wants a POST', () => {
    findingsIn({ 'openapi.yaml': API }, subscription('default: «/health»'));
  });

  it('reads JSON, the base path of Swagger and of servers', () => {
    findingsIn(
      { 'a.json': '{"swagger": "2.0", "basePath": "/api", "paths": {"/orders": {"post": {}}}}' },
      subscription('rules:\n    - {match: "true", path: /api/orders}\n    - {match: "true", path: «/api/other»}'),
    );
    findingsIn({ 'a.yaml': `${API}servers:\n- url: https://shop/v1/\n` }, subscription('default: /v1/orders'));
  });

  it('holds a description against the app in whose folder it lies, where several apps are known', () => {
    const files = {
      'dapr.yaml': 'apps:\n- {appID: shop, appDirPath: ./shop/}\n- {appID: mail, appDirPath: mail}\n',
      'shop/openapi.yaml': API,
    };
    findingsIn(files, subscription('default: «/order»', 'scopes: [shop]\n'));
    findingsIn(files, subscription('default: /order', 'scopes: [mail]\n'));
    findingsIn(files, subscription('default: «/order»'));
    findingsIn({ ...files, 'dapr.yaml': 'apps:\n- {appID: a}\n- {appID: b}\n' }, subscription('default: /order'));
  });
});
