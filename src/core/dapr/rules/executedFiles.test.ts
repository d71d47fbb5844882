import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './variations.fixture.ts';

/** What a real daprd did with whole files and with the expressions of routes: see `source` in the file. */
const { match, files } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures/executed-files.json'), 'utf8'),
) as { match: Record<string, string>; files: Record<string, Record<string, string>> };

const withMatch = (expression: string) =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: p\n  topic: t\n  routes:\n    rules:\n    - match: ${JSON.stringify(expression)}\n      path: /x\n    default: /d\n`;

describe('a rule of a route', () => {
  it.each(Object.entries(match))('%s', (expression, verdict) => {
    expect(verdictOf(withMatch(expression))).toBe(verdict);
  });
});

describe.each(Object.entries(files))('with this file daprd: %s', (verdict, texts) => {
  it.each(Object.entries(texts))('%s', (_what, text) => {
    expect(verdictOf(text)).toBe(verdict);
  });
});
