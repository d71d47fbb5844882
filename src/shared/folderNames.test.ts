import { expect, test } from 'vitest';
import { folderPrefixes } from './folderNames.ts';

const prefixes = (...names: string[]) => folderPrefixes(names.map((name) => ({ name })));

test('the paths of the only folder begin with nothing', () => {
  expect(prefixes()).toEqual([]);
  expect(prefixes('shop')).toEqual(['']);
});

test('folders of the same name are told apart, also from one that is called like a numbered one', () => {
  expect(prefixes('shop', 'pay', 'shop', 'shop')).toEqual(['shop/', 'pay/', 'shop (2)/', 'shop (3)/']);
  expect(prefixes('app', 'app (2)', 'app')).toEqual(['app/', 'app (2)/', 'app (3)/']);
});
