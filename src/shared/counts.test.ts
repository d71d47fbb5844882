import { expect, it } from 'vitest';
import { count, instanceCount, memberCount, messageCount, offsetCount, partitionCount } from './counts.ts';

it('writes numbers in groups of three', () => {
  expect(count(12_430)).toBe('12,430');
  expect(messageCount(12_430)).toBe('12,430 messages');
  expect(count(null)).toBe('?');
});

it('says one thing in the singular, none and many in the plural', () => {
  const words = [messageCount, offsetCount, partitionCount, memberCount, instanceCount];
  expect(words.map((word) => word(1))).toEqual(['1 message', '1 offset', '1 partition', '1 member', '1 instance']);
  expect(words.map((word) => word(0))).toEqual(['0 messages', '0 offsets', '0 partitions', '0 members', '0 instances']);
});
