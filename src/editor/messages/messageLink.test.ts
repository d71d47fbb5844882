import { expect, test } from 'vitest';
import type { ReadSpec } from '../../shared/messagesPage.ts';
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
