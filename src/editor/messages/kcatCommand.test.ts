import { expect, test } from 'vitest';
import type { ReadSpec } from '../../shared/messagesPage.ts';
import { kcatCommand, kcatDifferences } from './kcatCommand.ts';

const read: ReadSpec = {
  start: { kind: 'last', count: 100 },
  end: { kind: 'follow' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};

test('start, end, partition and filter', () => {
  const profile = { id: 'x', name: 'x', bootstrap: ['a:1', 'b:2'] };
  expect(kcatCommand(profile, 'orders', read)).toBe(
    "kcat -C -b a:1,b:2 -t orders -o -100 -X isolation.level=read_committed -f 'P%p %o %T %k %s\\n'",
  );
  const span: ReadSpec = {
    ...read,
    start: { kind: 'time', timestamp: 5 },
    end: { kind: 'time', timestamp: 9 },
    partitions: [2],
    filter: { language: 'text', text: "it's" },
  };
  expect(kcatCommand(profile, 'orders', span)).toBe(
    "kcat -C -b a:1,b:2 -t orders -p 2 -o s@5 -o e@9 -X isolation.level=read_committed -f 'P%p %o %T %k %s\\n' | grep -F 'it'\\''s'",
  );
});

test('a password is a shell variable', () => {
  const profile = {
    id: 'x',
    name: 'x',
    bootstrap: ['a:1'],
    tls: { caFile: '/ca dir/ca.pem' },
    sasl: { mechanism: 'scram-sha-256' as const, username: 'u' },
  };
  const command = kcatCommand(profile, 't', read);
  expect(command).toContain("-X security.protocol=sasl_ssl -X 'ssl.ca.location=/ca dir/ca.pem'");
  expect(command).toContain('-X sasl.mechanisms=SCRAM-SHA-256 -X sasl.username=u -X "sasl.password=$KAFKA_PASSWORD"');
});

test('what kcat cannot do is told', () => {
  expect(kcatDifferences({ ...read, start: { kind: 'earliest' } })).toEqual([]);
  expect(kcatDifferences({ ...read, partitions: [1], filter: { language: 'text', text: 'a' } })).toEqual([]);
  expect(kcatDifferences(read)).toEqual(['It reads the last 100 messages of each partition.']);
  expect(
    kcatDifferences({
      ...read,
      start: { kind: 'group', group: 'billing' },
      end: { kind: 'offset', offset: 9 },
      partitions: [0, 2],
      filter: { language: 'cel', text: 'offset > 3' },
    }),
  ).toEqual([
    'It starts at the end: kcat cannot start where group billing stands without joining it.',
    'It reads to the end: kcat has no offset to stop at.',
    'It reads all partitions: kcat reads one or all.',
    'It has no filter: kcat knows none of this kind.',
  ]);
  expect(kcatDifferences({ ...read, start: { kind: 'offsets', offsets: { 0: 5, 1: 7 } } })).toEqual([
    'It starts at the smallest of the offsets in every partition.',
  ]);
});
