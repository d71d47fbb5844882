import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput } from './output.ts';
import { oneLine, table } from './table.ts';

const sink = () => new PassThrough();

test('lines of one tick leave together, and flush waits for them', async () => {
  const writes: string[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      writes.push(chunk.toString());
      done();
    },
  });
  const out = createOutput(stdout, sink(), () => undefined);
  await out.line('a');
  await out.line('b');
  expect(writes).toEqual([]);
  await out.flush();
  expect(writes).toEqual(['a\nb\n']);
  await out.line('c');
  await new Promise((resolve) => setImmediate(resolve));
  expect(writes).toEqual(['a\nb\n', 'c\n']);
});

test('a closed stdout is told once and takes everything quietly', async () => {
  let closed = 0;
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const out = createOutput(stdout, sink(), () => closed++);
  await out.line('a');
  await out.flush();
  await out.line('b');
  await out.flush();
  expect(closed).toBe(1);
});

test('a stdout that takes nothing is told with the reason, once', async () => {
  const told: unknown[] = [];
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    },
  });
  const out = createOutput(stdout, sink(), (error) => told.push(error?.message));
  await out.line('a');
  await out.flush();
  await out.line('b');
  await out.flush();
  expect(told).toEqual(['no space left on device']);
});

test('text of a stranger stays one line and tells the terminal nothing', () => {
  expect(oneLine('a\u001b[31m\nb\tc\u009b\u202e 가 😀')).toBe('a\\u001b[31m\\nb\\tc\\u009b\\u202e 가 😀');
  expect(table(['GROUP'], [['a\rb']])).toEqual(['GROUP', 'a\\rb']);
});

test('progress is for terminals, and goes before anything else is written', () => {
  const terminal = Object.assign(sink(), { isTTY: true });
  const out = createOutput(sink(), terminal, () => undefined);
  out.progress('50 %');
  out.note('done');
  expect(String(terminal.read())).toBe('\r\x1b[K50 %\r\x1b[Kdone\n');
  const file = sink();
  createOutput(sink(), file, () => undefined).progress('50 %');
  expect(file.read()).toBeNull();
});

test('a note that quotes a stranger tells the terminal nothing', () => {
  const terminal = sink();
  createOutput(sink(), terminal, () => undefined).note('x\u001b[31mred\nat line 2\u0007');
  expect(String(terminal.read())).toBe('x\\u001b[31mred\nat line 2\\u0007\n');
});

test('a table aligns numbers and shows what is not known', () => {
  expect(
    table(
      ['TOPIC', 'LAG'],
      [
        ['orders', 12530],
        ['p', null],
      ],
    ),
  ).toEqual(['TOPIC      LAG', 'orders  12,530', 'p            -']);
});

test('a table stays straight where letters are two columns wide, or none', () => {
  const accent = 'cafe\u0301';
  expect(
    table(
      ['GROUP', 'P'],
      [
        ['주문', 1],
        ['orders', 2],
        ['😀', 3],
        [accent, 4],
      ],
    ),
  ).toEqual(['GROUP   P', '주문    1', 'orders  2', '😀      3', `${accent}    4`]);
});
