import { expect, test } from 'vitest';
import { instancesSet, momentSet, topicSet } from './controls.ts';

test('a control changes its own part of the question, and the first choice of each takes it back', () => {
  const asked = { initialOffset: 'oldest', moment: 'first-start', topic: 't', instances: 3 } as const;
  expect(momentSet(asked, 'group-deleted')).toEqual({ ...asked, moment: 'group-deleted' });
  expect(momentSet(asked, 'now')).toEqual({ initialOffset: 'oldest', topic: 't', instances: 3 });
  expect(topicSet(asked, 'other')).toEqual({ ...asked, topic: 'other' });
  expect(topicSet(asked, '')).toEqual({ initialOffset: 'oldest', moment: 'first-start', instances: 3 });
  expect(instancesSet(asked, '7')).toEqual({ ...asked, instances: 7 });
  expect(instancesSet(asked, '100000')).toEqual({ ...asked, instances: 1000 });
  expect(instancesSet(asked, '0')).toEqual({ initialOffset: 'oldest', moment: 'first-start', topic: 't' });
});
