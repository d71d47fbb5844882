import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Frames, MAX_FRAME_BYTES } from './frames.ts';

const frame = (body: Uint8Array): Buffer => {
  const prefix = Buffer.alloc(4);
  prefix.writeInt32BE(body.length);
  return Buffer.concat([prefix, body]);
};

/** Puts a stream into the room it is given, at most `step` bytes at a time, as a socket does; what came out of it. */
function pour(frames: Frames, stream: Buffer, steps: readonly number[]): (Buffer | Error)[] {
  const out: (Buffer | Error)[] = [];
  for (let at = 0, i = 0; at < stream.length; i++) {
    const room = frames.room();
    const bytes = stream.copy(room, 0, at, at + Math.min(room.length, steps[i % steps.length]!));
    const taken = frames.take(bytes);
    if (taken !== null) out.push(taken);
    at += bytes;
  }
  return out;
}

const announcing = (size: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(size);
  return bytes;
};

it('puts frames together however they are cut, each in a buffer of its own', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ minLength: 4, maxLength: 40 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (bodies, steps) => {
        const frames = new Frames();
        const whole = bodies.map(frame);
        expect(pour(frames, Buffer.concat(whole), steps)).toEqual(whole);
        expect(pour(frames, announcing(MAX_FRAME_BYTES + 1), steps)).toMatchObject([{ code: 'FRAME_SIZE' }]);
      },
    ),
  );
});

it('puts together a frame larger than what room is taken for at once', () => {
  const body = Buffer.alloc(40 << 20, 'Kafka');
  const [whole] = pour(new Frames(), frame(body), [1 << 20]);
  expect((whole as Buffer).subarray(4).equals(body)).toBe(true);
});

it.each([
  [0x1503_0300, 'ANSWERS_TLS'],
  [0x4854_5450, 'ANSWERS_HTTP'],
  [0x7fff_ffff, 'FRAME_SIZE'],
  [0xffff_fffe, 'FRAME_SIZE'],
  [0, 'FRAME_SIZE'],
])('knows a stream that is not Kafka’s: %i', (size, code) => {
  expect(pour(new Frames(), announcing(size), [4])).toMatchObject([{ code }]);
});

it('takes the largest frame, without the memory it announces before that arrives', () => {
  const frames = new Frames();
  expect(pour(frames, announcing(MAX_FRAME_BYTES), [4])).toEqual([]);
  expect(frames.room().length).toBeLessThan(17 << 20);
});
