import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Setting } from '../../../core/kafka/topics/settings.ts';
import { showOutcome, type ChangeTools } from './runChange.ts';
import { ask } from './ask.ts';

interface SettingItem extends vscode.QuickPickItem {
  setting: Setting;
}

/** Changes one setting of a topic: chosen from all of them with their documentation, or given. Others keep their values. */
export async function editTopicSetting(tools: ChangeTools, topic: string, name: string | undefined): Promise<void> {
  const { engine, client, gate } = tools;
  const settings = await client.topicSettings(topic);
  const setting = name === undefined ? await chooseSetting(topic, settings) : settings.find((s) => s.name === name);
  if (!setting) return;
  const to = await askValue(topic, setting);
  if (to === undefined) return;
  const change = { name: setting.name, from: setting.value, to };
  const result = await engine.editTopicConfig(client, topic, [change], gate);
  void tools.session.settingsOfTopic(topic).load();
  showOutcome(l10n.t('{0} of {1} was changed.', setting.name, topic), result);
}

async function chooseSetting(topic: string, settings: readonly Setting[]): Promise<Setting | undefined> {
  const items = settings
    .filter((setting) => !setting.readOnly)
    .map((setting): SettingItem => ({
      label: setting.name,
      description: `${setting.value ?? ''}${setting.source === 'topic' ? ` · ${l10n.t('set on the topic')}` : ''}`,
      ...(setting.documentation === null ? {} : { detail: setting.documentation }),
      setting,
    }))
    .sort((a, b) => Number(b.setting.source === 'topic') - Number(a.setting.source === 'topic'));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('Configuration of {0}', topic),
    placeHolder: l10n.t('Which setting?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.setting;
}

/** null: back to the default; undefined: the person gave up. */
async function askValue(topic: string, setting: Setting): Promise<string | null | undefined> {
  const back = l10n.t('Back to the default');
  const enter = l10n.t('Enter a value…');
  if (setting.source === 'topic') {
    const what = await vscode.window.showQuickPick([enter, back], { title: `${topic}: ${setting.name}` });
    if (what === undefined) return undefined;
    if (what === back) return null;
  }
  return ask({
    title: `${topic}: ${setting.name}`,
    prompt: setting.documentation ?? l10n.t('New value'),
    value: setting.value ?? '',
  });
}
