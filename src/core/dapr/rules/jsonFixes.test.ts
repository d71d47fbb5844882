import { load } from 'js-yaml';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';
import { applyFixTo } from './markedText.ts';

const fixture = (name: string): unknown =>
  JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures', name), 'utf8'));
const judged = fixture('judged-files.json') as Record<string, { files: Record<string, string> }>;
const recorded = fixture('dapr-scenarios.json') as {
  scenarios: { component: Record<string, string> | string | null }[];
};

/** The files of both that are one document, as JSON. */
function jsonTexts(): string[] {
  const texts = [
    ...Object.values(judged).flatMap(({ files }) => Object.values(files)),
    ...recorded.scenarios.flatMap(({ component: c }) => (typeof c === 'string' ? [c] : Object.values(c ?? {}))),
  ];
  return texts.flatMap((text) => {
    try {
      const value = load(text);
      return typeof value === 'object' && value !== null ? [JSON.stringify(value), JSON.stringify(value, null, 2)] : [];
    } catch {
      return [];
    }
  });
}

const findings = (text: string) => lintWorkspace([{ path: 'c.json', text }], DEFAULT_LINT_OPTIONS).get('c.json') ?? [];

it('keeps a JSON file one that JSON can read, whatever is mended in it', () => {
  const broken = new Set<string>();
  for (const text of jsonTexts()) {
    const files = { 'c.json': text };
    for (const finding of findings(text))
      for (const fix of finding.fixes) {
        const after = applyFixTo(files, 'c.json', fix);
        for (const [file, content] of Object.entries(after)) {
          if (!file.endsWith('.json')) continue;
          try {
            JSON.parse(content);
          } catch {
            broken.add(`${finding.rule} ${fix.title}`);
          }
        }
      }
  }
  expect([...broken]).toEqual([]);
});

it('writes words in quotes, removes items with their comma, and offers no comment', () => {
  const text = JSON.stringify(
    {
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'shop' },
      spec: {
        type: 'pubsub.kafka',
        version: 'v1',
        metadata: [
          { name: 'brokers', value: 'kafka:9092' },
          { name: 'authType', value: 'none' },
          { name: 'sessionTimeout', value: 45 },
          { name: 'acks', value: 'all' },
        ],
      },
    },
    null,
    2,
  );
  const after = (rule: string, title: string) => {
    const fix = findings(text)
      .find((f) => f.rule === rule)
      ?.fixes.find((f) => f.title.startsWith(title));
    return fix && applyFixTo({ 'c.json': text }, 'c.json', fix)['c.json'];
  };
  expect(after('K-24', 'Replace by 45s')).toBe(text.replace('45', '"45s"'));
  expect(after('K-05', 'Remove')).toBe(text.replace(/,\s+\{\s+"name": "acks",\s+"value": "all"\s+\}/, ''));
  expect(after('K-01', 'Start at oldest')).toBe(
    text.replace('"all"\n      }', '"all"\n      }, {"name": "initialOffset", "value": "oldest"}'),
  );
  expect(after('K-01', 'This is intended')).toBeUndefined();
});
