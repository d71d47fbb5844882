import { expect, test } from 'vitest';
import { bytesOf, hexDump, textOf } from './bytes.ts';

test('base64 to bytes to text, and bytes that are no text', () => {
  expect([...bytesOf('AP8=')]).toEqual([0, 255]);
  expect(textOf(bytesOf('7ZWc6riA'))).toBe('한글');
  expect(textOf(bytesOf('AP8='))).toBeNull();
});

test('hex, sixteen a line, up to the limit', () => {
  const bytes = new TextEncoder().encode('{"id":"o-4119"}\n!!');
  expect(hexDump(bytes, 17)).toBe(
    '00000000  7b 22 69 64 22 3a 22 6f  2d 34 31 31 39 22 7d 0a  {"id":"o-4119"}·\n' +
      `00000010  21${' '.repeat(46)}  !`,
  );
});
