import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonText } from './nodes.ts';
import { parseYaml } from './parse.ts';

/**
 * Texts at the edges of YAML, and the JSON that daprd's parser makes of each (sigs.k8s.io/yaml 1.4.0, executed); null:
 * it refuses the text.
 */
const readings = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures/yaml-readings.json'), 'utf8'),
) as Record<string, string | null>;

/** Go writes keys in order and large numbers in its own way. */
function canonical(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

describe('YAML is read as daprd reads it:', () => {
  it.each(Object.entries(readings))('%j', (text, json) => {
    const { root, error } = parseYaml(text);
    if (json === null) expect(error).toBeDefined();
    else {
      expect(error).toBeUndefined();
      expect(canonical(root === undefined ? 'null' : jsonText(root))).toEqual(canonical(json));
    }
  });
});

describe('the text of a list or map is as Go writes JSON', () => {
  it.each([
    ['["x<y>&z"]\n', String.raw`["x\u003cy\u003e\u0026z"]`],
    ['{"<k>": 1, b: "\\u2028"}\n', String.raw`{"\u003ck\u003e":1,"b":"\u2028"}`],
    ['{b: 1, a: 2, B: 3}\n', '{"B":3,"a":2,"b":1}'],
  ])('%j', (text, json) => {
    const { root } = parseYaml(text);
    expect(root && jsonText(root)).toBe(json);
  });
});

/**
 * What is still read differently, and why it is left so: nobody writes it, or the verdict is the same (such a document
 * is not loaded either way). The JSON is daprd's; null: it refuses the text.
 */
const DIFFERENT: [text: string, json: string | null, why: string][] = [
  ['a: |\n  x\u2029  y\n', '{"a":"x\u2029y\\n"}', 'old line breaks stay what they are within a text'],
  ['[a, b:]\n', '["a","b:"]', 'a colon right before a bracket'],
  ['[-, a]\n', '["-","a"]', 'a lone dash in brackets'],
  ['[?a, b]\n', '[{"a":null},"b"]', 'a question mark in brackets'],
  ['a: &x 1\n*x: 2\n', '{"1":2,"a":1}', 'an alias as key without a blank behind it'],
  ['%YAML 1.2\n---\na: 1\n', null, 'daprd cuts at --- first: the directive is a document of its own'],
  ['a: !!timestamp 5\n', null, 'a tag for dates, of which a component has none'],
  ['a: !<tag:yaml.org,2002:int> "5"\n', '{"a":5}', 'the long form of a tag'],
  ['%TAG !e! tag:yaml.org,2002:\n---\na: !e!int "5"\n', '{"a":5}', 'the long form, made short'],
];

describe('YAML is read differently:', () => {
  it.each(DIFFERENT)('%j', (text, json) => {
    const { root, error } = parseYaml(text);
    const ours = error === undefined ? canonical(root === undefined ? 'null' : jsonText(root)) : null;
    expect(ours).not.toEqual(json === null ? null : canonical(json));
  });
});
