import { describe, expect, it } from 'vitest';
import { createLinter } from '../rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { readersOf } from '../delivery/readers.ts';
import { readSidecarMetadata } from './sidecarMetadata.ts';
import { withDeclaration } from './withDeclaration.ts';

const COMPONENT = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata: {name: shop}
spec:
  type: pubsub.kafka
  metadata:
  - {name: brokers, value: "b:9092"}
  - {name: authType, value: none}
`;
const CONFIG = `# what no other file tells
rules: { K-43: off }
apps:
  - appID: orders-api
    subscriptions:
      - { pubsubname: shop, topic: orders } # made in code
      - { pubsubname: shop, topic: paid, deadLetterTopic: paid-dlq, from: "sidecar localhost:3500, 2026-05-01" }
`;

function workspaceOf(files: Record<string, string>) {
  const linter = createLinter(DEFAULT_LINT_OPTIONS);
  for (const [path, text] of Object.entries(files)) linter.set(path, text);
  return linter;
}

const readers = (files: Record<string, string>) =>
  readersOf(workspaceOf(files).workspace, { namespace: null }).map(({ app, group, topics }) => ({
    app,
    group: group.group,
    topics: topics.map(({ topic, subscription }) => [topic, subscription?.told ?? null]),
  }));

describe('what a workspace tells by hand', () => {
  it('names the app, its group, and the topics it subscribes in code, with who told it', () => {
    expect(readers({ 'c.yaml': COMPONENT })).toEqual([{ app: null, group: null, topics: [] }]);
    expect(readers({ 'c.yaml': COMPONENT, 'kafka-dapr.config.yaml': CONFIG })).toEqual([
      {
        app: 'orders-api',
        group: 'orders-api',
        topics: [
          ['orders', { by: 'hand' }],
          ['paid', { by: 'sidecar', from: 'sidecar localhost:3500, 2026-05-01' }],
        ],
      },
    ]);
  });

  it('is read from that file only', () => {
    expect(readers({ 'c.yaml': COMPONENT, 'other.yaml': CONFIG })[0]?.topics).toEqual([]);
  });

  it('lets the code replace a Subscription of the same topic, and says so there', () => {
    const subscription =
      'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: shop\n  topic: orders\n  routes: {default: /o}\n';
    const files = { 'c.yaml': COMPONENT, 'kafka-dapr.config.yaml': CONFIG, 'a/s.yaml': subscription };
    expect(readers(files)[0]?.topics[0]).toEqual(['orders', { by: 'hand' }]);
    const [finding] = workspaceOf(files)
      .findings('a/s.yaml')
      .filter((f) => f.rule === 'S-04');
    expect(finding?.message).toBe(
      'Not used: orders-api subscribes orders of shop in code, and that replaces this one.',
    );
    expect(subscription.slice(finding?.range.start, finding?.range.end)).toBe('orders');
  });

  it('reports nothing in that file itself', () => {
    expect(
      workspaceOf({ 'c.yaml': COMPONENT, 'kafka-dapr.config.yaml': CONFIG }).findings('kafka-dapr.config.yaml'),
    ).toEqual([]);
  });
});

describe('withDeclaration', () => {
  const orders = { pubsubname: 'shop', topic: 'orders', deadLetterTopic: '', route: '/orders' };

  it('begins an empty file', () => {
    expect(withDeclaration('', 'api')).toBe('apps:\n  - appID: api\n');
    expect(withDeclaration('# notes', 'api', [orders])).toBe(
      '# notes\napps:\n  - appID: api\n    subscriptions:\n      - { pubsubname: shop, topic: orders, route: /orders }\n',
    );
  });

  it('adds to what is there and keeps comments, indentation and line ends', () => {
    const once = withDeclaration(CONFIG, 'orders-api', [orders, { pubsubname: 'shop', topic: 'sent', from: 'a, b' }]);
    expect(once).toBe(`${CONFIG}      - { pubsubname: shop, topic: sent, from: "a, b" }\n`);
    expect(withDeclaration(once ?? '', 'orders-api', [orders])).toBe(once);
    const list = 'apps:\r\n- appID: a # first\r\nmode: kubernetes\r\n';
    expect(withDeclaration(list, 'b')).toBe('apps:\r\n- appID: a # first\r\n- appID: b\r\nmode: kubernetes\r\n');
    expect(withDeclaration(list, 'a', [orders])).toBe(
      'apps:\r\n- appID: a # first\r\n  subscriptions:\r\n    - { pubsubname: shop, topic: orders, route: /orders }\r\nmode: kubernetes\r\n',
    );
  });

  it('leaves what it cannot extend to a person', () => {
    for (const text of ['{apps: []}', 'apps: []\n', 'apps: {a: b}\n', 'apps:\n- {appID: api}\n', 'a: [', '- x\n'])
      expect(withDeclaration(text, 'api', [orders]), text).toBeUndefined();
  });
});

describe('readSidecarMetadata', () => {
  const answer = {
    id: 'orders-api',
    runtimeVersion: '1.18.0',
    subscriptions: [
      { pubsubname: 'shop', topic: 'orders', rules: [{ match: '', path: '/orders' }], type: 'PROGRAMMATIC' },
      { pubsubname: 'shop', topic: 'paid', deadLetterTopic: 'paid-dlq', rules: { rules: [{ path: 'paid' }] } },
      { pubsubname: 'shop', topic: 'live', rules: [{ match: '', path: '/' }], type: 'STREAMING' },
      { pubsubname: 'shop', topic: 'filed', rules: [], type: 'DECLARATIVE' },
      { pubsubname: 'shop', topic: 'known', rules: [] },
      { topic: 'nowhere' },
    ],
  };

  it('takes what is made in code, and what may be as long as no file tells it', () => {
    expect(readSidecarMetadata(answer, 'me', ({ topic }) => topic === 'known')).toEqual({
      appID: 'orders-api',
      subscriptions: [
        { pubsubname: 'shop', topic: 'orders', route: '/orders', from: 'me' },
        { pubsubname: 'shop', topic: 'paid', deadLetterTopic: 'paid-dlq', route: 'paid', from: 'me' },
        { pubsubname: 'shop', topic: 'live', route: '/', from: 'me' },
      ],
    });
  });

  it('knows what is no sidecar', () => {
    for (const other of [null, 'id', [], {}, { id: 5 }, { id: '' }])
      expect(readSidecarMetadata(other, 'me', () => false)).toBeUndefined();
    expect(readSidecarMetadata({ id: 'a' }, 'me', () => false)).toEqual({ appID: 'a', subscriptions: [] });
  });
});
