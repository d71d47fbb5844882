import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';
import { applyFix, findingsOf, unmark } from './markedText.ts';

/** rule, text with « » around what is marked (none: must not trigger), a part of the message, options */
type Case = [rule: string, text: string, message?: string, options?: Partial<LintOptions>];

const K8S = { mode: 'kubernetes' } as const;
const named = (name: string, type = 'pubsub.kafka') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: ${type}\n  version: v1\n`;
const TOP = 'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: k\n';
const SUB =
  'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s\nspec:\n  pubsubname: k\n  topic: t\n';
const SPEC = 'spec:\n  type: pubsub.kafka\n  version: v1\n';

const CASES: Case[] = [
  [
    'C-01',
    'apiVersion: «dapr.io/v1»\nkind: Component\nmetadata:\n  name: k\n' + SPEC,
    'apiVersion of a Component must be dapr.io/v1alpha1',
  ],
  ['C-01', 'apiVersion: «dapr.io/v2alpha1»\nkind: Component\nmetadata:\n  name: k\n' + SPEC],
  [
    'C-01',
    'apiVersion: dapr.io/v1alpha1\nkind: «component»\nmetadata:\n  name: k\n' + SPEC,
    'kind must be exactly Component',
  ],
  [
    'C-01',
    'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: «a/b»\n' + SPEC,
    'invalid name "a/b" for "Component"',
  ],
  [
    'C-01',
    'apiVersion: «dapr.io/v3»\nkind: Subscription\nspec:\n  pubsubname: k\n  topic: t\n',
    'dapr.io/v1alpha1, dapr.io/v2alpha1',
  ],
  ['C-01', named('a b_C')],
  ['C-01', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: pubsub.kafka\n'],
  // Another product's kinds of the same name, and slips of the pen.
  ['C-01', 'apiVersion: platform.example.com/v1\nkind: Component\nmetadata:\n  name: k\n' + SPEC],
  [
    'C-01',
    'apiVersion: acme.dev/v1\nkind: Subscription\nspec:\n  pubsubname: k\n  topic: t\n  routes: {default: /d}\n',
  ],
  ['C-01', 'apiVersion: «v1»\nkind: Component\nmetadata:\n  name: k\n' + SPEC],
  ['C-01', 'apiVersion: «apps/v1»\nkind: Component\nmetadata:\n  name: k\n' + SPEC],
  ['C-01', 'apiVersion: «darp.io/v1alpha1»\nkind: Component\nmetadata:\n  name: k\n' + SPEC],
  ['C-02', TOP + SPEC.replace('spec:\n', 'spec:\n  «scopes»:\n  - app2\n'), 'every app loads this component'],
  ['C-02', TOP + SPEC + '  «auth»:\n    secretStore: s\n', 'no secret store is known'],
  ['C-02', TOP + SPEC + 'auth:\n  «secretstore»: s\n', 'exact spelling secretStore', K8S],
  ['C-02', TOP + SPEC + 'auth:\n  secretstore: s\nscopes:\n- a\n'],
  [
    'C-02',
    'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n  pubsubname: k\n  topic: t\n  routes: {default: /d}\n  «scopes»:\n  - a\n',
    'every app subscribes',
  ],
  ['C-04', TOP + SPEC + '  initTimeout: «junk»\n', '"junk" is no duration: daprd uses 5s'],
  ['C-04', TOP + SPEC + '  initTimeout: «5»\n'],
  ['C-04', TOP + SPEC + '  initTimeout: 1m30s\n'],
  ['C-05', TOP + SPEC + '  «ignoreErrors»: true\n', 'only logs it'],
  ['C-05', TOP + SPEC + '  ignoreErrors: false\n'],
  ['C-06', named('k', '«kafka»'), 'incorrect type kafka'],
  ['C-06', named('k', '«PubSub.kafka»')],
  ['C-06', named('k', '[pubsub.kafka]')],
  ['C-06', named('k').replace('version: v1', 'version: [v1]')],
  ['C-06', named('k', '«pubsub.kafkaa»'), "couldn't find message bus pubsub.kafkaa/v1"],
  ['C-06', named('k', '«state.rediss»')],
  ['C-06', named('k').replace('version: v1', 'version: «1»'), "couldn't find message bus pubsub.kafka/1"],
  ['C-06', named('k').replace('version: v1', 'version: V1')],
  ['C-06', named('k', 'pubsub.Kafka')],
  ['C-06', named('k', 'secretstores.aws.secretmanager')],
  ['C-06', named('k', '«secretstores.aws.secretsmanager»'), "couldn't find secret store"],
  ['C-06', named('k', 'crypto.dapr.jwks')],
  ['C-06', named('k', 'configuration.postgres')],
  ['C-06', named('k', 'state.sqlite3')],
  ['C-06', named('k', 'middleware.http.bearer')],
  ['C-06', named('k', '«state.mystore.of.mine»'), 'unless a pluggable component of that name is installed'],
  ['C-06', named('k', '«nameresolution.mdns»'), 'incorrect type nameresolution.mdns'],
  ['C-06', named('k', 'state.postgresql').replace('version: v1', 'version: v2')],
  ['C-06', named('k').replace('  version: v1\n', '')],
  [
    'C-07',
    'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: «""»\n' + SPEC,
    'it has no metadata.name',
  ],
  [
    'C-07',
    'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n  pubsubname: k\n  topic: t\n  routes: {default: /d}\n',
  ],
  ['C-08', TOP + SPEC + '  ignoreErrors: «"true"»\n', 'without quotes'],
  ['C-08', TOP + SPEC + '  ignoreErrors: yes\n'],
  ['C-09', TOP + SPEC + 'scopes: «app2»\n', 'scopes must be a list'],
  ['C-09', TOP + SPEC + 'scopes:\n- «name: app2»\n'],
  ['C-09', TOP + SPEC + 'scopes: []\n'],
  ['C-09', TOP + SPEC + 'scopes:\n- a\n- «42»\n', 'scopes must be a list'],
  ['C-09', TOP + SPEC + 'scopes: [a, ~, "42"]\n'],
  ['C-10', SUB + '  bulkSubscribe: «yes»\n', 'spec.bulkSubscribe must be a map'],
  ['C-10', SUB + '  route: [x]\n'],
  ['C-10', SUB.replace('v2', 'v1') + '  routes: x\n'],
  ['C-09', TOP + SPEC + 'scopes: [a, b]\n'],
  ['C-10', TOP + SPEC + '  metadata:\n    «brokers: b\n    authType: none»\n', 'must be a list of items'],
  ['C-10', TOP + SPEC + '  metadata:\n  - name: brokers\n    value: b\n  - «foo»\n'],
  ['C-10', TOP + SPEC + '  metadata: []\n'],
  ['C-11', TOP + SPEC + '  initTimeout: «0»\n', 'init timeout for component k (pubsub.kafka/v1)'],
  ['C-11', TOP + SPEC + '  initTimeout: «-1ns»\n'],
  ['C-11', TOP + SPEC + '  initTimeout: «0s»\n', '"0s" means 5s', { daprVersion: '1.19.0' }],
  ['C-11', TOP + SPEC + '  initTimeout: 10s\n'],
  ['C-11', TOP + SPEC + '  initTimeout: «5ms»\n', 'init timeout for component k (pubsub.kafka/v1)'],
  ['C-11', TOP + SPEC + '  initTimeout: 10ms\n'],
  ['C-11', TOP + SPEC.replace('kafka', 'in-memory') + '  initTimeout: 1ms\n'],
  [
    'C-12',
    TOP + SPEC + '  metadata:\n  - name: caCert\n    value: |\n      x\n«-----BEGIN»\nfoo\n',
    'and drops this line ("-----BEGIN")',
  ],
  ['C-12', TOP + SPEC + '--- # next\n' + TOP.replace('name: k', 'name: l') + SPEC],
  ['C-12', TOP + SPEC + '  metadata:\n  - name: caCert\n    value: |\n      -----BEGIN\n'],
  ['C-13', 'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n«\tname: k»\n', 'tabs as indentation'],
  ['C-13', '# Title\n```yaml\napiVersion: dapr.io/v1alpha1\n```\n* x: [\n'],
  [
    'C-14',
    named('a') + '«apiVersion»: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: b\nspec:\n  type: pubsub.redis\n',
    'without a line --- between them',
  ],
  [
    'C-14',
    TOP + SPEC + '«apiVersion»: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: b\n',
    'the earlier one is gone',
  ],
  ['C-14', TOP + SPEC + '  «version»: v1\n', 'daprd uses the last one'],
  ['C-14', TOP + '{{ if .a }}\n' + SPEC + '{{ else }}\n' + SPEC + '{{ end }}\n'],
  [
    'C-17',
    named('a') + '---\napiVersion: dapr.io/v1alpha1\nkind: «Resiliency»\nmetadata:\n  name: r\nspec: {}\n',
    'only from the first document',
  ],
  ['C-17', '# comment\n---\napiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata:\n  name: r\nspec: {}\n'],
];

describe('C-06', () => {
  it.each([
    ['pubsub.redpanda', 'pubsub.kafka'],
    ['pubsub.confluent.kafka', 'pubsub.kafka'],
    ['pubsub.apache.kafka', 'pubsub.kafka'],
    ['pubsub.eventhubs', 'pubsub.azure.eventhubs'],
    ['pubsub.kafka.v1', 'pubsub.kafka'],
    ['pubsub.rabitmq', 'pubsub.rabbitmq'],
  ])('offers for %s', (type, likely) => {
    expect(findingsOf('C-06', named('k', type))[0]!.fixes.map(({ title }) => title)).toEqual([`Replace by ${likely}`]);
  });

  it('offers nothing that is not likely', () => {
    expect(findingsOf('C-06', named('k', 'pubsub.'))[0]!.fixes).toEqual([]);
  });
});

describe('rules on documents', () => {
  it.each(CASES)('%s %j', (rule, marked, message, options) => {
    const { text, parts } = unmark(marked);
    const findings = findingsOf(rule, text, options);
    expect(findings.map((finding) => finding.range)).toEqual(parts);
    if (message !== undefined) expect(findings[0]?.message).toContain(message);
    for (const finding of findings)
      for (const fix of finding.fixes) {
        const fixed = applyFix(text, fix);
        expect(findingsOf(rule, fixed, options).length, `${fix.title}:\n${fixed}`).toBeLessThan(findings.length);
      }
  });

  it('C-15 counts bytes, the closing line included', () => {
    const comment = (bytes: number) => `${named('a')}# ${'ä'.repeat((bytes - named('a').length - 2) >> 1)}`;
    const exact = comment(65_536 + (named('a').length % 2));
    expect(findingsOf('C-15', exact)[0]).toMatchObject({ consequence: 'daprd-stops', range: { start: 0, end: 28 } });
    expect(findingsOf('C-15', comment(60_000))).toEqual([]);
    // With its closing line it may fill daprd's buffer, not more.
    expect(findingsOf('C-15', `${exact.slice(0, -3)}\n---\n`)).toEqual([]);
    expect(findingsOf('C-15', `${exact.slice(0, -3)}12\n---\n`)).toHaveLength(1);
    expect(findingsOf('C-15', exact, K8S)).toEqual([]);
  });

  it('C-02 moves what stands in the wrong place to the top level', () => {
    const text = TOP + 'spec:\n  scopes:\n  - app2\n  type: pubsub.kafka\n';
    expect(applyFix(text, findingsOf('C-02', text)[0]!.fixes[0]!)).toBe(
      TOP + 'spec:\n  type: pubsub.kafka\nscopes:\n- app2\n',
    );
  });

  it('C-07 takes the name of the file', () => {
    const fixed = (text: string) => applyFix(text, findingsOf('C-07', text)[0]!.fixes[0]!);
    const whole = named('NAME');
    expect(fixed(whole.replace('name: NAME', 'labels: {}'))).toBe(whole.replace('name: NAME', 'name: c\n  labels: {}'));
    expect(fixed(whole.replace('name: NAME', 'name: # todo'))).toContain('name: c # todo');
    const none = whole.replace('metadata:\n  name: NAME\n', '');
    expect(fixed(none)).toBe(whole.replace('NAME', 'c'));
  });

  it('C-14 puts --- before each further resource', () => {
    const text = named('a') + named('b') + named('c');
    expect(applyFix(text, findingsOf('C-14', text)[0]!.fixes[0]!)).toBe(
      [named('a'), named('b'), named('c')].join('---\n'),
    );
  });
});

describe('rules on folders', () => {
  const lint = (files: Record<string, string>, options: Partial<LintOptions> = {}) =>
    [
      ...lintWorkspace(
        Object.entries(files).map(([path, text]) => ({ path, text })),
        { ...DEFAULT_LINT_OPTIONS, ...options },
      ),
    ].flatMap(([path, findings]) =>
      findings
        .filter((f) => ['C-03', 'C-16'].includes(f.rule))
        .map((f) => `${path} ${f.rule} ${f.severity} ${f.consequence}`),
    );
  const scoped = (app: string) => `${named('kpub')}scopes:\n- ${app}\n`;
  const run = (path: string) => `version: 1\napps:\n- appID: app1\n  resourcesPath: ${path}\n`;

  it('C-03: the second of two names stops daprd, whatever its type', () => {
    expect(lint({ 'r/a.yaml': named('kpub'), 'r/b.yaml': named('kpub', 'pubsub.redis') })).toEqual([
      'r/b.yaml C-03 error daprd-stops',
    ]);
    expect(lint({ 'r/a.yaml': named('kpub'), 'q/b.yaml': named('kpub') })).toEqual([]);
    expect(lint({ 'r/a.yaml': named('kpub'), 'r/b.yaml': named('kpub') }, K8S)).toEqual([]);
    expect(
      lint({
        'r/a.yaml': named('kpub'),
        'r/b.yaml': named('kpub').replace('name: kpub', 'name: kpub\n  namespace: x'),
      }),
    ).toEqual([]);
  });

  it('C-03: order decides among scoped ones', () => {
    const files = (a: string, b: string) => ({ 'r/a.yaml': scoped(a), 'r/b.yaml': scoped(b), 'dapr.yaml': run('./r') });
    expect(lint(files('app1', 'app2'))).toEqual(['r/b.yaml C-03 error daprd-stops']);
    expect(lint(files('app2', 'app1'))).toEqual([]);
    expect(lint({ 'r/a.yaml': scoped('app2'), 'r/b.yaml': scoped('app1') })).toEqual([
      'r/b.yaml C-03 warning daprd-stops',
    ]);
  });

  it('C-03: folders that an app lists together count as one', () => {
    const paths = 'version: 1\napps:\n- appID: app1\n  resourcesPaths: [./r, ./q]\n';
    expect(lint({ 'r/a.yaml': named('kpub'), 'q/b.yaml': named('kpub'), 'dapr.yaml': paths })).toEqual([
      'r/a.yaml C-03 error daprd-stops',
    ]);
  });

  it('C-16: other files and sub-folders of a resources folder', () => {
    const files = {
      'r/a.json': JSON.stringify({
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'j' },
        spec: { type: 'pubsub.kafka' },
      }),
      'r/sub/b.yaml': named('b'),
      'r/c.yml': named('c'),
    };
    expect(lint({ ...files, 'dapr.yaml': run('r') })).toEqual([
      'r/a.json C-16 info runs',
      'r/sub/b.yaml C-16 info runs',
    ]);
    expect(lint(files)).toEqual([]);
  });
});
