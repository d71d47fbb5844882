import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Imported } from '../../core/kafka/connect/import/imported.ts';
import type * as Engine from '../../core/kafka/engine.late.ts';
import type { ClusterStore } from './clusterStore.ts';
import type { SecretStore } from './secretStore.ts';

export interface ImportOptions {
  store: ClusterStore;
  secrets: SecretStore;
  loadEngine: () => Promise<typeof Engine>;
}

interface Source extends vscode.QuickPickItem {
  /** Adds a sentence to `problems` for each part that could not be read: it hides no other. */
  find: (engine: typeof Engine, problems: string[]) => Promise<Imported[]>;
}

/** Lets the person choose a source, then which of its clusters to save; secrets that are missing are asked for. */
export async function importClusters(options: ImportOptions): Promise<void> {
  const title = l10n.t('Import clusters');
  const source = await vscode.window.showQuickPick(sources(), { title, placeHolder: l10n.t('From where?') });
  if (!source) return;
  const problems: string[] = [];
  const found = await source.find(await options.loadEngine(), problems);
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

/** Document by document, as daprd cuts them: one that is broken has nothing to do with its neighbours. */
function componentIn(text: string, component: string, read: (text: string) => Imported[]): Imported | undefined {
  let broken: Error | undefined;
  for (const part of text.split(/^---.*$/m)) {
    if (!/\b(pubsub|bindings)\.kafka\b/.test(part) || !part.includes(component)) continue;
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
        each(await readChosen({ JSON: ['json'] }), problems, ({ text }) =>
          engine.importProfiles(text).map((profile) => ({ profile, secrets: {}, ask: [], notes: [] })),
        ),
    },
    {
      label: l10n.t('A client.properties file'),
      detail: l10n.t('Settings of a Java client or of Kafka’s own command line tools'),
      find: async (engine, problems) =>
        each(await readChosen({ Properties: ['properties', 'conf', 'config'] }), problems, ({ text, name }) => {
          const imported = engine.importClientProperties(text, name);
          return imported ? [imported] : [];
        }),
    },
    {
      label: l10n.t('Docker Compose files of this workspace'),
      detail: l10n.t('Kafka services with their published listeners'),
      find: async (engine, problems) =>
        each(await readWorkspace('**/*compose*.{yaml,yml}'), problems, ({ text }) => engine.importCompose(text)),
    },
    {
      label: l10n.t('Running containers'),
      detail: l10n.t('Kafka in Docker with its published ports; the docker command is asked'),
      find: askDocker,
    },
    {
      label: l10n.t('Dapr component files of this workspace'),
      detail: l10n.t('Brokers and login of pubsub.kafka components'),
      find: async (engine, problems) => {
        const files = await readWorkspace('**/*.{yaml,yml}');
        const kafka = files.filter(({ text }) => /\b(pubsub|bindings)\.kafka\b/.test(text));
        return each(kafka, problems, ({ text }) => engine.importDaprComponents(text));
      },
    },
    {
      label: l10n.t('Clusters of another Kafka extension'),
      detail: l10n.t('The setting kafka.clusters'),
      find: (engine) =>
        Promise.resolve(engine.importKafkaClustersSetting(vscode.workspace.getConfiguration('kafka').get('clusters'))),
    },
  ];
}

/** With a notification that shows it and can end it. */
async function askDocker(engine: typeof Engine, problems: string[]): Promise<Imported[]> {
  const title = l10n.t('Asking Docker for running containers…');
  const progress = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(progress, async (_report, token) => {
    const controller = new AbortController();
    const cancelled = token.onCancellationRequested(() => controller.abort());
    try {
      return await engine.importRunningContainers({ signal: controller.signal });
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return [];
    } finally {
      cancelled.dispose();
    }
  });
}

function each(files: readonly NamedText[], problems: string[], parse: (file: NamedText) => Imported[]): Imported[] {
  return files.flatMap((file) => {
    try {
      return parse(file);
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
      problems.push(l10n.t('The file {0} cannot be read: {1}.', file.name, reason ?? ''));
      return [];
    }
  });
}

interface NamedText {
  name: string;
  text: string;
}

async function readChosen(filters: Record<string, string[]>): Promise<NamedText[]> {
  const files = await vscode.window.showOpenDialog({ canSelectMany: true, filters });
  return Promise.all((files ?? []).map(read));
}

async function readWorkspace(glob: string): Promise<NamedText[]> {
  const files = await vscode.workspace.findFiles(glob, '**/node_modules/**');
  return Promise.all(files.map(read));
}

async function read(uri: vscode.Uri): Promise<NamedText> {
  const name = uri.path.split('/').at(-1) ?? uri.path;
  return { name, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
}
