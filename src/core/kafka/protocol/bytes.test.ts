import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MalformedBytes, Reader, Writer } from './bytes.ts';

const through = (write: (w: Writer) => void, flexible = false): Reader => {
  const writer = new Writer(flexible);
  write(writer);
  return new Reader(writer.finish(), 0, undefined, flexible);
};

describe('numbers', () => {
  it('keeps 64-bit numbers exact up to 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(through((w) => w.int64(n)).int64()).toBe(n);
      }),
    );
    expect(new Reader(Buffer.from('ffffffffffffffff', 'hex')).int64()).toBe(-1);
  });

  it('reads zigzag numbers of both widths', () => {
    fc.assert(
      fc.property(fc.integer(), (n) => {
        expect(through((w) => w.varint(n)).varint()).toBe(n);
        expect(through((w) => w.varint(n)).varlong()).toBe(n);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), (n) => {
        expect(through((w) => w.varint(n)).varlong()).toBe(n);
      }),
    );
  });

  it('writes the bytes of the protocol guide', () => {
    const w = new Writer().int8(-1).int16(258).int32(-2).uvarint(300).varint(-3).boolean(true);
    expect(w.finish().toString('hex')).toBe('ff' + '0102' + 'fffffffe' + 'ac02' + '05' + '01');
  });

  it('refuses a varint that never ends', () => {
    expect(() => new Reader(Buffer.alloc(12, 0xff)).uvarint()).toThrow(MalformedBytes);
    expect(() => new Reader(Buffer.alloc(12, 0xff)).varlong()).toThrow(MalformedBytes);
  });
});

describe.each([false, true])('strings, bytes and arrays, flexible %s', (flexible) => {
  it('keeps null apart from empty', () => {
    const r = through((w) => w.string(null).string('').string('주문 é').bytes(null).bytes(Buffer.alloc(0)), flexible);
    expect([r.nullableString(), r.nullableString(), r.nullableString()]).toEqual([null, '', '주문 é']);
    expect(r.nullableBytes()).toBeNull();
    expect(r.nullableBytes()).toHaveLength(0);
    expect(r.remaining()).toBe(0);
  });

  it('reads nested arrays and skips tagged fields', () => {
    const r = through((w) => {
      w.array([[1, 2], [], [3]], (inner, w2) => w2.array(inner, (n, w3) => w3.int16(n)).tags());
      w.array<number>(null, () => undefined).tags();
    }, flexible);
    const nested = r.array((r2) => {
      const inner = r2.array((r3) => r3.int16());
      r2.tags();
      return inner;
    });
    expect(nested).toEqual([[1, 2], [], [3]]);
    expect(r.nullableArray((r2) => r2.int8())).toBeNull();
    r.tags();
    expect(r.remaining()).toBe(0);
  });

  it('refuses a count that the bytes cannot hold', () => {
    const r = through((w) => (flexible ? w.uvarint(2 ** 31) : w.int32(2 ** 31 - 2)), flexible);
    expect(() => r.array((x) => x.int8())).toThrow(/An array of/);
  });

  it('fails at every cut, never reading past the end', () => {
    const w = new Writer(flexible)
      .string('abc')
      .array([7, 8], (n, x) => x.int64(n))
      .bytes(Buffer.from('xyz'))
      .tags();
    const whole = w.finish();
    const read = (r: Reader) => {
      r.string();
      r.array((x) => x.int64());
      r.bytes();
      r.tags();
    };
    read(new Reader(whole, 0, undefined, flexible));
    for (let cut = 0; cut < whole.length; cut++) {
      expect(() => read(new Reader(whole, 0, cut, flexible)), `cut at ${cut}`).toThrow(MalformedBytes);
    }
  });
});

it('hands a known tagged field to its reader', () => {
  const field = new Writer(true).int64(42).finish();
  const r = through((w) => w.uvarint(2).uvarint(9).uvarint(1).int8(5).uvarint(3).uvarint(8).raw(field), true);
  const seen: [number, number][] = [];
  r.tags((tag, f) => seen.push([tag, f.remaining()]));
  expect(seen).toEqual([
    [9, 1],
    [3, 8],
  ]);
});
