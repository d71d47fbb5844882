import { expect, it } from 'vitest';
import { versionOrder } from './version.ts';

it('orders versions by number', () => {
  const sorted = ['0.11.0.2', '1.9', '1.9.1', '1.14.0', '1.18.2', '1.18.10', '2.0.0'];
  expect([...sorted].reverse().sort((a, b) => versionOrder(a) - versionOrder(b))).toEqual(sorted);
});

it('reads a leading v, and neither a missing part nor a pre-release counts', () => {
  expect(versionOrder('v1.18.2')).toBe(versionOrder('1.18.2-rc.1'));
  expect(versionOrder('1.18')).toBe(versionOrder('1.18.0'));
  expect(versionOrder('1.18-rc')).toBe(versionOrder('1.18.0'));
});
