import { expect, it } from 'vitest';
import { lensTitle, shortName } from './lensTitle.ts';

it('is whole where it is short, brief where it is not, and never longer than the editor shows', () => {
  const full = ['group orders-api (app id)', 'starts at newest (Kafka: latest)', ''];
  const short = ['group orders-api', 'starts at newest', ''];
  expect(lensTitle(full, short)).toBe('group orders-api (app id) · starts at newest (Kafka: latest)');
  const loss = '8,277 messages of orders will never be received';
  expect(lensTitle([...full, loss], [...short, loss])).toBe(
    'group orders-api · starts at newest · 8,277 messages of orders will never be received',
  );
  const more = `${loss} · may be away for 2 h only · payments cannot be read`;
  expect(lensTitle([...full, more], [...short, more])).toBe(
    'group orders-api · starts at newest · 8,277 messages of orders will never be received · may be away for 2 h only · payments canno…',
  );
});

it('keeps both ends of a long name', () => {
  expect(shortName('orders-api')).toBe('orders-api');
  expect(shortName('department-of-orders.production.orders-api')).toBe('department-of-…on.orders-api');
  expect(shortName('department-of-orders.production.orders-api')).toHaveLength(28);
});
