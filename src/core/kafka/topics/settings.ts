import type { CallOptions } from '../clusterClient.ts';
import { describeConfigsMessage, type DescribeConfigsResponse } from '../protocol/describeConfigs.ts';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { onCluster, onTopic, type Right } from '../protocol/rights.ts';
import { CONFIG_RESOURCE } from '../protocol/incrementalAlterConfigs.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { KafkaError } from '../transport/kafkaError.ts';
import { onAnyBroker } from '../transport/onAnyBroker.ts';

/** One setting of a topic or broker as it is in force. */
export interface Setting {
  name: string;
  /** null: not set, or sensitive. */
  value: string | null;
  source: SettingSource;
  readOnly: boolean;
  sensitive: boolean;
  /** Kafka's own words, in English, as plain text; null where the broker is too old to send them. */
  documentation: string | null;
}

/** Where a value comes from; `default` is Kafka's own. */
export type SettingSource = 'topic' | 'broker' | 'cluster' | 'server.properties' | 'default' | 'other';

const SOURCES: Record<number, SettingSource> = {
  1: 'topic',
  2: 'broker',
  3: 'cluster',
  4: 'server.properties',
  5: 'default',
};

/** All settings of a topic, sorted by name. Throws a sentence when the user may not see them. */
export async function topicSettings(
  connection: KafkaConnection,
  topic: string,
  options: CallOptions = {},
): Promise<Setting[]> {
  const body = { type: CONFIG_RESOURCE.topic, name: topic };
  return toSettings(
    await onAnyBroker(connection, (b) => b.request(describeConfigsMessage, body, options), options.signal),
    onTopic('DescribeConfigs', topic),
  );
}

/** All settings of a broker, asked of itself. */
export async function brokerSettings(
  connection: KafkaConnection,
  id: number,
  options: CallOptions = {},
): Promise<Setting[]> {
  const broker = await connection.broker(id);
  return toSettings(
    await broker.request(describeConfigsMessage, { type: CONFIG_RESOURCE.broker, name: String(id) }, options),
    onCluster('DescribeConfigs'),
  );
}

function toSettings({ errorCode, configs }: DescribeConfigsResponse, needed: Right): Setting[] {
  if (errorCode !== 0) throw new KafkaError('kafka', kafkaErrorSentence(errorCode, [needed]), { code: errorCode });
  return configs
    .map(({ source, documentation, ...config }) => ({
      ...config,
      documentation: documentation === null ? null : withoutMarkup(documentation),
      source: SOURCES[source] ?? ('other' as const),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };

/** Kafka documents settings in the HTML of its own web page. */
export function withoutMarkup(html: string): string {
  return html
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&([a-z]+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:)])/g, '$1')
    .trim();
}
