import { expect, test } from 'vitest';
import { deadLettersOf } from './deadLetters.ts';

const subscription = (topic: string, deadLetterTopic: string) => `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata: { name: s-${topic} }
spec:
  pubsubname: kafka-pubsub
  topic: ${topic}
  deadLetterTopic: ${deadLetterTopic}
  routes: { default: /x }
`;

test('the topics that a dead letter topic belongs to, with their files', () => {
  const files = [
    { path: 'b.yaml', text: `${subscription('orders', 'dlt')}---\n${subscription('payments', 'other')}` },
    { path: 'c.yaml', text: subscription('refunds', 'dlt') },
    { path: 'd.yaml', text: subscription('orders', 'dlt') },
  ];
  expect(deadLettersOf(files, 'dlt')).toEqual([
    { topic: 'orders', file: 'b.yaml' },
    { topic: 'refunds', file: 'c.yaml' },
  ]);
  expect(deadLettersOf(files, 'orders')).toEqual([]);
});
