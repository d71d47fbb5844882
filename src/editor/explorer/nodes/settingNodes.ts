import * as l10n from '@vscode/l10n';
import type { Setting, SettingSource } from '../../../core/kafka/topics/settings.ts';
import type { ClusterSession } from '../clusterSession.ts';
import type { Facet } from '../facet.ts';
import { errorNode } from './errorNode.ts';
import { formatCount, joined, type ExplorerNode } from './node.ts';

/** The folder "Configuration" of a topic or broker: what was set first, defaults after it. */
export function settingsNode(
  session: ClusterSession,
  parentId: string,
  settings: Facet<Setting[]>,
  owner: { topic: string } | { broker: number },
): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${parentId}/settings`;
  const set = settings.value?.filter((s) => s.source !== 'default').length;
  return {
    id,
    context: 'topic' in owner ? 'settings topic' : 'settings broker',
    label: l10n.t('Configuration'),
    ...(set === undefined ? {} : { description: l10n.t('{0} set', formatCount(set)) }),
    icon: { codicon: 'settings' },
    clusterId,
    ...owner,
    children: async () => {
      await settings.ensure();
      const all = settings.value ?? [];
      const isDefault = (s: Setting) => s.source === 'default';
      return [
        ...(settings.error === undefined ? [] : [errorNode(id, clusterId, settings.error)]),
        ...[...all.filter((s) => !isDefault(s)), ...all.filter(isDefault)].map((s) =>
          settingNode(clusterId, id, s, owner),
        ),
      ];
    },
  };
}

function settingNode(
  clusterId: string,
  parentId: string,
  setting: Setting,
  owner: { topic: string } | { broker: number },
): ExplorerNode {
  const value = setting.sensitive ? l10n.t('(hidden by the broker)') : (setting.value ?? l10n.t('not set'));
  const description = joined(value === '' ? '""' : value, sourceText(setting.source));
  return {
    id: `${parentId}/${setting.name}`,
    context: 'topic' in owner && !setting.readOnly ? 'setting editable' : 'setting',
    label: setting.name,
    description,
    tooltip: [`${setting.name} = ${value}`, sourceText(setting.source), setting.documentation]
      .filter((line) => line)
      .join('\n\n'),
    icon: { codicon: setting.source === 'default' ? 'circle-small' : 'circle-small-filled' },
    copy: `${setting.name}=${setting.value ?? ''}`,
    clusterId,
    setting: setting.name,
    ...owner,
  };
}

function sourceText(source: SettingSource): string {
  switch (source) {
    case 'topic':
      return l10n.t('set on the topic');
    case 'broker':
      return l10n.t('set on the broker');
    case 'cluster':
      return l10n.t('set for all brokers');
    case 'server.properties':
      return 'server.properties';
    case 'default':
      return l10n.t('default');
    case 'other':
      return '';
  }
}
