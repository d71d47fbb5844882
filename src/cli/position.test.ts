import { describe, expect, it } from 'vitest';
import { UsageError } from './command.ts';
import { duration, isoTime, parseEnd, parseStart } from './position.ts';

describe('parseStart', () => {
  it.each([
    ['earliest', { kind: 'earliest' }],
    ['latest', { kind: 'latest' }],
    ['last:20', { kind: 'last', count: 20 }],
    ['offset:0', { kind: 'offset', offset: 0 }],
    ['offset:0=12,2=7', { kind: 'offsets', offsets: { 0: 12, 2: 7 } }],
    ['time:2026-11-23T07:00:00Z', { kind: 'time', timestamp: 1795417200000 }],
    ['ago:2h', { kind: 'time', timestamp: 10_000_000 - 7_200_000 }],
    ['group:a:b', { kind: 'group', group: 'a:b' }],
  ])('%s', (text, start) => expect(parseStart(text, 10_000_000)).toEqual(start));

  it.each([
    '',
    'first',
    'last:0',
    'last:x',
    'offset:',
    'offset:-1',
    'offset:1.5',
    'offset:a=1',
    'offset:0=',
    'offset:0=1=2',
    'offset:0=1,2=5,00=7',
    'offset:0=1,',
    'time:2026-02-30',
    'group:',
    'ago:5',
    'time:soon',
  ])('refuses "%s"', (text) => expect(() => parseStart(text, 0)).toThrow(UsageError));
});

describe('parseEnd', () => {
  it('knows the four ends', () => {
    expect(parseEnd('end')).toEqual({ kind: 'end' });
    expect(parseEnd('forever')).toEqual({ kind: 'forever' });
    expect(parseEnd('offset:5')).toEqual({ kind: 'offset', offset: 5 });
    expect(parseEnd('time:1970-01-02')).toEqual({ kind: 'time', timestamp: 86_400_000 });
    expect(() => parseEnd('latest')).toThrow('--to takes end, offset:N, time:ISO or forever, not "latest".');
  });
});

describe('isoTime', () => {
  it('takes a time without a zone as UTC', () => {
    const expected = Date.UTC(2026, 10, 23, 7, 0, 0);
    for (const text of [
      '2026-11-23T07:00:00',
      '2026-11-23T07:00Z',
      '2026-11-23 07:00',
      '2026-11-23T09:00:00+02:00',
      '2026-11-23T09:00+0200',
    ])
      expect(isoTime(text)).toBe(expected);
    expect(isoTime('2026-11-23T07:00:00.250')).toBe(expected + 250);
    expect(() => isoTime('23.11.2026')).toThrow('"23.11.2026" is not an ISO time');
  });
});

describe('duration', () => {
  it('knows its units', () => {
    expect([duration('250ms'), duration('90s'), duration('15m'), duration('7d')]).toEqual([
      250, 90_000, 900_000, 604_800_000,
    ]);
    expect(() => duration('1w')).toThrow(UsageError);
  });
});
