import { expect, test } from 'vitest';
import { formatChoices } from './formatChoices.ts';

test('offers what files define behind the plain formats, and a kept choice whose file is not known', () => {
  const files = { formats: ['file:proto/shop/order.proto#shop.Order' as const], problems: [] };
  const choices = formatChoices(files, 'file:old.avsc#Old');
  expect(choices.slice(-3)).toEqual([
    ['base64', 'base64'],
    ['file:old.avsc#Old', 'Old · old.avsc'],
    ['file:proto/shop/order.proto#shop.Order', 'shop.Order · order.proto'],
  ]);
  expect(formatChoices(files, 'file:proto/shop/order.proto#shop.Order')).toHaveLength(10);
});
