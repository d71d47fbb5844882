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
