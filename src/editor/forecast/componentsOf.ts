import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { brokersOf } from '../../core/dapr/delivery/readers.ts';
import type { SourceFile } from '../../core/dapr/workspace.ts';
import { gatherFacts, type ForecastCluster } from '../../core/forecast/facts.ts';
import { componentForecast } from '../../core/forecast/forecast.ts';
import { NOTHING_SAMPLED, topicLineOf } from '../../core/forecast/liveReader.ts';
import { readersOfGroup, readersOfTopic } from '../../core/forecast/notes.ts';
import { planForecast, type PlannedReader, type Runtime } from '../../core/forecast/plan.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { meansCluster } from './matchCluster.ts';

/** A group or a topic of a cluster, as a row of the tree has them. */
export type Asked = { group: string } | { topic: string };

interface Row extends vscode.QuickPickItem {
  planned: PlannedReader;
}

export interface ComponentsOfOptions {
  files: readonly SourceFile[];
  runtime: Runtime;
  profile: ClusterProfile;
  cluster: ForecastCluster;
  openFile: (path: string, line: number) => Promise<void>;
  signal: AbortSignal;
}

/** "Which component files would use this group?", "Who would read this topic, from where?": rows that lead to the file, or to its forecast. */
export async function showComponentsOf(asked: Asked, options: ComponentsOfOptions): Promise<void> {
  const rows = await componentsOf(asked, options);
  const name = 'group' in asked ? asked.group : asked.topic;
  if (rows.length === 0) {
    const text =
      'group' in asked
        ? l10n.t('No Kafka component of this workspace would use group {0} on {1}.', name, options.profile.name)
        : l10n.t('No Kafka component of this workspace would read topic {0} of {1}.', name, options.profile.name);
    void vscode.window.showInformationMessage(text);
    return;
  }
  const forecast = { iconPath: new vscode.ThemeIcon('telescope'), tooltip: l10n.t('Forecast') };
  const pick = vscode.window.createQuickPick<Row>();
  pick.title =
    'group' in asked
      ? l10n.t('Component files that would use group {0}', name)
      : l10n.t('Who would read {0}, from where', name);
  pick.placeholder = l10n.t('Enter opens the file');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = rows.map((row) => ({ ...row, buttons: [forecast] }));
  pick.onDidAccept(() => {
    const [row] = pick.selectedItems;
    pick.hide();
    if (row)
      options
        .openFile(row.planned.file, row.planned.line)
        .catch((error: unknown) => vscode.window.showErrorMessage((error as Error).message));
  });
  pick.onDidTriggerItemButton(({ item: { planned } }) => {
    pick.hide();
    const { component, app } = planned.reader;
    const target = { component: component.name, ...(app === null ? {} : { app }), clusterId: options.profile.id };
    void vscode.commands.executeCommand('kafkaDapr.openForecast', target);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

async function componentsOf(
  asked: Asked,
  { files, runtime, profile, cluster, signal }: ComponentsOfOptions,
): Promise<Row[]> {
  const plan = planForecast(files, { lint: runtime });
  const readers = 'group' in asked ? readersOfGroup(plan, asked.group) : readersOfTopic(plan, asked.topic);
  const found = plan.readers.filter(({ reader }) => {
    const brokers = brokersOf(reader.component);
    // Brokers that a secret holds may be these.
    return readers.includes(reader) && (brokers === undefined || meansCluster(brokers, profile));
  });
  const topics = found.flatMap(({ reader }) => reader.topics.flatMap((t) => t.brokerTopic ?? []));
  const groups = found.flatMap(({ reader }) => reader.group.group ?? []);
  const facts = await gatherFacts(cluster, { topics, groups }, { signal });
  return found.map((planned) => {
    const { reader, file, line } = planned;
    const forecast = componentForecast(planned, facts);
    const live = { ...NOTHING_SAMPLED, planned, cluster: profile.name, forecast, facts };
    const lines = reader.topics
      .filter((topic) => 'group' in asked || topic.brokerTopic === asked.topic)
      .map(({ topic, brokerTopic }) => {
        const told = topicLineOf(live, topic)?.text;
        return told === undefined ? (brokerTopic ?? topic) : `${brokerTopic ?? topic}: ${told}`;
      });
    return {
      label: reader.component.name,
      description: [reader.app, forecast.group, `${file}:${line}`].filter((part) => part !== null).join(' · '),
      detail: lines.length === 0 ? l10n.t('no subscription names a topic') : lines.join(' · '),
      planned,
    };
  });
}
