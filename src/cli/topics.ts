import * as l10n from '@vscode/l10n';
import type { TopicWithOffsets } from '../core/kafka/clusterClient.ts';
import { withCluster } from './cluster.ts';
import { EXIT, flag, type Command } from './command.ts';
import { connectionHelp, connectionOptions } from './connection.ts';
import { table } from './table.ts';

export const topicsCommand: Command = {
  name: 'topics',
  operands: '[NAME…]',
  summary: () => l10n.t('topics with their partitions, leaders and offsets'),
  options: { ...connectionOptions, json: { type: 'boolean' } },
  help: () => ({ ...connectionHelp(), json: l10n.t('print JSON') }),
  run: (context) =>
    withCluster(context, async (client) => {
      const names = [...new Set(context.positionals)].sort();
      const listed = await client.topics(names.length > 0 ? names : undefined, { signal: context.signal });
      const topics = await client.offsets(listed, { signal: context.signal });
      if (flag(context.options, 'json')) await context.out.json(topics.map(topicJson));
      else for (const line of topicTable(topics)) await context.out.line(line);
      for (const topic of topics) if (topic.error) context.out.note(`${topic.name}: ${topic.error}`);
      return topics.some((topic) => topic.error ?? topic.partitions.some((p) => p.error)) ? EXIT.partly : EXIT.done;
    }),
};

/** The shape of the contract: a topic that could not be described is its name and the error alone. */
function topicJson(topic: TopicWithOffsets): unknown {
  if (topic.error && topic.partitions.length === 0) return { name: topic.name, error: topic.error };
  return {
    name: topic.name,
    internal: topic.internal,
    partitions: topic.partitions.map(({ partition, leader, replicas, isr, logStart, highWatermark, error }) => ({
      partition,
      leader,
      replicas,
      isr,
      logStart,
      highWatermark,
      ...(error === undefined ? {} : { error }),
    })),
    ...(topic.error === undefined ? {} : { error: topic.error }),
  };
}

function topicTable(topics: TopicWithOffsets[]): string[] {
  return table(
    ['TOPIC', 'P', 'LEADER', 'REPLICAS', 'ISR', 'LOG START', 'HIGH WATERMARK', 'NOTE'],
    topics.flatMap((topic) =>
      topic.partitions.map((p) => [
        topic.name,
        p.partition,
        p.leader,
        p.replicas.join(','),
        p.isr.join(','),
        p.logStart,
        p.highWatermark,
        p.error ?? '',
      ]),
    ),
  );
}
