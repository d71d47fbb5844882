import { describe, expect, it } from 'vitest';
import { pointerOf, pointerText } from './jsonPointer.ts';

describe('a place in a JSON document', () => {
  it.each([
    ['/data/amount', '/data/amount'],
    ['data.amount', '/data/amount'],
    [' $.data.amount ', '/data/amount'],
    ['$.items[0].id', '/items/0/id'],
    ['items[12]', '/items/12'],
    ['a/b.c~d', '/a~1b/c~0d'],
    ['[0].id', '/0/id'],
    ['.data', '/data'],
    ['data["a.b"].c', '/data/a.b/c'],
    ["$['it\\'s']['x/y']", "/it's/x~1y"],
    ['items[*].id', undefined],
    ['items[].id', undefined],
    ['items[0', undefined],
    ['..id', undefined],
    ['', undefined],
    ['$', undefined],
    ['a..b', undefined],
    ['a.', undefined],
  ])('written as %j is the pointer %j', (text, pointer) => {
    expect(pointerOf(text)).toBe(pointer);
  });

  it('is read as names with dots', () => {
    expect(pointerText('/a~1b/0/c~0d')).toBe('a/b.0.c~d');
  });
});
