import { expect, it } from 'vitest';
import { versionText } from './kafkaVersion.ts';

const offers = (keys: Record<number, [number, number]>) =>
  new Map(Object.entries(keys).map(([key, [min, max]]) => [Number(key), { min, max }]));

it.each([
  ['4.4.0', offers({ 1: [4, 18], 90: [0, 1], 89: [0, 1] }), '≥ 4.2'],
  ['4.1.0', offers({ 1: [4, 17], 90: [0, 0] }), '4.1'],
  ['4.0', offers({ 1: [4, 17] }), '4.0'],
  ['3.9.1', offers({ 1: [0, 17], 60: [0, 1] }), '3.9'],
  ['3.5.2', offers({ 1: [0, 15], 60: [0, 0] }), '3.5'],
  ['2.8.2', offers({ 1: [0, 12], 60: [0, 0] }), '2.8'],
  ['2.4', offers({ 1: [0, 11] }), '≤ 2.7'],
])('%s', (_release, versions, text) => {
  expect(versionText(versions)).toBe(text);
});
