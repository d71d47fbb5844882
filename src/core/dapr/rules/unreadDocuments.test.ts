// Executed on daprd 1.18.0: which of these it loads. Components "a" and "b" are fine where a document is made of them.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { createLinter, lintWorkspace } from './lint.ts';
import { applyFix, findingsOf, unmark } from './markedText.ts';

const K8S = { mode: 'kubernetes' } as const;
const store = (name: string, type = 'secretstores.local.env') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: ${type}\n  version: v1\n`;
const json = (name: string) =>
  `{"apiVersion": "dapr.io/v1alpha1", "kind": "Component", "metadata": {"name": "${name}"}, "spec": {"type": "secretstores.local.env", "version": "v1"}}`;
const item = (text: string, indent = '') => text.trimEnd().replace(/^/gm, `${indent}  `).replace(/ {2}/, '- ') + '\n';
const marked = (text: string) => text.replace('apiVersion: dapr.io/v1alpha1', '«$&»');

const FINDINGS: [what: string, text: string, options?: Partial<LintOptions>][] = [
  ['behind ...', `${store('a')}...\n${marked(store('b'))}`],
  ['behind ..., for kubectl', `${store('a')}...\n${marked(store('b'))}`, K8S],
  ['behind ... of something else', `apiVersion: v1\nkind: Pod\n...\n${marked(store('b'))}`],
  ['a second JSON object', `${json('a')}\n«${json('b')}»`],
  ['a second JSON object of a line', `${json('a')} «${json('b')}»`],
  ['a list', `«- apiVersion: dapr.io/v1alpha1»\n${item(store('a')).replace(/^.*\n/, '')}${item(store('b'))}`],
  ['a JSON list', `«[${json('a')}, ${json('b')}]»`, K8S],
  ['a List', `«apiVersion: v1»\nkind: List\nitems:\n${item(store('a'))}`],
  ['a list of components', `«apiVersion: dapr.io/v1alpha1»\nkind: ComponentList\nitems:\n${item(store('a'), '  ')}`],
];

const NONE: [what: string, text: string, options?: Partial<LintOptions>][] = [
  ['--- behind ...', `${store('a')}...\n---\n${store('b')}`],
  ['a directive behind ...', `${store('a')}...\n%YAML 1.1\n---\n${store('b')}`],
  ['nothing of Dapr behind ...', `${store('a')}...\nfoo: bar\n`],
  ['an empty List', `apiVersion: v1\nkind: List\nitems: []\n---\n${store('a')}`],
  ['a List for kubectl', `apiVersion: v1\nkind: List\nitems:\n${item(store('a'))}`, K8S],
  ['JSON objects for kubectl', `${json('a')}\n${json('b')}`, K8S],
  ['a list of something else', '- name: dapr.io/v1alpha1\n- kind: Component\n'],
];

describe('C-21', () => {
  it.each(FINDINGS)('%s', (_, text, options) => {
    const { text: plain, parts } = unmark(text);
    const found = findingsOf('C-21', plain, options);
    expect(found.map(({ range }) => range)).toEqual(parts);
    expect(found.map(({ consequence }) => consequence)).toEqual(['not-loaded']);
  });

  it('what daprd loads without its last lines', () => {
    for (const [text, range] of [
      [`${store('a').replace(/^(?=.)/gm, '  ')}scopes:\n- app1\n`, 'scopes:'],
      [`${json('a')}\n}\n`, '}'],
    ] as const)
      expect(
        findingsOf('C-21', text).map((f) => [text.slice(f.range.start, f.range.end), f.consequence, f.fixes]),
      ).toEqual([[range, 'runs', []]]);
  });

  it('not where daprd stumbles over what follows', () => {
    const text = `${json('a')}\n\t@x: {\n`;
    expect(findingsOf('C-21', text)).toEqual([]);
    expect(findingsOf('C-13', text)).toHaveLength(1);
  });

  it.each(NONE)('not: %s', (_, text, options) => {
    expect(findingsOf('C-21', text, options)).toEqual([]);
  });

  it.each([
    ['behind ...', `${store('a')}...\n${store('b')}`, `${store('a')}...\n---\n${store('b')}`],
    [
      'with CRLF',
      `${store('a')}...\n${store('b')}`.replaceAll('\n', '\r\n'),
      `${store('a')}...\n---\n${store('b')}`.replaceAll('\n', '\r\n'),
    ],
    ['JSON', `${json('a')} ${json('b')}`, `${json('a')} \n---\n${json('b')}`],
    ['a list', `# two\n${item(store('a'))}# b\n${item(store('b'))}`, `# two\n${store('a')}# b\n---\n${store('b')}`],
  ])('fix: %s', (_, before, after) => {
    const [finding] = findingsOf('C-21', before);
    expect(applyFix(before, finding!.fixes[0]!)).toBe(after);
    expect(findingsOf('C-21', after)).toEqual([]);
  });

  it('checks the items of a List at their places, which never stop a daprd that does not read them', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n${item(store('a', 'pubsub.kafka'), '  ')}${item(store('b', 'pubsub.nope'), '  ')}`;
    const linter = createLinter({ ...DEFAULT_LINT_OPTIONS, ...K8S });
    linter.set('c.yaml', text);
    const told = (options: Partial<LintOptions>) =>
      (lintWorkspace([{ path: 'c.yaml', text }], { ...DEFAULT_LINT_OPTIONS, ...options }).get('c.yaml') ?? [])
        .filter(({ rule }) => rule === 'C-06')
        .map(({ range, consequence }) => [text.slice(range.start, range.end), consequence]);
    expect(linter.workspace.components.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(told(K8S)).toEqual([['pubsub.nope', 'daprd-stops']]);
    expect(told({})).toEqual([['pubsub.nope', 'not-loaded']]);
  });

  it('leaves an item alone that needs an anchor of another one', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n${item(store('a')).replace('metadata:', 'metadata: &m')}${item(store('b')).replace(/metadata:\n.*/, 'metadata: *m')}`;
    expect(lintWorkspace([{ path: 'c.yaml', text }], { ...DEFAULT_LINT_OPTIONS, ...K8S }).get('c.yaml')).toEqual([]);
  });
});
