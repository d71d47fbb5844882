import { expect, test } from 'vitest';
import { kafkaErrorSentence } from './errorCodes.ts';
import { onCluster, onGroup, onTopic } from './rights.ts';

const needed = [onGroup('Read', 'shop'), onTopic('Write', 'orders'), onCluster('Describe')];

test.each([
  [29, 'You lack the right Write on topic orders. Ask for an ACL that allows it.'],
  [30, 'You lack the right Read on group shop. Ask for an ACL that allows it.'],
  [31, 'You lack the right Describe on the cluster. Ask for an ACL that allows it.'],
  [3, 'The topic or partition does not exist.'],
])('error %i names the right of its kind, where it is about one', (code, sentence) => {
  expect(kafkaErrorSentence(code, needed)).toBe(sentence);
});

test('a right that the request was not known to need is not made up', () => {
  expect(kafkaErrorSentence(30, [onTopic('Write', 'orders')])).toBe(
    'You are not allowed to see or change this group. Ask for an ACL on it.',
  );
});
