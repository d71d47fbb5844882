import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import { createLinter, lintWorkspace } from './lint.ts';
import { applyFix, component, unmark } from './markedText.ts';

/** Lints files in which « » stand around what a rule must mark, and compares. */
function expectMarks(rule: string, files: Record<string, string>, options: Partial<LintOptions> = {}) {
  const marked = Object.entries(files).map(([path, text]) => ({ path, ...unmark(text) }));
  const result = lintWorkspace(marked, { ...DEFAULT_LINT_OPTIONS, ...options });
  const found = marked.map(({ path }) => [
    path,
    (result.get(path) ?? []).filter((f) => f.rule === rule).map((f) => f.range),
  ]);
  expect(found).toEqual(marked.map(({ path, parts }) => [path, parts]));
  return marked.flatMap(({ path }) => (result.get(path) ?? []).filter((f) => f.rule === rule));
}

const kafka = (name: string, lines: string, top = '') =>
  component(`- name: brokers\n  value: "k:9092"\n- name: authType\n  value: "none"\n${lines}`).replace(
    'name: kpub',
    `name: ${name}`,
  ) + top;

const subscription = (topic: string, more = '', top = '', pubsub = 'kpub') =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s\nspec:\n  pubsubname: ${pubsub}\n  topic: ${topic}\n${more}  routes:\n    default: /x\n${top}`;

const run = (...ids: string[]) =>
  `version: 1\napps:\n${ids.map((id) => `  - appID: ${id}\n    appDirPath: ./${id}\n`).join('')}`;

describe('K-13', () => {
  it('marks component settings in a Subscription', () => {
    const [finding] = expectMarks('K-13', {
      's.yaml': subscription('t', '  metadata:\n    «consumerGroup»: g\n    rawPayload: "true"\n'),
    });
    expect(finding!.message).toContain('"consumerGroup"');
  });
});

describe('K-14', () => {
  const shared = (group: string, top = '') => kafka('kpub', `- name: consumerGroup\n  value: ${group}\n`, top);

  it('warns when two apps subscribe one topic', () => {
    const scopes = 'scopes:\n- a\n- b\n';
    const [finding] = expectMarks('K-14', { 'c.yaml': shared('«shop»', scopes), 's.yaml': subscription('orders') });
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding!.message).toContain('subscribe orders through the one group shop');
  });

  it('is silent with one subscriber, with disjoint topics and with one scope', () => {
    const scopes = 'scopes:\n- a\n- b\n';
    expectMarks('K-14', { 'c.yaml': shared('shop', scopes), 's.yaml': subscription('orders', '', 'scopes:\n- a\n') });
    expectMarks('K-14', {
      'c.yaml': shared('shop', scopes),
      's.yaml': subscription('orders', '', 'scopes:\n- a\n'),
      't.yaml': subscription('payments', '', 'scopes:\n- b\n'),
    });
    expectMarks('K-14', { 'c.yaml': shared('shop', 'scopes:\n- a\n') });
  });

  it('is information while the topics are unknown', () => {
    expect(expectMarks('K-14', { 'c.yaml': shared('«shop»') })[0]).toMatchObject({ severity: 'info' });
  });

  it('knows apps of a run file', () => {
    const files = { 'c.yaml': shared('«shop»'), 's.yaml': subscription('orders'), 'dapr.yaml': run('a', 'b') };
    expect(expectMarks('K-14', files)[0]).toMatchObject({ severity: 'warning' });
    expectMarks('K-14', { 'c.yaml': shared('shop'), 's.yaml': subscription('orders'), 'dapr.yaml': run('a') });
  });
});

describe('K-15', () => {
  it('marks both components that meet in the group of the app id', () => {
    const [finding] = expectMarks('K-15', { 'a.yaml': kafka('«one»', ''), 'b.yaml': kafka('«two»', '') });
    expect(finding!.message).toContain('loads this component and two joins one group');
    expect(applyFix(kafka('one', ''), finding!.fixes[0]!)).toContain('value: "{appID}-one"');
  });

  it('is silent across folders, scopes, brokers and groups', () => {
    expectMarks('K-15', { 'x/a.yaml': kafka('one', ''), 'y/b.yaml': kafka('two', '') });
    expectMarks('K-15', { 'a.yaml': kafka('one', '', 'scopes: [a]\n'), 'b.yaml': kafka('two', '', 'scopes: [b]\n') });
    expectMarks('K-15', { 'a.yaml': kafka('one', ''), 'b.yaml': kafka('two', '').replace('k:9092', 'j:9092') });
    expectMarks('K-15', {
      'a.yaml': kafka('one', ''),
      'b.yaml': kafka('two', '- name: consumerGroup\n  value: "{appID}-2"\n'),
    });
  });
});

describe('K-20, K-21 and K-22', () => {
  const forever = kafka('kpub', '');
  const once = (value: string) => kafka('kpub', `- name: consumeRetryEnabled\n  value: ${value}\n`);

  it('K-20 marks a topic without dead letters', () => {
    const files = { 'c.yaml': forever, 's.yaml': subscription('«orders»') };
    const [finding] = expectMarks('K-20', files);
    expect(applyFix(unmark(files['s.yaml']).text, finding!.fixes[0]!)).toContain(
      '  topic: orders\n  deadLetterTopic: "orders-dead"\n',
    );
    expectMarks('K-20', { 'c.yaml': forever, 's.yaml': subscription('orders', '  deadLetterTopic: d\n') });
    expectMarks('K-20', { 'c.yaml': once('false'), 's.yaml': subscription('orders') });
    expectMarks('K-20', {
      'c.yaml': forever.replace('pubsub.kafka', 'pubsub.redis'),
      's.yaml': subscription('orders'),
    });
    expectMarks('K-20', { 's.yaml': subscription('orders') });
    const slower = kafka('kpub', '- name: backOffDuration\n  value: 30s\n');
    const [slow] = expectMarks('K-20', { 'c.yaml': slower, 's.yaml': subscription('«orders»') });
    expect(slow!.message).toContain('is retried every 30s without end');
    const empty = subscription('«orders»', '  deadLetterTopic: ""\n');
    const [stillEmpty] = expectMarks('K-20', { 'c.yaml': forever, 's.yaml': empty });
    expect(applyFix(unmark(empty).text, stillEmpty!.fixes[0]!)).toContain('  deadLetterTopic: "orders-dead"\n  routes');
    expectMarks('K-20', { 'c.yaml': forever, 's.yaml': subscription('orders', '  deadLetterTopic: [d]\n') });
  });

  it('K-21 is silent when every Subscription has dead letters', () => {
    expectMarks('K-21', { 'c.yaml': once('«false»'), 's.yaml': subscription('orders') });
    expectMarks('K-21', { 'c.yaml': once('false'), 's.yaml': subscription('orders', '  deadLetterTopic: d\n') });
    expectMarks('K-21', { 'c.yaml': once('«""»'), 's.yaml': subscription('orders') });
  });

  it('K-22 is silent with an inbound retry', () => {
    const dead = (topic: string) => subscription('orders', `  deadLetterTopic: ${topic}\n`);
    expectMarks('K-22', { 'c.yaml': forever, 's.yaml': dead('«d»') });
    const resiliency =
      'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata:\n  name: r\nspec:\n  targets:\n    components:\n      kpub:\n        inbound:\n          retry: thrice\n';
    expectMarks('K-22', { 'c.yaml': forever, 's.yaml': dead('d'), 'r.yaml': resiliency });
  });
});

describe('K-52 and K-62', () => {
  const secret = '- name: saslPassword\n  secretKeyRef:\n    «name: s»\n';
  const store =
    'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: files\nspec:\n  type: secretstores.local.file\n';

  it('K-52 offers the stores of the folder', () => {
    const files = { 'c.yaml': kafka('kpub', secret), 'store.yaml': store };
    const [finding] = expectMarks('K-52', files);
    expect(finding!.fixes.map((fix) => fix.title)).toEqual(['Use the secret store files']);
    const fixed = applyFix(unmark(files['c.yaml']).text, finding!.fixes[0]!);
    expect(fixed).toContain('auth:\n  secretStore: "files"\nspec:');
    expect(
      lintWorkspace(
        [
          { path: 'c.yaml', text: fixed },
          { path: 'store.yaml', text: store },
        ],
        DEFAULT_LINT_OPTIONS,
      )
        .get('c.yaml')!
        .some((f) => f.rule === 'K-52'),
    ).toBe(false);
  });

  it('K-44 names a store of the folder where the component has none, and daprd does not stop', () => {
    const login =
      '- name: authType\n  value: password\n- name: saslUsername\n  value: u\n- name: saslPassword\n  value: «p»\n';
    const plain = component(`- name: brokers\n  value: k:9092\n${login}`);
    const fixedBeside = (text: string, files: Record<string, string>) => {
      const [finding] = expectMarks('K-44', { 'c.yaml': text, ...files });
      const titles = finding!.fixes.map(({ title }) => title);
      const fixed = applyFix(unmark(text).text, finding!.fixes.at(-1)!);
      const all = Object.entries({ ...files, 'c.yaml': fixed }).map(([path, source]) => ({ path, text: source }));
      const found = lintWorkspace(all, DEFAULT_LINT_OPTIONS).get('c.yaml')!;
      return { fixed, titles, stops: found.filter((f) => f.consequence !== 'runs').map((f) => f.rule) };
    };
    const beside = fixedBeside(plain, { 'store.yaml': store });
    expect(beside.fixed).toContain('auth:\n  secretStore: "files"\nspec:');
    expect(beside.fixed).toContain('secretKeyRef: {name: "kpub-secrets", key: "saslPassword"}');
    expect(beside.stops).toEqual([]);
    const named = fixedBeside(`${plain}auth:\n  secretStore: files\n`, { 'store.yaml': store });
    expect(named.fixed.match(/^auth:/gm)).toHaveLength(1);
    expect(named.titles).toEqual(['Read it from a secret']);
    expect(fixedBeside(plain, {}).stops).toEqual(['K-52']);
  });

  it('K-44 offers a variable where there is no secret store, and says what a secret still needs', () => {
    const text = component(
      '- name: brokers\n  value: k:9092\n- name: authType\n  value: password\n- name: saslUsername\n  value: u\n- name: saslPassword\n  value: «p»\n',
    );
    const [finding] = expectMarks('K-44', { 'c.yaml': text });
    expect(finding!.fixes.map(({ title }) => title)).toEqual([
      'Read it from the environment variable KPUB_SASL_PASSWORD',
      'Read it from a secret (auth.secretStore is still to be added)',
    ]);
    const fixed = applyFix(unmark(text).text, finding!.fixes[0]!);
    expect(fixed).toContain('- name: saslPassword\n    envRef: KPUB_SASL_PASSWORD\n');
    const rules = (source: string) =>
      lintWorkspace([{ path: 'c.yaml', text: source }], DEFAULT_LINT_OPTIONS)
        .get('c.yaml')!
        .map(({ rule }) => rule);
    expect(rules(fixed)).toEqual(rules(unmark(text).text).filter((rule) => rule !== 'K-44'));
  });

  it('K-62 knows the stores of the workspace', () => {
    const withStore = (name: string) =>
      kafka('kpub', secret.replaceAll(/[«»]/g, ''), `auth:\n  secretStore: ${name}\n`);
    const [finding] = expectMarks('K-62', { 'c.yaml': withStore('«vault»'), 'store.yaml': store });
    expect(finding).toMatchObject({ consequence: 'not-loaded', severity: 'error' });
    expect(finding!.fixes.map((fix) => fix.title)).toEqual(['Use the secret store files']);
    expectMarks('K-62', { 'c.yaml': withStore('files'), 'store.yaml': store });
    const [away] = expectMarks('K-62', {
      'c.yaml': `${withStore('«files»')}scopes: [orders]\n`,
      'store.yaml': `${store}scopes: [billing]\n`,
    });
    expect(away!.message).toContain('no secret store files is among the components of its apps');
    expectMarks('K-62', { 'c.yaml': withStore('files'), 'store.yaml': `${store}scopes: [billing]\n` });
    expectMarks('K-62', { 'c.yaml': withStore('kubernetes') });
    expectMarks('K-62', { 'c.yaml': withStore('vault') }, { mode: 'kubernetes' });
  });

  it('a component that waits for its store in vain does not come to its other faults', () => {
    const faulty = kafka(
      'kpub',
      secret.replaceAll(/[«»]/g, '') +
        '- name: initialOffset\n  value: earliest\n- name: excludeHeaderMetaRegex\n  value: "["\n',
      'auth:\n  secretStore: files\n',
    );
    const linter = createLinter(DEFAULT_LINT_OPTIONS);
    linter.set('c.yaml', faulty);
    const seen = () => linter.findings('c.yaml').flatMap((f) => (f.consequence === 'runs' ? [] : [[f.rule, f.consequence]])); // prettier-ignore
    const waiting = [
      ['K-62', 'not-loaded'],
      ['K-03', 'not-loaded'],
      ['K-34', 'not-loaded'],
    ];
    expect(seen()).toEqual(expect.arrayContaining(waiting));
    expect(seen()).toHaveLength(3);
    expect(linter.findings('c.yaml').find((f) => f.rule === 'K-03')!.message).toContain(
      'Here it does not stop, but runs without this document.',
    );
    linter.set('store.yaml', store);
    expect(seen()).toEqual([
      ['K-03', 'daprd-stops'],
      ['K-34', 'daprd-stops'],
    ]);
    linter.remove('store.yaml');
    // Two of one name are refused before any of them waits.
    linter.set('b.yaml', kafka('kpub', ''));
    expect(seen()).toEqual(expect.arrayContaining([...waiting, ['C-03', 'daprd-stops']]));
  });

  it('variables below a secret that no store is named for stay empty', () => {
    const variable = (name: string) => `- name: ${name}\n  envRef: X\n`;
    const text = (lines: string) => component('- name: authType\n  value: none\n' + lines);
    const below = lintWorkspace(
      [{ path: 'c.yaml', text: text(secret.replaceAll(/[«»]/g, '') + variable('brokers')) }],
      DEFAULT_LINT_OPTIONS,
    ).get('c.yaml')!;
    expect(below.find((f) => f.rule === 'K-53')).toMatchObject({ consequence: 'daprd-stops' });
    expect(below.find((f) => f.rule === 'K-53')!.message).toContain('gives up at the secretKeyRef above');
    expectMarks('K-53', { 'c.yaml': text(variable('brokers') + secret.replaceAll(/[«»]/g, '')) });
    expectMarks('K-53', {
      'c.yaml': text(secret.replaceAll(/[«»]/g, '') + variable('brokers')) + 'auth:\n  secretStore: kubernetes\n',
    });
  });
});

describe('the linter of an editor', () => {
  it('tells again what another file changes', () => {
    const linter = createLinter(DEFAULT_LINT_OPTIONS);
    linter.set('a.yaml', kafka('one', ''));
    const shared = () => linter.findings('a.yaml').filter((f) => f.rule === 'K-15').length;
    expect(shared()).toBe(0);
    linter.set('b.yaml', kafka('two', ''));
    expect(shared()).toBe(1);
    linter.remove('b.yaml');
    expect(shared()).toBe(0);
  });
});
