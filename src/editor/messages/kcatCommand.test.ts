import { expect, test } from 'vitest';
import type { ReadSpec } from '../../shared/messagesPage.ts';
import { kcatCommand } from './kcatCommand.ts';

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
