import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Imported } from '../../core/kafka/connect/import/imported.ts';
import type * as Engine from '../../core/kafka/engine.late.ts';
import { firstLine } from '../../shared/firstLine.ts';
import { cancellable } from '../panels/cancellable.ts';
import type { ClusterStore } from './clusterStore.ts';
import type { SecretStore } from './secretStore.ts';

export interface ImportOptions {
  store: ClusterStore;
  secrets: SecretStore;
  loadEngine: () => Promise<typeof Engine>;
}

interface Source extends vscode.QuickPickItem {
  /** Adds a sentence to `problems` for each part that could not be read: it hides no other. undefined: the person ended it. */
  find: (engine: typeof Engine, problems: string[]) => Promise<Imported[] | undefined>;
}

/** Lets the person choose a source, then which of its clusters to save; secrets that are missing are asked for. */
export async function importClusters(options: ImportOptions): Promise<void> {
  const title = l10n.t('Import clusters');
  const source = await vscode.window.showQuickPick(sources(), { title, placeHolder: l10n.t('From where?') });
  if (!source) return;
  const problems: string[] = [];
  const found = await source.find(await options.loadEngine(), problems);
  if (!found) return;
  if (problems.length > 0) void vscode.window.showWarningMessage(problems.join(' '));
  if (found.length === 0) {
    if (problems.length > 0) return;
    void vscode.window.showInformationMessage(l10n.t('No Kafka cluster was found there.'));
    return;
  }
  const items = found.map((imported) => ({
    label: imported.profile.name,
    description: imported.profile.bootstrap.join(', '),
    ...(imported.notes.length === 0 ? {} : { detail: imported.notes.join(' ') }),
    picked: true,
    imported,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Which of them?'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  for (const { imported } of chosen ?? []) await save(imported, options);
}

/** Writes the connections of all clusters into a file that the person chooses; it holds no secret. */
export async function exportClusters({ store, loadEngine }: ImportOptions): Promise<void> {
  const engine = await loadEngine();
  const file = await vscode.window.showSaveDialog({
    filters: { JSON: ['json'] },
    saveLabel: l10n.t('Export'),
    title: l10n.t('Export clusters without their secrets'),
  });
  if (!file) return;
  const text = engine.exportProfiles(store.list().map((c) => c.profile));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

/**
 * Saves the cluster that a Dapr component of a file names, with its login, and connects to it: a person asked for it.
 * Resolves to the id of the saved cluster.
 */
export async function connectComponent(options: ImportOptions, file: vscode.Uri, component: string): Promise<string> {
  const { importDaprComponents } = await options.loadEngine();
  const text = (await vscode.workspace.openTextDocument(file)).getText();
  const imported = componentIn(text, component, importDaprComponents);
  if (!imported) throw new Error(l10n.t('The brokers of {0} cannot be read from this file.', component));
  const clusterId = await save(imported, options);
  await vscode.commands.executeCommand('kafkaDapr.refresh', { clusterId });
  return clusterId;
}

function componentIn(text: string, component: string, read: (text: string) => Imported[]): Imported | undefined {
  let broken: Error | undefined;
  for (const part of kafkaDocuments(text).filter((document) => document.includes(component))) {
    try {
      const found = read(part).find(({ profile }) => profile.name === component);
      if (found) return found;
    } catch (error) {
      broken = error as Error;
    }
  }
  if (broken !== undefined) throw broken;
  return undefined;
}

/**
 * The documents that are about Kafka, as daprd cuts them: one that is broken has nothing to do with its neighbours. Each stands in its
 * own line of the file, for the place that an error names.
 */
function kafkaDocuments(text: string): string[] {
  let above = 0;
  const placed = text.split(/^---.*$/m).map((document) => {
    const blank = '\n'.repeat(above);
    above += document.split('\n').length - 1;
    return blank + document;
  });
  return placed.filter((document) => /\b(pubsub|bindings)\.kafka\b/.test(document));
}

/** Resolves to the id of the saved cluster. */
async function save({ profile, secrets, ask }: Imported, options: ImportOptions): Promise<string> {
  const id = randomUUID();
  const complete = { ...secrets };
  for (const name of ask) {
    const value = await vscode.window.showInputBox({
      title: profile.name,
      prompt: l10n.t('Secret of this connection: {0}. Empty: enter it later.', name),
      password: true,
      ignoreFocusOut: true,
    });
    if (value) complete[name] = value;
  }
  if (Object.keys(complete).length > 0) await options.secrets.set(id, complete);
  await options.store.save({ ...profile, id });
  return id;
}

function sources(): Source[] {
  return [
    {
      label: l10n.t('An exported file'),
      detail: l10n.t('JSON written by Export Clusters'),
      find: async (engine, problems) =>
        each(await chosenFiles({ JSON: ['json'] }), problems, ({ text }) => [
          () => engine.importProfiles(text).map((profile) => ({ profile, secrets: {}, ask: [], notes: [] })),
        ]),
    },
    {
      label: l10n.t('A client.properties file'),
      detail: l10n.t('Settings of a Java client or of Kafka’s own command line tools'),
      find: async (engine, problems) =>
        each(await chosenFiles({ Properties: ['properties', 'conf', 'config'] }), problems, ({ text, name }) => [
          () => {
            const imported = engine.importClientProperties(text, name);
            return imported ? [imported] : [];
          },
        ]),
    },
    {
      label: l10n.t('Docker Compose files of this workspace'),
      detail: l10n.t('Kafka services with their published listeners'),
      find: async (engine, problems) =>
        each(await workspaceFiles('**/*compose*.{yaml,yml}'), problems, ({ text }) => [
          () => engine.importCompose(text),
        ]),
    },
    {
      label: l10n.t('Running containers'),
      detail: l10n.t('Kafka in Docker with its published ports; the docker command is asked'),
      find: askDocker,
    },
    {
      label: l10n.t('Dapr component files of this workspace'),
      detail: l10n.t('Brokers and login of pubsub.kafka components'),
      find: async (engine, problems) =>
        each(await workspaceFiles('**/*.{yaml,yml}'), problems, ({ text }) =>
          kafkaDocuments(text).map((document) => () => engine.importDaprComponents(document)),
        ),
    },
    {
      label: l10n.t('Clusters of another Kafka extension'),
      detail: l10n.t('The setting kafka.clusters'),
      find: (engine) =>
        Promise.resolve(engine.importKafkaClustersSetting(vscode.workspace.getConfiguration('kafka').get('clusters'))),
    },
  ];
}

async function askDocker(engine: typeof Engine, problems: string[]): Promise<Imported[] | undefined> {
  try {
    const ask = (signal: AbortSignal) => engine.importRunningContainers({ signal });
    return await cancellable(l10n.t('Asking Docker for running containers…'), ask);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return [];
  }
}

/** What the parts of each file hold. One that cannot be read, or is not what it should be, hides no other. */
async function each(
  files: readonly vscode.Uri[],
  problems: string[],
  partsOf: (file: { name: string; text: string }) => (() => Imported[])[],
): Promise<Imported[]> {
  const found = await Promise.all(
    files.map(async (uri) => {
      const named = (reason: string) =>
        problems.push(l10n.t('The file {0} cannot be read: {1}.', vscode.workspace.asRelativePath(uri), reason));
      let text: string;
      try {
        text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      } catch (error) {
        named(unreadable(error));
        return [];
      }
      return partsOf({ name: uri.path.split('/').at(-1) ?? uri.path, text }).flatMap((part) => {
        try {
          return part();
        } catch (error) {
          named(reasonOf(error));
          return [];
        }
      });
    }),
  );
  return found.flat();
}

/** Why the editor does not get the bytes of a file; it tells the common reasons by a code. */
function unreadable(error: unknown): string {
  switch ((error as { code?: unknown }).code) {
    case 'NoPermissions':
      return l10n.t('your user account has no right to read it');
    case 'FileNotFound':
      return l10n.t('it is not there any more, or is a link to a file that is gone');
    default:
      return reasonOf(error);
  }
}

/** To stand inside of a sentence. */
const reasonOf = (error: unknown) => firstLine(error).replace(/\.$/, '');

async function chosenFiles(filters: Record<string, string[]>): Promise<vscode.Uri[]> {
  return (await vscode.window.showOpenDialog({ canSelectMany: true, filters })) ?? [];
}

async function workspaceFiles(glob: string): Promise<vscode.Uri[]> {
  return vscode.workspace.findFiles(glob, '**/node_modules/**');
}
