import { expect, test } from 'vitest';
import { parseBootstrap } from './bootstrap.ts';

test.each<[string, string[]]>([
  ['localhost:9092', ['localhost:9092']],
  [' a:1, b:2\n c:3 ', ['a:1', 'b:2', 'c:3']],
  ['kafka.example', ['kafka.example:9092']],
  ['[::1]:9094;[fe80::1%eth0]', ['[::1]:9094', '[fe80::1%eth0]:9092']],
  ['SASL_SSL://b-1.example:9096', ['b-1.example:9096']],
  ['a:1,a:1', ['a:1']],
])('%j', (text, addresses) => {
  expect(parseBootstrap(text)).toEqual({ ok: true, addresses });
});

test.each<[string, string]>([
  ['', 'Enter at least one broker as host:port.'],
  [' , ', 'Enter at least one broker as host:port.'],
  ['a:b', '"a:b" is not host:port.'],
  ['a:0', '"a:0": a port is a number from 1 to 65535.'],
  ['ok:1,a:65536', '"a:65536": a port is a number from 1 to 65535.'],
  ['::1', '"::1" is not host:port.'],
  ['a:1/b', '"a:1/b" is not host:port.'],
])('%j is refused', (text, message) => {
  expect(parseBootstrap(text)).toEqual({ ok: false, message });
});
