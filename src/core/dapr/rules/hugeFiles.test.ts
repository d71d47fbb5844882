import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';

const component = (items: string) =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: pubsub.kafka\n  version: v1\n  metadata:\n  - name: brokers\n    value: "k:9092"\n  - name: consumerGroup\n    value: "g"\n  - name: authType\n    value: "none"\n${items}`;
const OFFSET = '  - name: initialOffset\n    value: "earliest"\n';

const PLAIN = ['K-43 metadata', 'K-14 "g"', 'K-03 "earliest"'];

/** Rule and the beginning of the marked text of each finding. */
function lint(text: string): string[] {
  const findings = lintWorkspace([{ path: 'c.yaml', text }], DEFAULT_LINT_OPTIONS).get('c.yaml') ?? [];
  return findings.map(({ rule, range }) => `${rule} ${text.slice(range.start, range.end)}`.slice(0, 20));
}

// A file that freezes the editor is worse than a fault in it. Each of these ends, and its neighbours are judged.
describe('huge and hostile files', () => {
  it('aliases that expand to 10^9 nodes', () => {
    const names = [...'abcdefghi'];
    const tenOf = (i: number) => Array<string>(10).fill(i === 0 ? '"x"' : `*${names[i - 1] ?? ''}`);
    const bomb = names.map((name, i) => `${name}: &${name} [${tenOf(i).join(',')}]\n`).join('');
    expect(lint(`${bomb}---\n${component(OFFSET)}`)).toEqual(PLAIN);
    expect(lint(`${component(OFFSET)}${bomb}`)).toEqual(PLAIN);
  });

  // Of 65,536 bytes on daprd reads a document for ever (C-15).
  it.each([
    [
      '10 MB in one value',
      component(`${OFFSET}  - name: clientID\n    value: "${'x'.repeat(1e7)}"\n`),
      'apiVersion: dapr',
    ],
    ['10 MB of comments', `${'# comment\n'.repeat(1e6)}${component(OFFSET)}`, '# comment'],
    [
      '100,000 levels of lists',
      `a: ${'['.repeat(1e5)}${']'.repeat(1e5)}\n---\n${component(OFFSET)}`,
      'a: [[[[[[[[[[[[',
    ],
    ['100,000 maps that nothing closes', `a: ${'{a: '.repeat(1e5)}\n---\n${component(OFFSET)}`, 'a: {a: {a: {a: '],
    ['100,000 levels of items', `${'- '.repeat(1e5)}x\n---\n${component(OFFSET)}`, '- - - - - - - -'],
  ])('%s', (_what, text, marked) => {
    const findings = lint(text);
    expect(findings[0]).toBe(`C-15 ${marked}`.slice(0, 20));
    expect(findings.slice(-2)).toEqual(PLAIN.slice(-2));
  });

  it('300,000 documents of others', () => {
    expect(lint(`${'kind: Pod\n---\n'.repeat(3e5)}${component(OFFSET)}`)).toEqual(PLAIN);
  });
});
