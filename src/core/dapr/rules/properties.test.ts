import fc from 'fast-check';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { readDocuments } from '../resources/document.ts';
import { createLinter, lintWorkspace } from './lint.ts';
import { applyFixTo } from './markedText.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../../../test/fixtures/component-files');
const RECORDED = path.resolve(import.meta.dirname, '../../../../test/fixtures/dapr-scenarios.json');
const recorded = JSON.parse(fs.readFileSync(RECORDED, 'utf8')) as {
  scenarios: { id: string; component: Record<string, string> | string | null }[];
};

const files: [string, string][] = [
  ...fs
    .readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, string] => [name, fs.readFileSync(path.join(FIXTURES, name), 'utf8')]),
  ...recorded.scenarios.flatMap((s): [string, string][] => {
    const { component } = s;
    if (component === null) return [];
    const texts: [string, string][] =
      typeof component === 'string' ? [['c.yaml', component]] : Object.entries(component);
    return texts.map(([name, text]) => [`${s.id} ${name}`, text]);
  }),
];

function lint(
  text: string,
  options: LintOptions = DEFAULT_LINT_OPTIONS,
  others: Record<string, string> = {},
): Finding[] {
  const beside = Object.entries(others).map(([path, other]) => ({ path, text: other }));
  return lintWorkspace([{ path: 'c.yaml', text }, ...beside], options).get('c.yaml') ?? [];
}

function expectInside(text: string, findings: readonly Finding[]) {
  for (const { rule, range, fixes } of findings)
    for (const r of [range, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.range))]) {
      expect(r.start, rule).toBeGreaterThanOrEqual(0);
      expect(r.end, rule).toBeGreaterThanOrEqual(r.start);
      expect(r.end, rule).toBeLessThanOrEqual(text.length);
    }
}

/** Pieces that make texts which are almost component files. */
const piece = fc.oneof(
  fc.constantFrom(
    'apiVersion: dapr.io/v1alpha1\n',
    'kind: Component\n',
    'metadata:\n  name: a\n',
    'spec:\n  type: pubsub.kafka\n  metadata:\n',
    '  - name: initialOffset\n    value: ',
    '    value: {uuid}\n',
    '- {name: x, value: "y"}\n',
    '---\n',
    '--- # c\n',
    '&a ',
    '*a',
    '<<: *a\n',
    '|\n  x\n',
    '"',
    "'",
    '\t',
    '\r\n',
    '{{ .Values.x }}',
    '{{- if .y }}\n',
    '${X}',
    '# kafka-dapr-disable-next-line K-01 x\n',
    '\uFEFF',
    '😀',
    '\0',
    ': ',
    '- ',
    '[',
    '}',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

describe('any text', () => {
  it('never crashes the linter, and ranges lie in it', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        expectInside(text, lint(text));
      }),
      { numRuns: 1500 },
    );
  });

  it('made from a real file by cutting and inserting keeps that', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.nat(400), piece, ([, text], at, cut, insert) => {
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + insert + text.slice(start + cut);
        expectInside(changed, lint(changed));
      }),
      { numRuns: 600 },
    );
  });

  // What does not parse keeps what was found before: typing.test.ts.
  const parsing = files.filter(([, text]) => readDocuments('c.yaml', text).every(({ error }) => error === undefined));

  it('gives the same findings when it was typed bit by bit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parsing), fc.array(fc.nat(), { maxLength: 4 }), ([, text], cuts) => {
        const linter = createLinter(DEFAULT_LINT_OPTIONS);
        for (const cut of cuts) linter.set('c.yaml', text.slice(0, cut % (text.length + 1)));
        linter.set('c.yaml', text);
        if (linter.hasDapr('c.yaml')) expect(linter.findings('c.yaml')).toEqual(lint(text));
      }),
      { numRuns: 200 },
    );
  });
});

describe('every fix of every known file', () => {
  it.each(files)('%s', (_name, text) => {
    for (const finding of lint(text))
      for (const fix of finding.fixes) {
        const { 'c.yaml': fixed = '', ...others } = applyFixTo({ 'c.yaml': text }, 'c.yaml', fix);
        const again = lint(fixed, DEFAULT_LINT_OPTIONS, others);
        const count = (list: Finding[]) => list.filter((f) => f.rule === finding.rule).length;
        expect(count(again), `${finding.rule} "${fix.title}" of\n${text}\ngave\n${fixed}`).toBeLessThan(
          count(lint(text)),
        );
        const broken = (t: string) => readDocuments('c.yaml', t).filter((d) => d.error !== undefined).length;
        expect(broken(fixed), `${fix.title} gave\n${fixed}`).toBeLessThanOrEqual(broken(text));
      }
  });
});
