import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { RULES } from './all.ts';
import { createLinter, lintWorkspace } from './lint.ts';
import { ruleDocPath } from './ruleDocs.ts';

const kafka = (...items: string[]) =>
  [
    'apiVersion: dapr.io/v1alpha1',
    'kind: Component',
    'metadata:',
    '  name: kpub',
    'spec:',
    '  type: pubsub.kafka',
    '  version: v1',
    '  metadata:',
    ...items.map((line) => `  ${line}`),
    '',
  ].join('\n');

function lint(text: string, path = 'c.yaml'): Finding[] {
  return lintWorkspace([{ path, text }], DEFAULT_LINT_OPTIONS).get(path) ?? [];
}

const of = (findings: Finding[], rule: string) => findings.filter((f) => f.rule === rule);

describe('documents', () => {
  const bad = kafka('- name: initialOffset', '  value: earliest');

  it('are judged one by one, at their place in the file', () => {
    const text = `\uFEFF# one\r\n---\r\nkind: Service\n---\nbroken: [\n---\n${bad}`;
    const [finding] = of(lint(text), 'K-03');
    expect(text.slice(finding!.range.start, finding!.range.end)).toBe('earliest');
    expect(finding!.fixes[0]!.edits[0]!.range).toEqual(finding!.range);
  });

  it('inside a ConfigMap keep their offsets', () => {
    const inner = bad
      .split('\n')
      .map((l) => (l === '' ? '' : `    ${l}`))
      .join('\n');
    const text = `apiVersion: v1\nkind: ConfigMap\ndata:\n  k.yaml: |\n${inner}  other: x\n`;
    const [finding] = of(lint(text), 'K-03');
    expect(text.slice(finding!.range.start, finding!.range.end)).toBe('earliest');
  });

  it('of others are absent from the result', () => {
    expect([...lintWorkspace([{ path: 'a.yaml', text: 'kind: Service\n' }], DEFAULT_LINT_OPTIONS).keys()]).toEqual([]);
  });

  it('keep their identity while others in the file change', () => {
    const linter = createLinter(DEFAULT_LINT_OPTIONS);
    linter.set('c.yaml', `a: 1\n---\n${bad}`);
    const before = linter.workspace.documents('c.yaml')[1];
    const [first] = of(linter.findings('c.yaml'), 'K-03');
    linter.set('c.yaml', `a: 12\n---\n${bad}`);
    expect(linter.workspace.documents('c.yaml')[1]).toBe(before);
    expect(of(linter.findings('c.yaml'), 'K-03')[0]!.range.start).toBe(first!.range.start + 1);
  });
});

describe('a generated file', () => {
  it('is told at most a hundred problems of one kind', () => {
    const text = kafka(...Array.from({ length: 3000 }, (_, i) => `- name: nonsense${i}\n    value: x`));
    expect(of(lint(text), 'K-06')).toHaveLength(100);
  });
});

describe('settings', () => {
  const bad = kafka('- name: initialOffset', '  value: earliest');

  it('switch a rule off or change its severity', () => {
    const with_ = (severity: 'off' | 'info') =>
      of(
        lintWorkspace([{ path: 'c.yaml', text: bad }], {
          ...DEFAULT_LINT_OPTIONS,
          severities: { 'K-03': severity },
        }).get('c.yaml')!,
        'K-03',
      );
    expect(with_('off')).toEqual([]);
    expect(with_('info')[0]!.severity).toBe('info');
  });

  it('are overruled by a comment above the line', () => {
    const quiet = kafka(
      '- name: initialOffset',
      '# kafka-dapr-disable-next-line K-01, K-03 wanted',
      '  value: earliest',
    );
    expect(of(lint(quiet), 'K-03')).toEqual([]);
    const other = kafka('- name: initialOffset', '# kafka-dapr-disable-next-line K-02 wanted', '  value: earliest');
    expect(of(lint(other), 'K-03')).toHaveLength(1);
  });

  it('change nothing in what daprd does: judgements know what is not shown', () => {
    const text = kafka('- name: initialOffset', '# kafka-dapr-disable-next-line K-03 wanted', '  value: earliest');
    const linter = createLinter({ ...DEFAULT_LINT_OPTIONS, severities: { 'K-27': 'off' } });
    linter.set('c.yaml', text);
    expect(linter.findings('c.yaml').filter((f) => f.consequence !== 'runs')).toEqual([]);
    const stops = linter.judgements('c.yaml').filter((f) => f.consequence === 'daprd-stops');
    expect(stops.map((f) => [f.rule, f.hidden, text.slice(f.range.start, f.range.end)])).toEqual([
      ['K-27', true, 'metadata'],
      ['K-27', true, 'metadata'],
      ['K-03', true, 'earliest'],
    ]);
    expect(linter.judgements('c.yaml').find((f) => f.rule === 'K-43')?.hidden).toBe(false);
  });
});

describe('consequence', () => {
  it('of a component that is skipped or may fail is "not loaded"', () => {
    const ignoring = kafka('- name: initialOffset', '  value: earliest').replace(
      'spec:',
      'spec:\n  ignoreErrors: true',
    );
    expect(of(lint(ignoring), 'K-03')[0]).toMatchObject({
      consequence: 'not-loaded',
      message: expect.stringContaining('Here it does not stop, but runs without this document.'),
    });
    const skipped = kafka('- name: initialOffset', '  value: earliest').replace('dapr.io/v1alpha1', 'dapr.io/v1');
    expect(of(lint(skipped), 'K-03')[0]).toMatchObject({
      consequence: 'not-loaded',
      message: expect.stringContaining('Here it does not stop, but runs without this document.'),
    });
    // A panic is no error.
    const panics = ignoring.replace('initialOffset', 'excludeHeaderMetaRegex').replace('earliest', '"["');
    expect(of(lint(panics), 'K-34')[0]!.consequence).toBe('daprd-stops');
  });

  it('of metadata that is no list nothing is said but that', () => {
    const rules = lint(kafka('  brokers: k:9092', '  initialOffset: newest')).map(({ rule }) => rule);
    expect(rules).toContain('C-10');
    expect(rules.filter((rule) => ['K-01', 'K-27', 'K-43'].includes(rule))).toEqual([]);
  });
});

describe('pages', () => {
  it.each([...new Set(RULES.map((rule) => rule.id))])('%s has one that shows what is wrong and what is right', (id) => {
    const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../../..', ruleDocPath(id)), 'utf8');
    expect(page.split('\n')[0]).toMatch(new RegExp(`^# ${id}\\b`));
    expect(page).toMatch(/```yaml[\s\S]*```yaml/);
  });
});
