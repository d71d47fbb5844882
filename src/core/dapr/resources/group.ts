import { itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from './component.ts';

/** Where the consumer group of a Kafka component comes from; its text still has Dapr's tags (`{appID}` …) in it. */
export type GroupSource =
  | { from: 'consumerGroup' | 'consumerID'; text: string; item: MetadataItem }
  | { from: 'appId'; text: '{appID}' }
  | { from: 'unknown'; item: MetadataItem };

/**
 * `consumerGroup` (any letter case) when not empty, else the exact key `consumerID`, trimmed, else the app id.
 * Source: CC:common/component/kafka/metadata.go:238-246; RT:pkg/runtime/processor/pubsub/pubsub.go:81-86.
 */
export function groupOf(component: Component): GroupSource {
  const group = looseItemOf(component, 'consumerGroup');
  const groupValue = valueOf(group);
  if (group !== undefined && !groupValue.known) return { from: 'unknown', item: group };
  if (group !== undefined && groupValue.known && groupValue.text !== '')
    return { from: 'consumerGroup', text: groupValue.text, item: group };
  const id = itemOf(component, 'consumerID');
  const idValue = valueOf(id);
  if (id !== undefined && !idValue.known) return { from: 'unknown', item: id };
  if (id !== undefined && idValue.known && idValue.text.trim() !== '')
    return { from: 'consumerID', text: idValue.text.trim(), item: id };
  return { from: 'appId', text: '{appID}' };
}

/** The same name for every app: no tag that differs from app to app. */
export function isLiteralGroup(text: string): boolean {
  return !/\{(?:uuid|podName|appID|namespace)\}/.test(text);
}
