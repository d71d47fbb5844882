import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Setting } from '../../../core/kafka/topics/settings.ts';
import { showOutcome, type ChangeTools } from './runChange.ts';
import { ask } from './ask.ts';

/** Kafka's rule for topic names (org.apache.kafka.common.internals.Topic). */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return l10n.t('Enter a name.');
  if (name === '.' || name === '..') return l10n.t('"." and ".." are no topic names.');
  if (name.length > 249) return l10n.t('A topic name has at most 249 characters.');
  return /^[a-zA-Z0-9._-]+$/.test(name)
    ? undefined
    : l10n.t('A topic name has only ASCII letters, digits, ".", "_" and "-".');
}

export async function createTopic(tools: ChangeTools): Promise<void> {
  const { engine, client, gate, session } = tools;
  const title = l10n.t('Create a topic on {0}', session.profile.name);
  const name = await ask({ title, prompt: l10n.t('Name'), validateInput: topicNameProblem });
  if (name === undefined) return;
  const partitions = await askCount(title, l10n.t('Partitions. Empty: the broker’s default.'));
  if (partitions === undefined) return;
  const replicationFactor = await askCount(title, l10n.t('Replicas of each partition. Empty: the broker’s default.'));
  if (replicationFactor === undefined) return;
  const configs = await askConfigs(title, await knownSettings(tools));
  if (configs === undefined) return;
  const topic = { name, partitions, replicationFactor, configs };
  const trial = await engine.createTopic(client, topic, gate, { validateOnly: true });
  if (trial.failed.length > 0) return showOutcome('', trial);
  showOutcome(l10n.t('The topic {0} was created.', name), await engine.createTopic(client, topic, gate));
}

/** What can be set on a topic, as some topic of the cluster tells it: Kafka describes the settings of what exists only. */
async function knownSettings({ client }: ChangeTools): Promise<Setting[]> {
  const topics = (await client.topics()).filter((topic) => topic.error === undefined);
  // Kafka's own topics differ from the defaults.
  const some = topics.find((topic) => !topic.internal) ?? topics[0];
  if (!some) return [];
  // Who may not see a topic's settings may still create topics.
  const settings = await client.topicSettings(some.name).catch(() => []);
  return settings.filter((setting) => !setting.readOnly && !setting.sensitive);
}

interface SettingItem extends vscode.QuickPickItem {
  name: string;
}

/** The settings in which the topic shall differ from the broker's defaults; undefined when the person gave up. */
async function askConfigs(title: string, known: readonly Setting[]): Promise<Record<string, string> | undefined> {
  if (known.length === 0) return {};
  const items = known.map(({ name, value, source, documentation }): SettingItem => ({
    label: name,
    // What that topic itself has set is no default.
    ...(source === 'topic' || value === null ? {} : { description: l10n.t('default {0}', value) }),
    ...(documentation === null ? {} : { detail: documentation }),
    name,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Tick what shall differ from the broker’s defaults'),
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return undefined;
  const configs: Record<string, string> = {};
  for (const { name } of chosen) {
    const setting = known.find((s) => s.name === name);
    const value = await ask({
      title: `${title}: ${name}`,
      prompt: setting?.documentation ?? l10n.t('New value'),
      value: setting?.source === 'topic' ? '' : (setting?.value ?? ''),
    });
    if (value === undefined) return undefined;
    configs[name] = value;
  }
  return configs;
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
