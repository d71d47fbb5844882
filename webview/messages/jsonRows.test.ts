import { expect, test } from 'vitest';
import { jsonKind, parseJson, type Json } from '../../src/shared/json.ts';
import { jsonRows, jsonText } from './jsonRows.ts';

test('numbers keep every digit', () => {
  const root = parseJson('{"n":9007199254740993,"f":1.10}') as Json;
  expect(jsonRows(root, new Set([''])).map((r) => [r.path, r.name, jsonText(r)])).toEqual([
    ['', null, '{ 2 }'],
    ['/n', 'n', '9007199254740993'],
    ['/f', 'f', '1.10'],
  ]);
});

test('only unfolded nodes show their children', () => {
  const root = parseJson('{"a/b":[1,{"c":null}],"d":"x"}') as Json;
  expect(jsonRows(root, new Set([''])).map((r) => r.path)).toEqual(['', '/a~1b', '/d']);
  const rows = jsonRows(root, new Set(['', '/a~1b', '/a~1b/1']));
  expect(rows.map((r) => [r.depth, r.path, jsonKind(r.value)])).toEqual([
    [0, '', 'branch'],
    [1, '/a~1b', 'branch'],
    [2, '/a~1b/0', 'number'],
    [2, '/a~1b/1', 'branch'],
    [3, '/a~1b/1/c', 'keyword'],
    [1, '/d', 'string'],
  ]);
});
