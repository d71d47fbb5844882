import { expect, test } from 'vitest';
import type { ReadSpec } from '../../shared/messagesPage.ts';
import type { ViewSetup } from '../../shared/messagesPanel.ts';
import { linkQuery, parseLink } from './messageLink.ts';

const read: ReadSpec = {
  start: { kind: 'offsets', offsets: { 0: 5 } },
  end: { kind: 'follow' },
  partitions: [0],
  isolation: 'read_committed',
  filter: { language: 'cel', text: 'value.amount > 100 && key != "&="' },
};

test('a link says again what it was made of', () => {
  const link = { clusterId: 'id', clusterName: 'local & far', topic: 'orders', read };
  expect(parseLink(linkQuery(link))).toEqual(link);
});

test('a link keeps a time that is nanoseconds, and no time that Kafka cannot keep', () => {
  const at = (timestamp: number) => ({
    clusterId: 'id',
    clusterName: 'local',
    topic: 'orders',
    read: { ...read, start: { kind: 'time', timestamp }, end: { kind: 'time', timestamp } } as ReadSpec,
  });
  const nanoseconds = at(1_764_072_000_123_456_789);
  expect(parseLink(linkQuery(nanoseconds))).toEqual(nanoseconds);
  for (const wrong of [2 ** 63, -1, 0.5]) expect(parseLink(linkQuery(at(wrong)))).toBeNull();
});

test('a link says how records are shown, too', () => {
  const view: ViewSetup = {
    columns: ['offset', 'value', 'value:/data/amount'],
    sort: { by: 'offset', newestFirst: true },
    formats: { key: 'int32', value: 'file:proto/order.proto#shop.Order' },
  };
  const link = { clusterId: 'id', clusterName: 'local', topic: 'orders', read, view };
  expect(parseLink(linkQuery(link))).toEqual(link);
  const arrival = { ...link, view: { ...view, sort: null } };
  expect(parseLink(linkQuery(arrival))).toEqual(arrival);
  for (const wrong of [
    { ...view, columns: [1] },
    { ...view, sort: { by: 'key', newestFirst: true } },
    { ...view, formats: { key: 'auto', value: 'yaml' } },
  ])
    expect(parseLink(linkQuery({ ...link, view: wrong as ViewSetup }))).toBeNull();
});

test.each(['a & b=c', '100%', '%26 %25', 'a+b', '1 < 2 || "x"', '#/?', '한글 😀', '\\d{2}\n', '</script>'])(
  'the filter %s is the same however often the link was decoded on its way',
  (text) => {
    const link = {
      clusterId: 'a b&c',
      clusterName: 'près & 50 % off #1',
      topic: 'orders.v1_x-y',
      read: { ...read, filter: { language: 'text' as const, text } },
    };
    let query = linkQuery(link);
    for (let decoded = 0; decoded < 3; decoded++) {
      expect(parseLink(query)).toEqual(link);
      query = decodeURIComponent(query);
    }
  },
);

const page = (read: unknown, more = {}) =>
  linkQuery({ clusterId: 'id', clusterName: 'x', topic: 'orders', read: read as ReadSpec, ...more });

test.each([
  ['topic=orders', 'no range'],
  [page(read).replace('orders', '../x'), 'no topic name'],
  [page(read, { clusterId: 1 }), 'no cluster'],
  [page({ ...read, start: { kind: 'last', count: -1 } }), 'negative'],
  [page({ ...read, start: { kind: 'offsets', offsets: { x: 1 } } }), 'no partition'],
  [page({ ...read, filter: { language: 'js', text: '1' } }), 'language'],
  ['topic=orders&page=e30', 'empty'],
  ['topic=orders&page=ew', 'broken'],
])('refuses %s (%s)', (query) => {
  expect(parseLink(query)).toBeNull();
});
