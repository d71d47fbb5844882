import { isBulk, type Subscription } from '../dapr/resources/subscription.ts';
import { nodeAt, textOf } from '../dapr/yaml/nodes.ts';

/** CC:pubsub/kafka/kafka.go:69-72 */
const BULK = 80;

/** Messages that the app gets at once, at most. */
export function batchOf(subscription: Subscription | undefined): number {
  if (!isBulk(subscription)) return 1;
  const bulk = subscription?.bulkSubscribe;
  const most = Number(textOf(nodeAt(bulk, 'maxMessagesCount')) ?? '');
  return most > 0 ? most : BULK;
}
