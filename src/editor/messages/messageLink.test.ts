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

test.each([
  ['topic=orders', 'no range'],
  ['topic=../x&read=' + encodeURIComponent(JSON.stringify(read)), 'no topic name'],
  [
    'topic=orders&read=' + encodeURIComponent(JSON.stringify({ ...read, start: { kind: 'last', count: -1 } })),
    'negative',
  ],
  [
    'topic=orders&read=' + encodeURIComponent(JSON.stringify({ ...read, filter: { language: 'js', text: '1' } })),
    'language',
  ],
  ['topic=orders&read={', 'broken'],
])('refuses %s (%s)', (query) => {
  expect(parseLink(query)).toBeNull();
});
