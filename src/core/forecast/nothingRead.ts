import * as l10n from '@vscode/l10n';
import type { Reader } from '../dapr/delivery/readers.ts';
import { ruleTitleWithId } from '../dapr/delivery/sentences.ts';
import type { NothingRead } from '../dapr/delivery/start.ts';
import { isTopicName } from '../dapr/delivery/topicName.ts';
import { looseItemOf, valueOf } from '../dapr/resources/component.ts';
import { durationText, parseDuration } from '../dapr/rules/durationText.ts';
import type { Facts } from './facts.ts';
import type { PlannedReader } from './plan.ts';
import { unservedOf, unservedText } from './wireVersion.ts';

/**
 * Why a component reads nothing on this cluster, whatever its partitions hold; undefined: it reads. In the order in
 * which a start comes to it: daprd loads it, asks for its topics, joins its group, fetches.
 * @param alone nobody is in the group by then
 */
export function nothingRead(
  planned: Pick<PlannedReader, 'reader' | 'notLoaded'>,
  facts: Facts,
  alone = false,
): NothingRead | undefined {
  return nothingReadOf(planned, facts, alone)();
}

/** The same for each partition, by the node id of its leader: some brokers may hang up on what others still serve. */
export function nothingReadOf(
  { reader, notLoaded }: Pick<PlannedReader, 'reader' | 'notLoaded'>,
  facts: Facts,
  alone: boolean,
): (leader?: number | null) => NothingRead | undefined {
  const whole = stopOf(reader, notLoaded, facts, alone);
  if (whole !== undefined) return () => whole;
  const unserved = unservedOf(reader, facts);
  if (unserved === undefined) return () => undefined;
  const { leaders } = unserved;
  return (leader) => (leaders === undefined || leaders.includes(leader ?? -1) ? 'F-25' : undefined);
}

function stopOf(reader: Reader, notLoaded: boolean, facts: Facts, alone: boolean): NothingRead | undefined {
  // A binding without a group joins nothing either: `The provided group id was empty`.
  if (notLoaded || reader.group.group === '') return 'F-00';
  if (reader.topics.some(({ brokerTopic }) => brokerTopic !== null && waitsFor(brokerTopic, facts))) return 'F-19';
  return refusalOf(reader, facts, alone) === undefined ? undefined : 'F-18';
}

/** A topic that never comes into being by itself stops the reading of all others. */
function waitsFor(topic: string, { topics, broker }: Facts): boolean {
  return !isTopicName(topic) || (topics.get(topic)?.missing === true && broker?.createsTopics === false);
}

/** A sentence for a topic that the cluster did not tell about. */
export function missingTopic(topic: string, { topics, broker }: Facts): string {
  const known = topics.get(topic);
  const error = known?.error ?? l10n.t('the cluster did not tell about it.');
  const told = error.includes(topic) ? error : l10n.t('Topic {0}: {1}', topic, error);
  // Not seen by this login, or not at the moment: the app may well read it.
  if (known?.missing !== true) return told;
  if (broker?.createsTopics === false)
    return l10n.t(
      '{0} The brokers create no topics: nothing is delivered for any topic of this component until it exists (F-19).',
      told,
    );
  if (broker?.createsTopics === true)
    return l10n.t(
      '{0} The brokers create it when the component starts; what is written to it before is not received with newest.',
      told,
    );
  return l10n.t(
    '{0} Where the broker does not create topics by itself, nothing is delivered for any topic of this component until it exists (F-19).',
    told,
  );
}

/**
 * Why Kafka does not let the component join its group, a sentence; undefined: it does, or that is not known.
 * @param alone nobody is in the group by then
 */
export function refusalOf(reader: Reader, facts: Facts, alone = false): string | undefined {
  return refusedTimeout(reader, facts) ?? (alone ? undefined : refusedBeside(reader, facts));
}

/** Why Kafka gives a component that daprd loads nothing, or nothing of some partitions, a sentence each. Empty: it does, or that is not known. */
export function refusals({ reader, notLoaded }: Pick<PlannedReader, 'reader' | 'notLoaded'>, facts: Facts): string[] {
  if (notLoaded) return [];
  const refusal = refusalOf(reader, facts);
  const unserved = unservedOf(reader, facts);
  return [
    ...(refusal === undefined ? [] : [refusalText(reader, refusal)]),
    ...(unserved === undefined ? [] : [`${reader.component.name}: ${unservedText(unserved)}`]),
  ];
}

/** With the rule that says so. */
function refusalText(reader: Reader, refusal: string): string {
  const { group } = reader.group;
  const text = `${ruleTitleWithId('F-18')} ${refusal}`;
  return group === null ? text : l10n.t('Group {0}: {1}', group, text);
}

/** What the members that are there, or the kind of the group, do not go with. */
function refusedBeside(reader: Reader, { groups }: Facts): string | undefined {
  const group = reader.group.group === null ? undefined : groups.get(reader.group.group);
  if (group === undefined || group.state === 'Dead') return undefined;
  const { type, assignor, protocolType } = group;
  if (type === 'share' || type === 'streams') return l10n.t('It is a {0} group.', type);
  if (type !== 'classic' || group.members.length === 0) return undefined;
  if (protocolType !== '' && protocolType !== 'consumer')
    return l10n.t('Its members speak the protocol {0}.', protocolType);
  const strategy = strategyOf(reader);
  if (assignor === null || assignor === '' || strategy === undefined || assignor === strategy) return undefined;
  return l10n.t('Its members use {0}, this component {1}.', assignor, strategy);
}

/** What Dapr asks for where the file says nothing (CC:common/component/kafka/metadata.go:225). */
const SESSION_TIMEOUT = '10s';

function refusedTimeout({ metadata }: Reader, { broker }: Facts): string | undefined {
  const item = metadata.findLast(({ name }) => name.toLowerCase() === 'sessiontimeout');
  if (item?.value === null) return undefined;
  const asked = parseDuration(item?.value ?? SESSION_TIMEOUT, 's');
  const { minSessionTimeout: min = null, maxSessionTimeout: max = null } = broker ?? {};
  if (asked === undefined || min === null || max === null || (asked >= min && asked <= max)) return undefined;
  return l10n.t(
    'sessionTimeout is {0}, and the brokers allow {1} to {2} (group.min.session.timeout.ms, group.max.session.timeout.ms).',
    durationText(asked),
    durationText(min),
    durationText(max),
  );
}

/** undefined: not known. Unknown words mean range (CC:common/component/kafka/kafka.go:288-305). */
export function strategyOf(reader: Reader): 'range' | 'sticky' | 'roundrobin' | undefined {
  const value = valueOf(looseItemOf(reader.component, 'consumerGroupRebalanceStrategy'));
  if (!value.known) return undefined;
  const strategy = value.text.toLowerCase();
  return strategy === 'sticky' || strategy === 'roundrobin' ? strategy : 'range';
}
