import * as l10n from '@vscode/l10n';
import type { CallOptions, ClusterClient, TopicWithOffsets } from '../clusterClient.ts';
import { createPartitionsMessage } from '../protocol/createPartitions.ts';
import { createTopicsMessage, type ItemResult } from '../protocol/createTopics.ts';
import { deleteRecordsMessage } from '../protocol/deleteRecords.ts';
import { deleteTopicsMessage } from '../protocol/deleteTopics.ts';
import { describeConfigsMessage, type DescribedConfig } from '../protocol/describeConfigs.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { CONFIG_RESOURCE, incrementalAlterConfigsMessage } from '../protocol/incrementalAlterConfigs.ts';
import { metadataMessage } from '../protocol/metadata.ts';
import { onTopic, type Operation } from '../protocol/rights.ts';
import { isKRaft } from '../topics/activeController.ts';
import type { BrokerConnection } from '../transport/connection.ts';
import { cannotBeUndone, type Gate } from './gate.ts';
import { outcome, refusal, type ChangeOutcome } from './outcome.ts';
import { untilTold } from './untilTold.ts';
import { count, messageCount } from '../../../shared/counts.ts';

const LEADER_NOT_AVAILABLE = 5;
const TOPIC_AUTHORIZATION_FAILED = 29;
/** Where DescribeConfigs says a setting is from: the topic itself. */
const OVERRIDE = 1;
/** How long the controller may take, ms. */
const CONTROLLER_TIMEOUT = 30_000;

export interface NewTopic {
  name: string;
  /** -1: the broker's default. */
  partitions: number;
  /** -1: the broker's default. */
  replicationFactor: number;
  configs: Record<string, string>;
}

/** Creates a topic. With `validateOnly` the broker only says whether it would; nothing passes the gate. */
export async function createTopic(
  client: ClusterClient,
  topic: NewTopic,
  gate: Gate,
  options: CallOptions & { validateOnly?: boolean } = {},
): Promise<ChangeOutcome> {
  if (!options.validateOnly)
    await gate.pass({
      title: l10n.t('Create the topic {0}', topic.name),
      items: [
        l10n.t('partitions: {0}', defaulted(topic.partitions)),
        l10n.t('replicas of each: {0}', defaulted(topic.replicationFactor)),
        ...Object.entries(topic.configs).map(([name, value]) => `${name} = ${value}`),
      ],
      subject: topic.name,
    });
  const controller = await controllerOf(client, options);
  const body = {
    topics: [
      {
        topic: topic.name,
        partitions: topic.partitions,
        replicationFactor: topic.replicationFactor,
        configs: Object.entries(topic.configs),
      },
    ],
    timeoutMs: CONTROLLER_TIMEOUT,
    validateOnly: options.validateOnly ?? false,
  };
  const { topics } = await controller.request(createTopicsMessage, body, options);
  const created = outcome(topics.map(described('Create')));
  if (!options.validateOnly && created.done.length > 0) await untilLed(client, topic.name, 1, options);
  return created;
}

/** Grows a topic to `count` partitions. Keys map to other partitions afterwards: the preview says so. */
export async function addPartitions(
  client: ClusterClient,
  topic: { name: string; partitions: number; count: number },
  gate: Gate,
  options: CallOptions = {},
): Promise<ChangeOutcome> {
  await gate.pass({
    title: l10n.t('Add partitions to {0}', topic.name),
    items: [
      l10n.t('{0} → {1} partitions; this cannot be undone', count(topic.partitions), count(topic.count)),
      l10n.t('records with the same key may go to another partition from now on'),
    ],
    subject: topic.name,
  });
  const controller = await controllerOf(client, options);
  const body = {
    topics: [{ topic: topic.name, count: topic.count }],
    timeoutMs: CONTROLLER_TIMEOUT,
    validateOnly: false,
  };
  const { topics } = await controller.request(createPartitionsMessage, body, options);
  const grown = outcome(topics.map(described('Alter')));
  if (grown.done.length > 0) await untilLed(client, topic.name, topic.count, options);
  return grown;
}

/** Deletes topics with everything in them. */
export async function deleteTopics(
  client: ClusterClient,
  topics: readonly TopicWithOffsets[],
  gate: Gate,
  options: CallOptions = {},
): Promise<ChangeOutcome> {
  const names = topics.map((topic) => topic.name);
  await gate.pass({
    title:
      names.length === 1 ? l10n.t('Delete the topic {0}', names[0] ?? '') : l10n.t('Delete {0} topics', names.length),
    items: [cannotBeUndone(), ...topics.map(contents)],
    subject: names.length === 1 ? (names[0] ?? '') : String(names.length),
  });
  const controller = await controllerOf(client, options);
  const body = { topics: names, timeoutMs: CONTROLLER_TIMEOUT };
  const answer = await controller.request(deleteTopicsMessage, body, options);
  const deleted = outcome(answer.topics.map(described('Delete')));
  if (deleted.done.length > 0)
    await untilTold(
      client,
      async (broker) => {
        const told = await broker.request(metadataMessage, { topics: deleted.done }, options);
        return told.topics.every((topic) => topic.errorCode !== 0);
      },
      options,
    );
  return deleted;
}

/** Deletes the records of a topic below an offset per partition. */
export async function deleteRecords(
  client: ClusterClient,
  topic: TopicWithOffsets,
  before: ReadonlyMap<number, number>,
  gate: Gate,
  options: CallOptions = {},
): Promise<ChangeOutcome> {
  const partitions = topic.partitions.filter((p) => before.has(p.partition));
  await gate.pass({
    title: l10n.t('Delete records of {0}', topic.name),
    items: [
      cannotBeUndone(),
      ...partitions.map((p) =>
        l10n.t(
          'P{0}: everything below offset {1} (now from {2})',
          p.partition,
          count(before.get(p.partition) ?? 0),
          count(p.logStart),
        ),
      ),
    ],
    subject: topic.name,
  });
  const needed = [onTopic('Delete', topic.name)];
  const results: ChangeOutcome[] = [];
  for (const leader of new Set(partitions.map((p) => p.leader))) {
    const here = partitions.filter((p) => p.leader === leader);
    const named = (partition: number) => `P${partition}`;
    if (leader === null) {
      const message = kafkaErrorSentence(LEADER_NOT_AVAILABLE);
      results.push({ done: [], failed: here.map((p) => ({ name: named(p.partition), message })) });
      continue;
    }
    const broker = await client.connection.broker(leader);
    const body = {
      topics: [
        {
          topic: topic.name,
          partitions: here.map((p) => ({ partition: p.partition, before: before.get(p.partition) ?? 0 })),
        },
      ],
      timeoutMs: CONTROLLER_TIMEOUT,
    };
    const answer = await broker.request(deleteRecordsMessage, body, options);
    const items = answer.topics.flatMap((t) => t.partitions).sort((a, b) => a.partition - b.partition);
    results.push(outcome(items.map((p) => ({ name: named(p.partition), message: refusal(p.errorCode, needed) }))));
  }
  return { done: results.flatMap((r) => r.done), failed: results.flatMap((r) => r.failed) };
}

/** One setting: its value in force before, and the override to be; null: none, the default is in force. */
export interface ConfigChange {
  name: string;
  from: string | null;
  to: string | null;
}

/** Changes single settings of a topic; a null value goes back to the default. Other overrides keep their values. */
export async function editTopicConfig(
  client: ClusterClient,
  topic: string,
  changes: readonly ConfigChange[],
  gate: Gate,
  options: CallOptions = {},
): Promise<ChangeOutcome> {
  await gate.pass({
    title: l10n.t('Change the configuration of {0}', topic),
    items: changes.map((c) => `${c.name}: ${c.from ?? '–'} → ${c.to ?? l10n.t('default')}`),
    subject: topic,
  });
  const controller = await controllerOf(client, options);
  const body = {
    resources: [
      {
        type: CONFIG_RESOURCE.topic,
        name: topic,
        changes: changes.map(({ name, to }): [string, string | null] => [name, to]),
      },
    ],
    validateOnly: false,
  };
  const { resources } = await controller.request(incrementalAlterConfigsMessage, body, options);
  const edited = outcome(resources.map(described('AlterConfigs')));
  if (edited.done.length > 0)
    await untilTold(
      client,
      async (broker) => {
        const body = { type: CONFIG_RESOURCE.topic, name: topic };
        const { errorCode, configs } = await broker.request(describeConfigsMessage, body, options);
        return errorCode !== 0 || changes.every((change) => configs.some((config) => isMade(change, config)));
      },
      options,
    );
  return edited;
}

/** A broker may write a value in its own way (`60000 ` as `60000`): then it is at least not the old one. */
const isMade = (change: ConfigChange, { name, value, source }: DescribedConfig): boolean =>
  name === change.name &&
  (change.to === null ? source !== OVERRIDE : source === OVERRIDE && (value === change.to || value !== change.from));

/** Until the brokers tell of so many partitions, each with a leader. */
const untilLed = (client: ClusterClient, name: string, partitions: number, options: CallOptions): Promise<void> =>
  untilTold(
    client,
    async (broker) => {
      const { topics } = await broker.request(metadataMessage, { topics: [name] }, options);
      return topics.every(
        (topic) =>
          topic.errorCode === TOPIC_AUTHORIZATION_FAILED ||
          (topic.partitions.length >= partitions && topic.partitions.every((p) => p.leader >= 0)),
      );
    },
    options,
  );

/** Changes of topics go to the controller; a KRaft broker passes them on, a ZooKeeper one refuses. */
async function controllerOf(client: ClusterClient, options: CallOptions): Promise<BrokerConnection> {
  const broker = await client.connection.anyBroker();
  if (isKRaft(broker)) return broker;
  const controller = await client.controller(options);
  return controller === null ? broker : client.connection.broker(controller);
}

/** `operation`: what the change of a topic takes. */
const described = (operation: Operation) => (item: ItemResult) => ({
  name: item.name,
  message: refusal(item.errorCode, [onTopic(operation, item.name)], item.message),
});

const defaulted = (count: number): string => (count === -1 ? l10n.t("the broker's default") : String(count));

/** What is deleted with a topic. */
function contents({ name, partitions }: TopicWithOffsets): string {
  let messages = 0;
  for (const { logStart, highWatermark } of partitions) {
    if (logStart === null || highWatermark === null) return l10n.t('{0}: how many messages is not known', name);
    messages += highWatermark - logStart;
  }
  return l10n.t('{0}: {1}', name, messageCount(messages));
}
