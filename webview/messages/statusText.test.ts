import { beforeAll, expect, test, vi } from 'vitest';
import { offsetsText } from './statusText.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

test('counts one and many', () => {
  expect(offsetsText(1, 1)).toBe('1 offset in 1 partition');
  expect(offsetsText(1, 3)).toBe('1 offset in 3 partitions');
  expect(offsetsText(12_400, 1)).toBe('12,400 offsets in 1 partition');
  expect(offsetsText(0, 3)).toBe('0 offsets in 3 partitions');
});
