import { expect, test, vi } from 'vitest';

vi.mock('vscode', () => ({}));
const { parseConfigs, topicNameProblem } = await import('./topicChanges.ts');

test.each<[string, string | undefined]>([
  ['orders.v1_x-2', undefined],
  ['a'.repeat(249), undefined],
  ['a'.repeat(250), 'A topic name has at most 249 characters.'],
  ['', 'Enter a name.'],
  ['..', '"." and ".." are no topic names.'],
  ['주문', 'A topic name has only ASCII letters, digits, ".", "_" and "-".'],
])('topic name %j', (name, problem) => {
  expect(topicNameProblem(name)).toBe(problem);
});

test('settings are pairs', () => {
  expect(parseConfigs(' retention.ms=1 ; cleanup.policy = compact,delete;')).toEqual({
    'retention.ms': '1',
    'cleanup.policy': 'compact,delete',
  });
  expect(parseConfigs('')).toEqual({});
  expect(parseConfigs('retention.ms')).toBeUndefined();
});
