import { describe, expect, it } from 'vitest';
import { entryOf, jsonText, nodeAt, textOf, type ScalarNode } from './nodes.ts';
import { parseYaml } from './parse.ts';
import { maskTemplates } from './templates.ts';

function root(text: string) {
  const result = parseYaml(text);
  if (result.error) throw new Error(result.error.reason);
  return result.root;
}

function written(text: string, ...path: string[]): string {
  const node = nodeAt(root(text), ...path);
  return node === undefined ? 'none' : text.slice(node.range.start, node.range.end);
}

describe('ranges', () => {
  it('cover quotes, flow collections and block scalars', () => {
    const text = 'a: "x\\ty"\nb: [1, {c: \'d\'} , ]\r\nk: |-\n  one\n  two\n\n"q r": z # note\n';
    expect(written(text, 'a')).toBe('"x\\ty"');
    expect(textOf(nodeAt(root(text), 'a'))).toBe('x\ty');
    expect(written(text, 'b')).toBe("[1, {c: 'd'} , ]");
    expect(written(text, 'k')).toBe('|-\n  one\n  two');
    expect(textOf(nodeAt(root(text), 'k'))).toBe('one\ntwo');
    expect(written(text, 'q r')).toBe('z');
  });

  it('of an absent value is the place where it would stand', () => {
    const text = 'a:\nb: &x\nc: [p, ]\nd:\n  - \n  - y\n';
    expect(nodeAt(root(text), 'a')?.range).toEqual({ start: 2, end: 2 });
    expect(nodeAt(root(text), 'b')?.range).toEqual({ start: 8, end: 8 });
    const d = nodeAt(root(text), 'd');
    expect(d?.kind === 'seq' && d.items.map((i) => text.slice(i.range.start - 1, i.range.end))).toEqual(['-', ' y']);
  });

  it('count UTF-16 units', () => {
    const text = '"😀": é\nk: v\n';
    expect(nodeAt(root(text), 'k')?.range).toEqual({ start: 11, end: 12 });
  });
});

describe('anchors, aliases and merge keys', () => {
  it('share the collection and place a scalar at its alias', () => {
    const text = 'a: &x {k: 1, j: 2}\nb: *x\ns: &t one\nu: *t\n';
    const r = root(text);
    const b = nodeAt(r, 'b');
    expect(b).toBe(nodeAt(r, 'a'));
    expect(jsonText(b!)).toBe('{"j":2,"k":1}');
    expect(written(text, 'u')).toBe('*t');
    expect((nodeAt(root(text), 'u') as ScalarNode).alias).toBe(true);
  });

  it('merge without overriding own keys', () => {
    const r = root('base: &b {k: 1, j: 2}\nmine:\n  <<: *b\n  k: 3\n');
    expect(textOf(nodeAt(r, 'mine', 'k'))).toBe('3');
    expect(entryOf(nodeAt(r, 'mine'), 'j')?.merged).toBe(true);
  });

  it('refuse recursion and unknown names', () => {
    expect(parseYaml('a: &x [*x]\n').error?.reason).toContain('contains itself');
    expect(parseYaml('a: *nope\n').error?.range).toEqual({ start: 3, end: 8 });
  });

  it('cost what the file costs, not what it expands to', () => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; i < 40; i++)
      text += `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    const r = root(text);
    expect(jsonText(nodeAt(r, 'a39')!).length).toBeLessThan(10_000);
  });
});

describe('values', () => {
  it.each([
    ['yes', 'true'],
    ['0123', '83'],
    ['0o17', '15'],
    ['0x10', '16'],
    ['1_000', '1000'],
    ['1e3', '1000'],
    ['1.10', '1.1'],
    ['2.0', '2'],
    ['12:30', '12:30'],
    ['2024-01-01', '2024-01-01'],
    ['12345678901234567890', '12345678901234567890'],
    ['!!str yes', 'yes'],
    ["'0123'", '0123'],
    ['~', ''],
    ['08', '8'],
  ])('%s reads as %s', (written, read) => {
    expect(textOf(nodeAt(root(`v: ${written}\n`), 'v'))).toBe(read);
  });

  it('without a JSON form break the document', () => {
    expect(parseYaml('v: .inf\n').error).toMatchObject({ notJson: true, range: { start: 3, end: 7 } });
  });

  it('of a map are its JSON text', () => {
    expect(jsonText(nodeAt(root('v: {uuid}\n'), 'v')!)).toBe('{"uuid":null}');
  });
});

describe('where the parser is stricter or laxer than daprd', () => {
  it('quoted text may go on without indentation', () => {
    const text = 'a: "b\n  c\n\nd"\nk: v\n';
    expect(textOf(nodeAt(root(text), 'a'))).toBe('b c\nd');
    expect(nodeAt(root(text), 'k')?.range).toEqual({ start: 17, end: 18 });
  });

  it('a block at the very end has no newline', () => {
    expect(textOf(nodeAt(root('a: |\n  b'), 'a'))).toBe('b');
    expect(textOf(nodeAt(root('a: |\n  b\n'), 'a'))).toBe('b\n');
  });

  it.each(['- a\n-\tb\n', '~: a\n', '? [a]\n: b\n', '<<: [a]\n'])('%j is refused', (text) => {
    expect(parseYaml(text).error).toBeDefined();
  });
});

describe('templates', () => {
  it('keep every offset', () => {
    const text = 'a: {{ .Values.a }}\n{{- if .b }}\nb: "x-{{ .c }}"\n{{- end }}\nc: d\n';
    const masked = maskTemplates(text);
    expect(masked.text.length).toBe(text.length);
    expect(masked).toMatchObject({ templated: true, controls: [19, 48] });
    const c = nodeAt(root(masked.text), 'c');
    expect(text.slice(c!.range.start, c!.range.end)).toBe('d');
    expect(nodeAt(root(masked.text), 'a')).toMatchObject({ templated: true });
  });

  it("are not Dapr's own tags", () => {
    expect(maskTemplates('v: "{{appID}}"').templated).toBe(false);
  });
});

describe('errors', () => {
  it('name the line at which the text stops being YAML', () => {
    const text = 'a: b\n c: d\nx: y\n';
    const error = parseYaml(text).error!;
    expect(text.slice(error.range.start, error.range.end)).toContain(' d');
  });
});
