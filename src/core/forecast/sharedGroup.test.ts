import { expect, it } from 'vitest';
import { FakeCluster, run } from './forecast.fixture.ts';

const component = (name: string, group: string, more = '', type = 'pubsub.kafka') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  type: ${type}\n  version: v1\n  metadata:\n  - name: brokers\n    value: b:9092\n  - name: authType\n    value: none\n${group === '' ? '' : `  - name: consumerGroup\n    value: ${group}\n`}${more}`;
const subscription = (pubsub: string, topic: string) =>
  `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: s-${pubsub}-${topic}\nspec:\n  pubsubname: ${pubsub}\n  topic: ${topic}\n  routes:\n    default: /in\n`;
const APPS = 'version: 1\napps:\n- appID: a\n- appID: b\n';
const files = [component('shop', 'g'), subscription('shop', 'orders'), subscription('shop', 'bills'), APPS];
const cluster = () => new FakeCluster({ orders: [[0, 5]], bills: [[0, 5]] }, {});
const said = async (of: string[], options: Parameters<typeof run>[2] = {}) =>
  (await run(of, cluster(), options)).problems.map(({ file, message }) => `${file} ${message}`);
const shared = (name: string, topics: string, also: string) =>
  `f0.yaml ${name}, ${topics}: Several apps or components read this topic in one group: each receives only its share (F-20). Also: ${also}.`;

it('says of each who shares its topics in one group', async () => {
  expect(await said(files)).toEqual([
    shared('shop (a)', 'orders, bills', 'shop (b)'),
    shared('shop (b)', 'orders, bills', 'shop (a)'),
  ]);
  expect(await said([component('shop', ''), ...files.slice(1)])).toEqual([]);
});

it('knows who shares also where one app or one component is asked about', async () => {
  expect(await said(files, { appId: 'a' })).toEqual([shared('shop (a)', 'orders, bills', 'shop (b)')]);
  const two = [
    component('shop', 'g'),
    component('till', 'g'),
    subscription('shop', 'orders'),
    subscription('till', 'orders'),
  ];
  expect(await said(two, { component: 'shop' })).toEqual([shared('shop', 'orders', 'till')]);
  expect(await said(two, { component: 'shop', appId: 'a' })).toEqual([shared('shop (a)', 'orders', 'till (a)')]);
  // The "what if" is about this component, and what it reads in code about this app.
  expect(await said(two, { component: 'shop', set: { consumerGroup: 'other' } })).toEqual([]);
  expect(await said([component('shop', 'g'), APPS], { appId: 'a', topics: ['orders'] })).toEqual([]);
});

it('does not say that bindings without a group share one', async () => {
  const binding = (name: string) => component(name, '', '  - name: topics\n    value: orders\n', 'bindings.kafka');
  expect((await said([binding('in'), binding('too')])).filter((text) => text.includes('F-20'))).toEqual([]);
});

it('takes components of other brokers for none that share, unless nobody knows which they name', async () => {
  const till = component('till', 'g');
  const two = (other: string) => [
    component('shop', 'g'),
    other,
    subscription('shop', 'orders'),
    subscription('till', 'orders'),
  ];
  expect(await said(two(till.replace('b:9092', 'c:9092,d:9092')))).toEqual([]);
  const both = [shared('shop', 'orders', 'till'), shared('till', 'orders', 'shop').replace('f0', 'f1')];
  expect(await said(two(till.replace('b:9092', 'c:9092, B:9092')))).toEqual(both);
  const secret = till.replace('value: b:9092', 'secretKeyRef:\n      name: s\n      key: k');
  expect((await said(two(secret))).filter((text) => text.includes('F-20'))).toEqual(both);
});
