import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChangeTools } from './runChange.ts';
import { showOutcome } from './runChange.ts';

/** Kafka's rule for topic names (org.apache.kafka.common.internals.Topic). */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return l10n.t('Enter a name.');
  if (name === '.' || name === '..') return l10n.t('"." and ".." are no topic names.');
  if (name.length > 249) return l10n.t('A topic name has at most 249 characters.');
  return /^[a-zA-Z0-9._-]+$/.test(name)
    ? undefined
    : l10n.t('A topic name has only ASCII letters, digits, ".", "_" and "-".');
}

/** `key=value` lines or blanks-separated pairs; undefined when something is not a pair. */
export function parseConfigs(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(/[\n;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => /^([a-z0-9.]+)\s*=\s*(.*)$/.exec(line));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}

export async function createTopic({ engine, client, gate, session }: ChangeTools): Promise<void> {
  const title = l10n.t('Create a topic on {0}', session.profile.name);
  const name = await ask({ title, prompt: l10n.t('Name'), validateInput: topicNameProblem });
  if (name === undefined) return;
  const partitions = await askCount(title, l10n.t('Partitions. Empty: the broker’s default.'));
  if (partitions === undefined) return;
  const replicationFactor = await askCount(title, l10n.t('Replicas of each partition. Empty: the broker’s default.'));
  if (replicationFactor === undefined) return;
  const configs = await ask({
    title,
    prompt: l10n.t('Settings as name=value, several with ";". Empty: the broker’s defaults.'),
    placeHolder: 'retention.ms=604800000; cleanup.policy=compact',
    validateInput: (text) => (parseConfigs(text) ? undefined : l10n.t('Write name=value; name=value.')),
  });
  if (configs === undefined) return;
  const topic = { name, partitions, replicationFactor, configs: parseConfigs(configs) ?? {} };
  const trial = await engine.createTopic(client, topic, gate, { validateOnly: true });
  if (trial.failed.length > 0) return showOutcome('', trial);
  showOutcome(l10n.t('The topic {0} was created.', name), await engine.createTopic(client, topic, gate));
}

export async function addPartitions({ engine, client, gate }: ChangeTools, name: string): Promise<void> {
  const [topic] = await client.topics([name]);
  const partitions = topic?.partitions.length ?? 0;
  const count = await ask({
    title: l10n.t('Add partitions to {0}', name),
    prompt: l10n.t('It has {0} partitions now. How many shall it have?', partitions),
    value: String(partitions + 1),
    validateInput: (text) =>
      Number.isInteger(Number(text)) && Number(text) > partitions
        ? undefined
        : l10n.t('Enter a whole number above {0}: partitions cannot be taken away.', partitions),
  });
  if (count === undefined) return;
  const change = { name, partitions, count: Number(count) };
  const result = await engine.addPartitions(client, change, gate);
  showOutcome(l10n.t('{0} has {1} partitions now.', name, count), result);
}

export async function deleteTopics({ engine, client, gate }: ChangeTools, names: readonly string[]): Promise<void> {
  const topics = await client.offsets(await client.topics(names));
  const result = await engine.deleteTopics(client, topics, gate);
  showOutcome(l10n.t('Deleted: {0}', names.join(', ')), result);
}

/** Up to an offset in one partition, or everything that is there now. */
export async function deleteRecords(
  { engine, client, gate }: ChangeTools,
  name: string,
  partition: number | undefined,
): Promise<void> {
  const [topic] = await client.offsets(await client.topics([name]));
  if (!topic) return;
  const ends = new Map<number, number>();
  for (const p of topic.partitions)
    if (p.highWatermark !== null && (partition === undefined || p.partition === partition))
      ends.set(p.partition, p.highWatermark);
  if (partition !== undefined) {
    const end = ends.get(partition);
    const start = topic.partitions.find((p) => p.partition === partition)?.logStart ?? 0;
    if (end === undefined) throw new Error(l10n.t('The offsets of P{0} are not known at the moment.', partition));
    const before = await ask({
      title: l10n.t('Delete records of {0} P{1}', name, partition),
      prompt: l10n.t('Everything below this offset is deleted for every reader and cannot be brought back.'),
      value: String(end),
      validateInput: (text) =>
        Number.isInteger(Number(text)) && Number(text) > start && Number(text) <= end
          ? undefined
          : l10n.t('Enter an offset above {0} and up to {1}.', start, end),
    });
    if (before === undefined) return;
    ends.set(partition, Number(before));
  }
  const result = await engine.deleteRecords(client, topic, ends, gate);
  showOutcome(l10n.t('The records of {0} were deleted.', name), result);
}

export function ask(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
}

/** -1 where the box stays empty; undefined when the person gave up. */
async function askCount(title: string, prompt: string): Promise<number | undefined> {
  const text = await ask({
    title,
    prompt,
    validateInput: (value) =>
      value.trim() === '' || (Number.isInteger(Number(value)) && Number(value) > 0)
        ? undefined
        : l10n.t('Enter a whole number above 0, or nothing.'),
  });
  if (text === undefined) return undefined;
  return text.trim() === '' ? -1 : Number(text);
}
