import { describe, expect, it } from 'vitest';
import type { LintOptions } from '../lintOptions.ts';
import { applyFix, component, findingsOf, unmark } from './markedText.ts';

/** rule, spec lines with « » around what is marked (none: must not trigger), a part of the message, options, apiVersion, component lines */
type Case = [
  rule: string,
  spec: string,
  message?: string | undefined,
  options?: Partial<LintOptions> | undefined,
  version?: string | undefined,
  items?: string | undefined,
];

const K8S = { mode: 'kubernetes' } as const;
const V1 = 'v1alpha1';
const HEAD = 'pubsubname: kpub\ntopic: orders\n';
const ROUTE = 'routes:\n  default: /d\n';
const rule = (match: string) => `${HEAD}routes:\n  rules:\n  - match: ${match}\n    path: /x\n  default: /d\n`;
const scopes = (name: string, value: string) => `- name: ${name}\n  value: ${value}\n`;

const CASES: Case[] = [
  ['S-01', HEAD + '«route»: /d\n', 'dapr.io/v2alpha1 does not know route'],
  ['S-01', 'pubsubname: kpub\ntopic: «orders»\n', 'No rule has a path'],
  ['S-01', HEAD + '«routes»: {}\n'],
  ['S-01', HEAD + '«routes»:\n  default: /d\n', 'dapr.io/v1alpha1 does not know routes', {}, V1],
  ['S-01', HEAD + '«route»: ""\n', 'There is no route', {}, V1],
  ['S-01', 'pubsubname: kpub\ntopic: «orders»\n', 'the Kubernetes schema refuses', K8S],
  ['S-01', HEAD + 'route: /d\n', undefined, {}, V1],
  ['S-01', HEAD + 'routes:\n  rules:\n  - match: event.id == "1"\n    path: /d\n'],
  ['S-02', HEAD + '«routes»:\n  rules:\n  - match: has(event.id)\n    path: /x\n', 'no default route'],
  ['S-02', HEAD + 'routes:\n  rules:\n  - path: /x\n'],
  ['S-02', rule('has(event.id)')],
  ['S-03', 'pubsubname: «KPUB»\ntopic: t\n' + ROUTE, 'named "KPUB" (letter case counts)'],
  ['S-03', 'pubsubname: «other»\ntopic: t\n' + ROUTE],
  ['S-03', HEAD + ROUTE],
  ['S-03', 'pubsubname: "{{ .Values.p }}"\ntopic: t\n' + ROUTE],
  [
    'S-05',
    'pubsubname: kpub\ntopic: «orders»\n' + ROUTE,
    'allowedTopics of component kpub refuses this',
    {},
    undefined,
    scopes('AllowedTopics', '"a, b"'),
  ],
  [
    'S-05',
    'pubsubname: kpub\ntopic: «orders»\n' + ROUTE,
    'protectedTopics',
    {},
    undefined,
    scopes('protectedTopics', '"orders"'),
  ],
  ['S-05', HEAD + ROUTE, undefined, {}, undefined, scopes('allowedTopics', '"orders"')],
  ['S-05', HEAD + ROUTE, undefined, {}, undefined, scopes('subscriptionScopes', '"app9=x"')],
  ['S-05', HEAD.replace('orders', '«orders»') + ROUTE, 'allowedTopics', {}, undefined, scopes('allowedTopics', '","')],
  [
    'S-06',
    HEAD + ROUTE + 'bulkSubscribe:\n«- enabled: true\n  maxMessagesCount: 5»\n',
    'bulkSubscribe is an object, not a list',
  ],
  ['S-06', HEAD + ROUTE + 'metadata:\n  rawPayload: «true»\n', 'must be text', K8S],
  ['S-06', HEAD + ROUTE + 'metadata:\n  rawPayload: true\nbulkSubscribe:\n  enabled: true\n'],
  ['S-08', 'pubsubname: kpub\ntopic: «a/b»\n' + ROUTE, 'Kafka refuses the topic name "a/b"'],
  ['S-08', 'pubsubname: kpub\ntopic: «""»\n' + ROUTE, 'There is no topic'],
  ['S-08', 'pubsubname: «kpub»\n' + ROUTE],
  ['S-08', 'pubsubname: kpub\ntopic: «"{appID}"»\n' + ROUTE],
  ['S-08', 'pubsubname: kpub\ntopic: Or.ders_1-x\n' + ROUTE],
  ['S-08', 'pubsubname: kpub\ntopic: [orders]\n' + ROUTE],
  ['S-09', rule('event.type «=» "a"'), 'input>:1:12: Syntax error'],
  ['S-09', rule('«event.type ==»'), 'ends too early'],
  ['S-09', rule('\'event.type == and «"x"»\'')],
  ['S-09', rule('event.type == "a" && (event.id in ["a", "b"] || size(event.data.items) > 1)')],
  ['S-09', rule('event.data.items.exists(i, i.n > 1.5e3 && i.s.startsWith("x"))')],
  ['S-10', rule('«event.type» == "a"'), 'A message without event.type makes this rule fail'],
  ['S-10', rule("'«event.data.x» > 1'")],
  ['S-10', rule('«"event.type"»'), 'yields no true or false'],
  ['S-10', rule('has(event.type) && event.type == "a"')],
  ['S-10', rule('event.type.startswith("a")')],
  ['S-10', rule('type == "a"')],
  ['S-09', rule('«event.type.startswith("a")»'), 'tries for ever to find startswith()'],
  ['S-09', rule('«type == "a"»'), 'the check of types refuses "=="'],
  ['S-10', rule('has(event.data) && has(event.data.x) && event.data.x > 1')],
  ['S-10', rule('has(event.type) ? event.type == "a" : false')],
  ['S-11', HEAD + ROUTE + 'deadLetterTopic: «orders»\n', 'the topic itself'],
  ['S-11', HEAD + ROUTE + 'deadLetterTopic: orders-dlq\n'],
  [
    'K-32',
    HEAD + ROUTE + 'metadata:\n  rawPayload: «"yes"»\n',
    "rawPayload value must be a valid boolean: actual is 'yes'",
  ],
  ['K-32', HEAD + ROUTE + 'metadata:\n  «RawPayload»: "true"\n', 'only the exact spelling rawPayload'],
  ['K-32', HEAD + ROUTE + 'metadata:\n  rawPayload: "1"\n'],
  ['K-33', HEAD + ROUTE + 'metadata:\n  valueSchemaType: «json»\n', "'json' is not a supported value"],
  ['K-33', HEAD + ROUTE + 'metadata:\n  valueSchemaType: «Avro»\n', 'schema registry details not set'],
  [
    'K-33',
    HEAD + ROUTE + 'metadata:\n  valueSchemaType: avro\n',
    undefined,
    {},
    undefined,
    scopes('schemaRegistryURL', '"http://r"'),
  ],
];

const subscription = (spec: string, version = 'v2alpha1') =>
  `apiVersion: dapr.io/${version}\nkind: Subscription\nmetadata:\n  name: s\nspec:\n${spec.trimEnd().replace(/^/gm, '  ')}\n`;
const BASE = scopes('brokers', '"b:9092"') + scopes('authType', '"none"');

describe('rules on Subscriptions', () => {
  it.each(CASES)('%s %j', (id, spec, message, options, version, items = '') => {
    const { text, parts } = unmark(`${component(BASE + items)}---\n${subscription(spec, version)}`);
    const findings = findingsOf(id, text, options);
    expect(findings.map((finding) => finding.range)).toEqual(parts);
    if (message !== undefined) expect(findings[0]?.message).toContain(message);
    for (const finding of findings)
      for (const fix of finding.fixes) {
        const fixed = applyFix(text, fix);
        expect(findingsOf(id, fixed, options).length, `${fix.title}:\n${fixed}`).toBeLessThan(findings.length);
      }
  });

  it('S-01 converts route to routes in its style', () => {
    const text = subscription(HEAD + "route: '/d' # why\n");
    expect(applyFix(text, findingsOf('S-01', text)[0]!.fixes[0]!)).toContain("  routes:\n    default: '/d' # why\n");
  });

  it('S-03 is silent where no pub/sub component is known', () => {
    expect(findingsOf('S-03', subscription(HEAD + ROUTE))).toEqual([]);
  });

  it('S-04: only the first of two subscriptions to one topic is used, unless scopes part them', () => {
    const scoped = (app: string) => `${subscription(HEAD + ROUTE)}scopes:\n- ${app}\n`;
    const twice = [component(BASE), subscription(HEAD + ROUTE), subscription(HEAD + ROUTE)].join('---\n');
    const [finding] = findingsOf('S-04', twice);
    expect(finding?.range.start).toBe(twice.lastIndexOf('orders'));
    expect(findingsOf('S-04', [component(BASE), scoped('a'), scoped('b')].join('---\n'))).toEqual([]);
    expect(findingsOf('S-04', [component(BASE), scoped('a'), subscription(HEAD + ROUTE)].join('---\n'))).toHaveLength(
      1,
    );
  });

  it('S-05 asks for each app of the scopes', () => {
    const text = (app: string, list: string) =>
      `${component(BASE + scopes('subscriptionScopes', `"${list}"`))}---\n${subscription(HEAD + ROUTE)}scopes:\n- ${app}\n`;
    expect(findingsOf('S-05', text('app1', 'app1='))).toHaveLength(1);
    expect(findingsOf('S-05', text('app1', 'app1=a, orders;app2='))).toEqual([]);
    expect(findingsOf('S-05', text('app3', 'app1=;app2='))).toEqual([]);
    // Executed: an app that is listed twice has both lists.
    expect(findingsOf('S-05', text('app1', 'app1=a;app1=orders'))).toEqual([]);
    expect(findingsOf('S-05', text('app1', 'app1=a;app1=b'))).toHaveLength(1);
  });

  it('S-10 offers a guard that makes the rule safe', () => {
    const text = subscription(rule('event.type == "a" || event.data.x > 1'));
    const fixed = applyFix(text, findingsOf('S-10', text)[0]!.fixes[0]!);
    expect(fixed).toContain('has(event.type) && has(event.data.x) && (event.type == ');
  });

  it('S-09 stops daprd whatever the component says', () => {
    const text = subscription(rule('event.type =='));
    expect(findingsOf('S-09', text)[0]).toMatchObject({ severity: 'error', consequence: 'daprd-stops' });
  });
});
