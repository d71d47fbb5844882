import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson, parseJsonForCel } from './json.ts';
import { hexBytes, looksLikeText, preview, utf8 } from './text.ts';

describe('text', () => {
  it('is text or nothing: no byte is replaced', () => {
    expect(utf8(Buffer.from('grüß 😀'))).toBe('grüß 😀');
    expect(utf8(Buffer.from([0x61, 0xff]))).toBeUndefined();
    expect(utf8(Buffer.from([0xed, 0xa0, 0x80]))).toBeUndefined(); // a lone surrogate
    expect(utf8(Buffer.from([0xef, 0xbb, 0xbf, 0x61]))).toBe('\ufeffa'); // a byte order mark stays
  });

  it('is previewed in whole characters', () => {
    expect(preview(Buffer.from('short'), 8)).toEqual({ text: 'short', truncated: false });
    expect(preview(Buffer.from('1234567😀'), 8)).toEqual({ text: '1234567', truncated: true });
    expect(preview(Buffer.from('é'.repeat(5000)), 8)).toEqual({ text: 'é'.repeat(8), truncated: true });
    expect(preview(Buffer.alloc(0), 8)).toEqual({ text: '', truncated: false });
  });

  it('that is none is previewed as bytes', () => {
    expect(preview(Buffer.from([0, 1, 0xff]), 256)).toEqual({ text: '00 01 ff', truncated: false });
    expect(preview(Buffer.alloc(1000), 9)).toEqual({ text: '00 00 00', truncated: true });
    expect(hexBytes(Buffer.alloc(0))).toBe('');
  });

  it('cut anywhere is still recognised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, at) => {
        const bytes = Buffer.from(text.replaceAll(/[\0-\x1f\x7f]/g, '_'));
        expect(looksLikeText(bytes.subarray(0, at % (bytes.length + 1)), true)).toBe(true);
      }),
    );
  });
});

describe('JSON for expressions', () => {
  it.each([
    ['{"a":1,"b":1.0,"c":1e3,"d":-0}', { a: 1n, b: 1, c: 1000, d: 0n }],
    [
      '[9007199254740993, 9223372036854775807, 9223372036854775808]',
      [9007199254740993n, 9223372036854775807n, 9223372036854775808],
    ],
    ['"text"', 'text'],
    ['{"a":1,"a":2}', { a: 2n }],
    ['{"n":1.5,"a":1,"a":2}', { n: 1.5, a: 2n }],
    ['not json', undefined],
    ['', undefined],
    ['{"a":', undefined],
  ])('%s', (text, expected) => {
    expect(parseJsonForCel(text)).toEqual(expected);
  });

  it('survives any depth', () => {
    expect(() => parseJsonForCel('['.repeat(200_000))).not.toThrow();
    expect(() => parseJsonForCel('['.repeat(200_000) + ']'.repeat(200_000))).not.toThrow();
    expect(isJson('{"a":[1,null]}')).toBe(true);
    expect(isJson('nope')).toBe(false);
  });

  it('lets a key called __proto__ be a key', () => {
    const value = parseJsonForCel('{"__proto__":1}') as object;
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toBe(1n);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});
