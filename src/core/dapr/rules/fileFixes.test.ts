import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';
import { applyFixTo } from './markedText.ts';

type Files = Record<string, string>;

function findings(files: Files, rule: string): { path: string; finding: Finding }[] {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return [...lintWorkspace(sources, DEFAULT_LINT_OPTIONS)].flatMap(([path, all]) =>
    all.filter((finding) => finding.rule === rule).map((finding) => ({ path, finding })),
  );
}

/** The workspace after the fix of that title of the rule's only finding, which is then gone. */
function fixed(files: Files, rule: string, title: string): Files {
  const found = findings(files, rule);
  expect(found).toHaveLength(1);
  const [{ path, finding }] = found as [{ path: string; finding: Finding }];
  const fix = finding.fixes.find((one) => one.title === title);
  if (fix === undefined) throw new Error(`only ${finding.fixes.map((one) => one.title).join(', ')}`);
  const after = applyFixTo(files, path, fix);
  expect(findings(after, rule)).toEqual([]);
  return after;
}

const titles = (files: Files, rule: string) =>
  findings(files, rule).flatMap(({ finding }) => finding.fixes.map(({ title }) => title));

const kafka = (items = '') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop\nspec:\n  type: pubsub.kafka\n  version: v1\n  metadata:\n  - name: brokers\n    value: b:9092\n  - name: authType\n    value: none\n${items}`;
const subscription = (topic: string, more = '') =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s-${topic}\nspec:\n  pubsubname: shop\n  topic: ${topic}   # theirs\n  routes:\n    default: /${topic}\n${more}`;
const RESILIENCY = 'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata:\n  name: r\nspec: {} # none yet\n';

describe('C-12', () => {
  const begin = '-----BEGIN CERTIFICATE-----';
  const end = '-----END CERTIFICATE-----';
  const text = (pem: string[], eol = '\n') =>
    [
      kafka('  - name: caCert\n    value: |\n').trimEnd().split('\n'),
      pem,
      '  # next',
      '  - name: clientID',
      '    value: x',
      '',
    ]
      .flat()
      .join(eol);

  it('indents the PEM blocks of the value above', () => {
    const pem = [begin, 'MIIB', '', 'AAAA', end, begin, 'MIIC', end];
    const inside = pem.map((line) => (line === '' ? '' : `      ${line}`));
    expect(fixed({ 'c.yaml': text(pem) }, 'C-12', 'Indent the text')).toEqual({ 'c.yaml': text(inside) });
    const windows = fixed({ 'c.yaml': text(pem, '\r\n') }, 'C-12', 'Indent the text');
    expect(windows).toEqual({ 'c.yaml': text(inside, '\r\n') });
  });

  it('indents a line of a text that goes on', () => {
    const block = (line: string) => kafka(`  - name: clientID\n    value: |\n       a\n${line}---x\n       b\n`);
    expect(fixed({ 'c.yaml': block('') }, 'C-12', 'Indent the text')).toEqual({ 'c.yaml': block(' '.repeat(7)) });
  });

  it('has no fix where the text does not end', () => {
    expect(titles({ 'c.yaml': text([begin, 'MIIB']) }, 'C-12')).toEqual([]);
  });

  it('makes a separator of a decorated one', () => {
    const [one, two] = [kafka(), kafka().replace('name: shop', 'name: other')];
    const after = fixed({ 'c.yaml': `${one}-------- other --------\n${two}` }, 'C-12', 'Replace by ---');
    expect(after).toEqual({ 'c.yaml': `${one}---\n${two}` });
  });
});

describe('C-16', () => {
  const run = 'version: 1\napps:\n- appID: app1\n  resourcesPath: res\n';
  const json =
    '{"apiVersion": "dapr.io/v1alpha1", "kind": "Component", "metadata": {"name": "j"}, "spec": {"type": "pubsub.kafka"}}\n';

  it('moves the file to where daprd looks', () => {
    const below = { 'dapr.yaml': run, 'res/old/a.yaml': kafka() };
    expect(fixed(below, 'C-16', 'Move to res/a.yaml')).toEqual({ 'dapr.yaml': run, 'res/a.yaml': kafka() });
    const other = { 'dapr.yaml': run, 'res/j.json': json };
    expect(fixed(other, 'C-16', 'Move to res/j.yaml')).toEqual({ 'dapr.yaml': run, 'res/j.yaml': json });
  });

  it('does not move over another file, a copy of a component, or JSON with comments', () => {
    expect(titles({ 'dapr.yaml': run, 'res/old/a.yaml': kafka(), 'res/a.yaml': 'a: 1\n' }, 'C-16')).toEqual([]);
    expect(titles({ 'dapr.yaml': run, 'res/old/a.yaml': kafka(), 'res/b.yaml': kafka() }, 'C-16')).toEqual([]);
    expect(titles({ 'dapr.yaml': run, 'res/j.json': `// mine\n${json}` }, 'C-16')).toEqual([]);
  });
});

describe('C-17', () => {
  it('gives the Resiliency a file of its own, with its comments', () => {
    const after = fixed(
      { 'r/c.yaml': `${kafka()}---\n${RESILIENCY}---\n${subscription('t')}` },
      'C-17',
      'Move to r/resiliency.yaml',
    );
    expect(after).toEqual({ 'r/c.yaml': `${kafka()}---\n${subscription('t')}`, 'r/resiliency.yaml': RESILIENCY });
    const last = fixed(
      { 'c.yaml': `${kafka()}---\n${RESILIENCY}`, 'resiliency.yaml': 'a: 1\n' },
      'C-17',
      'Move to resiliency-2.yaml',
    );
    expect(last).toEqual({ 'c.yaml': kafka(), 'resiliency.yaml': 'a: 1\n', 'resiliency-2.yaml': RESILIENCY });
  });
});

describe('K-21', () => {
  const off = kafka("  - name: consumeRetryEnabled\n    value: 'false' # skip\n");

  it('adds dead letter topics to the Subscriptions, wherever they are', () => {
    const files = { 'c.yaml': `${off}---\n${subscription('a')}`, 's.yaml': subscription('b') };
    const dead = (topic: string) =>
      subscription(topic).replace('# theirs\n', `# theirs\n  deadLetterTopic: "${topic}-dead"\n`);
    const after = fixed(files, 'K-21', 'Add deadLetterTopic');
    expect(after).toEqual({ 'c.yaml': `${off}---\n${dead('a')}`, 's.yaml': dead('b') });
    const apart = { 'r/c.yaml': off, 's.yaml': subscription('a'), 't.yaml': `# b\n---\n${subscription('b')}` };
    expect(fixed(apart, 'K-21', 'Add deadLetterTopic')).toEqual({ 'r/c.yaml': off, 's.yaml': dead('a'), 't.yaml': `# b\n---\n${dead('b')}` }); // prettier-ignore
  });

  it('or retries without end', () => {
    const on = off.replace("'false'", "'true'");
    expect(fixed({ 'c.yaml': off }, 'K-21', 'Retry without end instead')).toEqual({ 'c.yaml': on });
    const bounded = (n: string) => kafka(`  - name: backOffMaxRetries\n    value: ${n} # few\n`);
    const after = fixed({ 'c.yaml': bounded('3') }, 'K-21', 'Retry without end instead');
    expect(after).toEqual({ 'c.yaml': bounded('-1') });
    expect(titles({ 'c.yaml': off }, 'K-21')).toEqual(['Retry without end instead']);
    const timed = (elapsed: string) =>
      kafka(
        `  - name: backOffPolicy\n    value: exponential\n  - name: backOffMaxElapsedTime\n    value: ${elapsed}\n`,
      );
    expect(fixed({ 'c.yaml': timed('2m') }, 'K-21', 'Retry without end instead')).toEqual({ 'c.yaml': timed('0') });
    expect(titles({ 'c.yaml': timed('0') }, 'K-21')).toEqual([]);
    // It gives up after 15 minutes where no time is written.
    const growing = kafka('  - name: backOffPolicy\n    value: exponential # grows\n');
    const forever = fixed({ 'c.yaml': growing }, 'K-21', 'Retry without end instead');
    expect(forever['c.yaml']).toContain('exponential # grows\n  - name: backOffMaxElapsedTime\n    value: "0"\n');
    expect(titles(forever, 'K-21')).toEqual([]);
  });
});

describe('K-22', () => {
  const files = { 'r/c.yaml': kafka(), 'r/s.yaml': subscription('t', '  deadLetterTopic: d\n') };

  it('creates a Resiliency that retries, where there is none', () => {
    const after = fixed(files, 'K-22', 'Create r/resiliency.yaml');
    expect(after['r/resiliency.yaml']).toBe(
      [
        'apiVersion: dapr.io/v1alpha1',
        'kind: Resiliency',
        'metadata:',
        '  name: resiliency',
        'spec:',
        '  policies:',
        '    retries:',
        '      thrice:',
        '        policy: constant',
        '        duration: 5s',
        '        maxRetries: 3',
        '  targets:',
        '    components:',
        '      shop:',
        '        inbound:',
        '          retry: thrice',
        '',
      ].join('\n'),
    );
    expect(titles({ ...files, 'r/other.yaml': RESILIENCY }, 'K-22')).toEqual([]);
  });
});
