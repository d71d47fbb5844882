import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { brokersOf } from '../../core/dapr/delivery/readers.ts';
import type { SourceFile } from '../../core/dapr/workspace.ts';
import { forecast } from '../../core/forecast/forecast.ts';
import { handoverText } from '../../core/forecast/handoverText.ts';
import { planForecast, type ForecastOptions, type PlannedReader, type Runtime } from '../../core/forecast/plan.ts';
import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { cancellable } from '../panels/cancellable.ts';
import { chooseCluster } from './chooseCluster.ts';
import { foldersAtRevision, foldersOnDisk } from './gitFolders.ts';

const TITLE = () => l10n.t('Count a handover');

export interface HandoverOptions {
  files: readonly SourceFile[];
  runtime: Runtime;
  profiles: () => readonly ClusterProfile[];
  client: (
    clusterId: string,
  ) => Promise<
    Pick<
      ClusterClient,
      'describe' | 'topics' | 'offsets' | 'describeGroups' | 'groups' | 'brokerSettings' | 'brokerVersions'
    >
  >;
  /** Shows a text of Markdown under a name. */
  show: (name: string, text: string) => Promise<void>;
}

/** What came before: other files, or a group; `name` for people. */
type Before = { name: string } & Pick<ForecastOptions, 'baseFiles' | 'was'>;

/** What a change of the group or the app loses and repeats, counted from the commits of who handled the messages before. */
export async function countHandover(name: string | undefined, options: HandoverOptions): Promise<void> {
  const planned = await chooseReader(planForecast(options.files, { lint: options.runtime }).readers, name);
  if (!planned) return;
  const { component, app } = planned.reader;
  const brokers = brokersOf(component) ?? [];
  const profile = await chooseCluster({ name: component.name, file: planned.file, brokers }, options.profiles);
  if (!profile) return;
  const connecting = l10n.t('Connecting to {0}…', profile.name);
  const cluster = await cancellable(connecting, () => options.client(profile.id));
  const before = cluster && (await chooseBefore(planned, options.files, (signal) => groupsOf(cluster, signal)));
  if (!before) return;
  const { name: shown, ...compared } = before;
  const of = {
    component: component.name,
    ...(app === null ? {} : { appId: app }),
    ...compared,
    lint: options.runtime,
    place: 'editor' as const,
  };
  const result = await cancellable(l10n.t('Counting the handover from {0}…', shown), (signal) =>
    forecast({ files: options.files, cluster, options: of, signal }),
  );
  if (result) await options.show(component.name, handoverText(result, profile.name, shown));
}

async function groupsOf(cluster: Pick<ClusterClient, 'groups'>, signal: AbortSignal): Promise<string[]> {
  return (await cluster.groups({ signal })).groups.map(({ group }) => group).sort();
}

async function chooseReader(readers: readonly PlannedReader[], name?: string): Promise<PlannedReader | undefined> {
  const fitting = readers.filter(({ reader }) => name === undefined || reader.component.name === name);
  if (fitting.length === 0)
    throw new Error(l10n.t('No Dapr component that reads from Kafka is in this workspace. A forecast needs its file.'));
  if (fitting.length === 1) return fitting[0];
  const items = fitting.map((planned) => ({
    label: planned.reader.component.name,
    description: [planned.reader.app, planned.reader.group.group].filter((part) => part !== null).join(' · '),
    planned,
  }));
  return (await vscode.window.showQuickPick(items, { title: TITLE(), placeHolder: l10n.t('Which component?') }))
    ?.planned;
}

async function chooseBefore(
  planned: PlannedReader,
  files: readonly SourceFile[],
  groups: (signal: AbortSignal) => Promise<string[]>,
): Promise<Before | undefined> {
  const head = l10n.t('The last commit (HEAD)');
  const revision = l10n.t('Another commit, branch or tag…');
  const file = l10n.t('Another file…');
  const group = l10n.t('A consumer group…');
  const placeHolder = l10n.t('What handled the messages of {0} before?', planned.reader.component.name);
  switch (await vscode.window.showQuickPick([head, revision, file, group], { title: TITLE(), placeHolder })) {
    case head:
      return atRevision('HEAD', planned, files);
    case revision: {
      const given = await vscode.window.showInputBox({
        title: TITLE(),
        prompt: l10n.t('A revision that git knows, e.g. main or v1.2'),
        ignoreFocusOut: true,
      });
      return given ? atRevision(given, planned, files) : undefined;
    }
    case file: {
      const [uri] = (await vscode.window.showOpenDialog({ filters: { YAML: ['yaml', 'yml', 'json'] } })) ?? [];
      if (!uri) return undefined;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      // The other files hold as they are; this one stands for the component's own.
      const others = files.filter((f) => f.path !== planned.file);
      return { name: vscode.workspace.asRelativePath(uri), baseFiles: [...others, { path: planned.file, text }] };
    }
    case group: {
      const names = await cancellable(l10n.t('Asking for the groups of the cluster…'), groups);
      if (!names) return undefined;
      const was = await vscode.window.showQuickPick(names, {
        title: TITLE(),
        placeHolder: l10n.t('Which group handled them before?'),
        ignoreFocusOut: true,
      });
      return was === undefined ? undefined : { name: was, was };
    }
    default:
      return undefined;
  }
}

async function atRevision(
  revision: string,
  { file }: PlannedReader,
  files: readonly SourceFile[],
): Promise<Before | undefined> {
  if (foldersOnDisk().length === 0 || !vscode.workspace.isTrusted)
    throw new Error(l10n.t('git is asked in the folder of a trusted workspace only.'));
  const directories = [...new Set(files.map(({ path: name }) => path.posix.dirname(name)))];
  const folders = await cancellable(l10n.t('Asking git for the files of {0}…', revision), (signal) =>
    foldersAtRevision(revision, directories, signal),
  );
  if (!folders) return undefined;
  // What git does not know of another folder takes nothing away from this component.
  const own = folders.find((folder) => 'failure' in folder && file.startsWith(folder.prefix));
  if (own && 'failure' in own) throw own.failure;
  return { name: revision, baseFiles: folders.flatMap((folder) => ('files' in folder ? folder.files : [])) };
}
