import { execFileSync } from 'node:child_process';
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
    "kcat -C -b a:1,b:2 -t orders -p 2 -o s@5 -o e@9 -X isolation.level=read_committed -f 'P%p %o %T %h %k %s\\n' | grep -F -e 'it'\\''s'",
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
  const profile = { id: 'x', name: 'x', bootstrap: ['a:1'] };
  expect(kcatDifferences(profile, { ...read, start: { kind: 'earliest' } })).toEqual([]);
  expect(kcatDifferences(profile, { ...read, partitions: [1], filter: { language: 'text', text: 'a' } })).toEqual([
    'Its filter is grep, which finds the text in partition, offset and time as well, and of a value of several lines shows those that have it.',
  ]);
  expect(kcatDifferences(profile, read)).toEqual(['It reads the last 100 messages of each partition.']);
  expect(
    kcatDifferences(profile, {
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
  expect(kcatDifferences(profile, { ...read, start: { kind: 'offsets', offsets: { 0: 5, 1: 7 } } })).toEqual([
    'It starts at the smallest of the offsets in every partition.',
  ]);
});

test('a log-in, addresses and formats that kcat lacks are told', () => {
  const profile = {
    id: 'x',
    name: 'x',
    bootstrap: ['a:1'],
    sasl: { mechanism: 'aws-msk-iam' as const, region: 'eu-north-1' },
    addressMap: { 'b:1': 'localhost:1' },
  };
  const formats = { key: 'auto' as const, value: 'int32' as const };
  expect(
    kcatDifferences(profile, {
      ...read,
      start: { kind: 'earliest' },
      filter: { language: 'regex', text: '1', formats },
    }),
  ).toEqual([
    'It does not log in: add the settings that librdkafka has for aws-msk-iam.',
    'It goes to the addresses that the brokers advertise: kcat maps none.',
    'It has no filter: kcat knows none of this kind.',
    'It shows and searches the bytes of key and value as they are.',
  ]);
});

test('with a filter the count is of what it finds', () => {
  const profile = { id: 'x', name: 'x', bootstrap: ['a:1'] };
  const counted: ReadSpec = { ...read, start: { kind: 'earliest' }, end: { kind: 'count', count: 5 } };
  expect(kcatCommand(profile, 't', counted)).toContain(' -o beginning -c 5 -X');
  expect(kcatCommand(profile, 't', { ...counted, filter: { language: 'text', text: 'a' } })).toBe(
    "kcat -C -b a:1 -t t -o beginning -X isolation.level=read_committed -f 'P%p %o %T %h %k %s\\n' | grep -m 5 -F -e a",
  );
});

/** Every kind of word that a shell would make something else of. */
const ODD = [
  '-v',
  '--help',
  '=ls',
  '~',
  '$HOME',
  '`id`',
  '$(id)',
  'a b  c',
  '"',
  "''",
  "it's",
  '!!',
  '\\',
  '*',
  '{a,b}',
  '한글 😀',
  '\t',
  '$(id)=$KAFKA_PASSWORD',
  'sasl.password=$KAFKA_PASSWORD',
  '; id; x=$KAFKA_PASSWORD',
];

test.each(ODD)('the filter %s reaches grep as it is, also in a shell', (text) => {
  const profile = { id: 'x', name: 'x', bootstrap: ['a:1'], sasl: { mechanism: 'plain' as const, username: text } };
  const command = kcatCommand(profile, '-odd.topic', { ...read, filter: { language: 'text', text } });
  // What the shell hands to the two, word by word.
  const told = `kcat() { printf '%s\\0' kcat "$@"; }; grep() { cat; printf '%s\\0' grep "$@"; }; ${command}`;
  const words = execFileSync('sh', ['-c', told], { encoding: 'utf8', env: { KAFKA_PASSWORD: 'secret' } }).split('\0');
  expect(words).toEqual([
    ...['kcat', '-C', '-b', 'a:1', '-t', '-odd.topic', '-o', '-100', '-X', 'isolation.level=read_committed'],
    ...['-X', 'security.protocol=sasl_plaintext', '-X', 'sasl.mechanisms=PLAIN', '-X', `sasl.username=${text}`],
    ...['-X', 'sasl.password=secret', '-f', 'P%p %o %T %h %k %s\\n'],
    ...['grep', '-F', '-e', text, ''],
  ]);
});
