import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameGuard, MAX_FRAME_BYTES } from './frameGuard.ts';

const frame = (size: number): Buffer => {
  const bytes = Buffer.alloc(4 + size, 0x7f);
  bytes.writeInt32BE(size);
  return bytes;
};
const announcing = (size: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(size);
  return bytes;
};

it('follows frames however they are cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 4, max: 40 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (sizes, cuts) => {
        const guard = new FrameGuard();
        const stream = Buffer.concat(sizes.map(frame));
        for (let at = 0, i = 0; at < stream.length; i++) {
          const step = cuts[i % cuts.length]!;
          expect(guard.check(stream.subarray(at, at + step))).toBeNull();
          at += step;
        }
        expect(guard.check(announcing(MAX_FRAME_BYTES + 1))).toMatchObject({ code: 'FRAME_SIZE' });
      },
    ),
  );
});

it.each([
  [0x1503_0300, 'ANSWERS_TLS'],
  [0x4854_5450, 'ANSWERS_HTTP'],
  [0x7fff_ffff, 'FRAME_SIZE'],
  [0xffff_fffe, 'FRAME_SIZE'],
  [0, 'FRAME_SIZE'],
])('knows a stream that is not Kafka’s: %i', (size, code) => {
  expect(new FrameGuard().check(announcing(size))).toMatchObject({ code });
});

it('takes the largest frame', () => {
  expect(new FrameGuard().check(announcing(MAX_FRAME_BYTES))).toBeNull();
});
