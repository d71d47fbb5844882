import { expandTemplate, type RuntimeIdentity } from './template.ts';

/** One item of `spec.metadata` as text; null: the value comes from a secret or the environment and is not known here. */
export interface MetadataValue {
  name: string;
  value: string | null;
}

export type GroupSource = 'consumerGroup' | 'consumerID' | 'appId' | 'unknown';

export interface EffectiveGroup {
  /** Kafka's group id, exactly (it is not trimmed); null: cannot be known. Empty only for a binding without a group. */
  group: string | null;
  /** The field that names it; `unknown` whenever `group` is null. */
  source: GroupSource;
  /** Why it cannot be known. */
  unknown?: 'secret' | 'uuid' | 'podName' | 'namespace' | 'appId';
  /** The field's text before expansion, when a field names it. */
  template?: string;
  /** A group that no start before this one can have used: it has no commits. */
  fresh: boolean;
}

/**
 * The consumer group of a Kafka component: `consumerGroup` (key in any case, not trimmed) if not empty after
 * expansion, else `consumerID` (exact key, trimmed), else the app id
 * (CC:common/component/kafka/metadata.go:233-246; RT:pkg/runtime/processor/pubsub/pubsub.go:79-86).
 * An input binding gets no app id: its group is empty then and nothing is delivered (scenario a-binding-nogroup).
 */
export function effectiveGroup(
  metadata: readonly MetadataValue[],
  identity: RuntimeIdentity,
  kind: 'pubsub' | 'bindings' = 'pubsub',
): EffectiveGroup {
  // A repeated key: the last one is the value.
  const consumerGroup = metadata.findLast((item) => item.name.toLowerCase() === 'consumergroup');
  const fromGroup = consumerGroup && named('consumerGroup', consumerGroup.value, identity);
  if (fromGroup) return fromGroup;
  const consumerID = metadata.findLast((item) => item.name === 'consumerID');
  const fromId =
    consumerID && named('consumerID', consumerID.value === null ? null : consumerID.value.trim(), identity);
  if (fromId) return fromId;
  if (kind === 'bindings') return { group: '', source: 'consumerGroup', fresh: false };
  if (identity.appId === null) return { group: null, source: 'unknown', unknown: 'appId', fresh: false };
  return { group: identity.appId, source: 'appId', fresh: false };
}

function named(
  source: 'consumerGroup' | 'consumerID',
  value: string | null,
  identity: RuntimeIdentity,
): EffectiveGroup | undefined {
  if (value === null) return { group: null, source: 'unknown', unknown: 'secret', fresh: false };
  if (value === '') return undefined;
  const { text, perStart } = expandTemplate(value, identity);
  if (text !== null) return { group: text, source, template: value, fresh: false };
  const unknown = perStart
    ? 'uuid'
    : value.includes('{podName}') && identity.podName === null
      ? 'podName'
      : value.includes('{namespace}') && identity.namespace === null
        ? 'namespace'
        : 'appId';
  return { group: null, source: 'unknown', unknown, template: value, fresh: perStart };
}

/**
 * The topic on the broker. With `{namespace}` in ANY value of the component, topics become `<namespace><topic>`,
 * without a separator, for subscribing, publishing and dead letters
 * (RT:pkg/runtime/meta/meta.go:116-125; RT:pkg/runtime/subscription/subscription.go:140-143). null: namespace unknown.
 */
export function brokerTopic(
  topic: string,
  metadata: readonly MetadataValue[],
  namespace: string | null,
): string | null {
  if (!metadata.some((item) => item.value?.includes('{namespace}') === true)) return topic;
  return namespace === null ? null : namespace + topic;
}
