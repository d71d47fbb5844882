import { expect, test } from 'vitest';
import { byteFormat, byteSize } from './byteSize.ts';

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1 KiB'],
  [1127, '1.1 KiB'],
  [256 * 1024, '256 KiB'],
  [1024 ** 2 - 1, '1,024 KiB'],
  [1_572_864, '1.5 MiB'],
  [48.53 * 1024 ** 3, '48.5 GiB'],
  [5000 * 1024 ** 5, '5,000 PiB'],
])('%d bytes are %s', (bytes, text) => {
  expect([byteSize(bytes, 'en'), byteFormat('en')(bytes)]).toEqual([text, text]);
});
