import { expect, test, vi } from 'vitest';

vi.mock('vscode', () => ({}));
const { topicNameProblem } = await import('./createTopic.ts');

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
