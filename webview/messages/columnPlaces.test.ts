import { expect, test } from 'vitest';
import { columnPlaces } from './columnPlaces.ts';

const COLUMNS = [
  { id: 'offset', width: 110, least: 80 },
  { id: 'time', width: 210, least: 170 },
  { id: 'value', width: null },
  { id: 'size', width: 90 },
];
const none = new Map<string, number>();
const widths = (set: ReadonlyMap<string, number>, room: number) =>
  columnPlaces(COLUMNS, set, room).map(({ width }) => width);

test('what is left goes to the column without a width', () => {
  expect(columnPlaces(COLUMNS, none, 1000)).toEqual([
    { left: 0, width: 110 },
    { left: 110, width: 210 },
    { left: 320, width: 590 },
    { left: 910, width: 90 },
  ]);
  expect(widths(none, 684)).toEqual([110, 210, 274, 90]);
});

test('in little room the others give what they can do without, so that the value is in view', () => {
  expect(widths(none, 625)).toEqual([95, 190, 250, 90]);
  expect(widths(none, 300)).toEqual([80, 170, 200, 90]);
});

test('a width that a person has set stays', () => {
  const set = new Map([['time', 210]]);
  expect(widths(set, 300)).toEqual([80, 210, 200, 90]);
  expect(widths(new Map([['value', 50]]), 300)).toEqual([80, 170, 50, 90]);
});

test('a larger font makes wider what nobody has set', () => {
  const at = (set: ReadonlyMap<string, number>, room: number) =>
    columnPlaces(COLUMNS, set, room, 1.5).map(({ width }) => width);
  expect(at(none, 1500)).toEqual([165, 315, 885, 135]);
  expect(at(none, 300)).toEqual([120, 255, 200, 135]);
  expect(at(new Map([['offset', 80]]), 1500)).toEqual([80, 315, 970, 135]);
});

test('without a column that takes what is left the rest stays free', () => {
  expect(columnPlaces([COLUMNS[0]!], none, 1000)).toEqual([{ left: 0, width: 110 }]);
});
