import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './variations.fixture.ts';

interface Group {
  fields: string[];
  /** Values as they are written in YAML. */
  refused: string[];
  taken: string[];
}

/** What real components did with odd values, field by field: see `source` in the file. */
const { needed, values, combinations } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures/component-values.json'), 'utf8'),
) as {
  needed: Record<string, Record<string, string>>;
  values: Record<string, Group[]>;
  combinations: Record<string, { fields: Record<string, string>; error: string | null }[]>;
};

function componentWith(type: string, field: string, value: string): string {
  const others = Object.entries(needed[type] ?? {}).filter(([name]) => name !== field);
  return component(type, [...others.map(([name, text]) => [name, JSON.stringify(text)] as const), [field, value]]);
}

function component(type: string, items: readonly (readonly [name: string, text: string])[]): string {
  const metadata = items.map(([name, text]) => `  - name: ${name}\n    value: ${text}\n`).join('');
  return `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\nspec:\n  type: ${type}\n  version: v1\n  metadata:\n${metadata}`;
}

describe.each(Object.entries(values))('%s refuses what the component itself refuses in', (type, groups) => {
  it.each(groups.flatMap((group) => group.fields.map((field) => [field, group] as const)))(
    '%s',
    (field, { refused, taken }) => {
      const stops = [...refused, ...taken].filter(
        (value) => verdictOf(componentWith(type, field, value), { environment: {} }) === 'stops',
      );
      expect(stops).toEqual(refused);
    },
  );
});

describe.each(Object.entries(combinations))('%s starts, or not, with', (type, cases) => {
  it.each(cases.map(({ fields, error }) => [JSON.stringify(fields), fields, error] as const))(
    '%s',
    (_what, fields, error) => {
      const items = Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)] as const);
      expect(verdictOf(component(type, items), { environment: {} })).toBe(error === null ? 'runs' : 'stops');
    },
  );
});
