import { expect, test } from 'vitest';
import { parseBranch, parseJson } from './json.ts';

test('what is not JSON is not taken for it', () => {
  expect(parseJson('hello')).toBeUndefined();
  expect(parseJson('{"a":')).toBeUndefined();
  expect(parseJson('')).toBeUndefined();
  expect(parseJson('null')).toBeNull();
});

test('objects and lists are told from what may be plain text', () => {
  expect(parseBranch(' [1]')).toHaveLength(1);
  expect(parseBranch('{}')).toEqual({});
  for (const text of ['12', 'null', '"a"', '{"a":']) expect(parseBranch(text)).toBeUndefined();
});
