import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceFile } from '../../core/dapr/workspace.ts';
import type { ForecastCluster } from '../../core/forecast/facts.ts';
import type { HistoryCluster } from '../../core/forecast/history.ts';
import type { ReplayModel } from '../../core/forecast/replay.ts';
import type { RangeSource } from '../../core/forecast/rangeRecords.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { ReplayContract, ReplayReader, ReplayView, WhatIf } from '../../shared/replayPage.ts';
import { Page } from '../panels/page.ts';
import { matchingClusters } from './matchCluster.ts';
import { Proposals } from './proposals.ts';
import { workspaceUri } from './workspaceFiles.ts';

const loadReplay = () => import('./replay.late.ts');

export interface ReplayPagesOptions {
  extensionUri: vscode.Uri;
  /** The Dapr files of the workspace, as they are in the editor; paths relative to the workspace. */
  files: () => Promise<SourceFile[]>;
  clusters: {
    list(): readonly ClusterProfile[];
    /** Connects on first use. */
    client(id: string): Promise<ForecastCluster & HistoryCluster>;
    /** Sockets of its own, for reading a whole range; to be closed. */
    source(id: string, signal: AbortSignal): Promise<RangeSource>;
  };
  openFile(path: string, line: number): Promise<void>;
  /** Seconds between two looks at the cluster while a page is seen; 0: only when the person asks. */
  refreshSeconds(): number;
  /** The runtime that the files are for. */
  daprVersion(): string;
}

/** What `kafkaDapr.openForecast` may be given; everything else is asked. */
export interface ForecastTarget {
  component?: string;
  app?: string;
  clusterId?: string;
}

/** The replay pages: where will this component start reading, and what will it miss? */
export class ReplayPages implements vscode.Disposable {
  readonly #options: ReplayPagesOptions;
  readonly #open = new Map<string, Page<ReplayContract>>();
  readonly #command: vscode.Disposable;
  readonly #proposals = new Proposals();

  constructor(options: ReplayPagesOptions) {
    this.#options = options;
    this.#command = vscode.commands.registerCommand('kafkaDapr.openForecast', (target?: ForecastTarget) =>
      this.#show(target ?? {}),
    );
  }

  dispose(): void {
    this.#command.dispose();
    this.#proposals.dispose();
    for (const page of [...this.#open.values()]) page.dispose();
  }

  async #show(target: ForecastTarget): Promise<void> {
    const first = await this.#readFiles();
    const reader = await chooseReader(first.readers(), target);
    if (!reader) return;
    const cluster = await this.#chooseCluster(first.brokersOf(reader.component), target);
    if (!cluster) return;
    const key = JSON.stringify([cluster.id, reader]);
    const known = this.#open.get(key);
    if (known) return known.reveal();
    const page = this.#create(cluster, reader, first);
    this.#open.set(key, page);
    page.onDidClose(() => this.#open.delete(key));
  }

  async #chooseCluster(brokers: readonly string[], { clusterId }: ForecastTarget): Promise<ClusterProfile | undefined> {
    const all = this.#options.clusters.list();
    const given = all.find((profile) => profile.id === clusterId);
    if (given) return given;
    const matching = matchingClusters(brokers, all);
    if (matching.length === 1) return matching[0];
    const candidates = matching.length > 0 ? matching : all;
    if (candidates.length === 0) {
      const add = l10n.t('Add cluster');
      const text = l10n.t(
        'No cluster is saved. Add the one that {0} belongs to.',
        brokers.join(', ') || l10n.t('this component'),
      );
      if ((await vscode.window.showInformationMessage(text, add)) === add)
        await vscode.commands.executeCommand(
          'kafkaDapr.addCluster',
          brokers.length > 0 ? { bootstrap: brokers.join(',') } : undefined,
        );
      return undefined;
    }
    const picked = await vscode.window.showQuickPick(
      candidates.map((profile) => ({ label: profile.name, description: profile.bootstrap.join(', '), profile })),
      { title: l10n.t('Which cluster does the component belong to? Its file names {0}.', brokers.join(', ') || '–') },
    );
    return picked?.profile;
  }

  async #readFiles(): Promise<ReplayModel> {
    const [{ ReplayModel }, files] = await Promise.all([loadReplay(), this.#options.files()]);
    return new ReplayModel(files);
  }

  #create(cluster: ClusterProfile, first: ReplayReader, files: ReplayModel): Page<ReplayContract> {
    let reader = first;
    let whatIf: WhatIf = {};
    let model = files;
    const client = () => this.#options.clusters.client(cluster.id);
    const view = async (of: ReplayModel, signal: AbortSignal): Promise<ReplayView> => {
      const replay = await of.replay(await client(), reader, whatIf, signal);
      return { ...replay, cluster: { id: cluster.id, name: cluster.name } };
    };
    let shown: ReplayView | undefined;
    const show = async (signal: AbortSignal) => {
      shown = await view(model, signal);
      follow();
      return shown;
    };
    const closing = new AbortController();
    /** What has moved is shown, unless the person asked for something else meanwhile. */
    const look = async () => {
      const [before, asked, next] = [model, shown, model.again()];
      try {
        const moved = await view(next, closing.signal);
        if (model !== before || shown !== asked) return;
        model = next;
        if (asked === undefined || sameFigures(moved, asked)) return;
        shown = moved;
        page.emit('moved', { view: moved });
      } catch (error) {
        if (!closing.signal.aborted && shown === asked) page.emit('moved', { failure: (error as Error).message });
      }
    };
    let timer: NodeJS.Timeout | undefined;
    /** A while after the last answer, and only while somebody looks. */
    const follow = () => {
      clearTimeout(timer);
      const seconds = this.#options.refreshSeconds();
      if (seconds <= 0 || closing.signal.aborted) return;
      timer = setTimeout(() => {
        void (page.panel.visible && vscode.window.state.focused ? look() : Promise.resolve()).then(follow);
      }, seconds * 1000);
    };
    const page: Page<ReplayContract> = new Page<ReplayContract>({
      extensionUri: this.#options.extensionUri,
      name: 'forecast',
      title: l10n.t('Forecast: {0}', first.component),
      handlers: {
        ready: (_params, signal) => show(signal),
        whatIf: (wanted, signal) => {
          whatIf = wanted;
          return show(signal);
        },
        complete: async (_params, signal) => {
          await model.learnHistory(await client(), reader, whatIf, signal);
          return show(signal);
        },
        choose: (wanted, signal) => {
          reader = wanted;
          whatIf = {};
          return show(signal);
        },
        // The files too: they may have been edited since.
        refresh: async (_params, signal) => {
          model = await this.#readFiles();
          return show(signal);
        },
        tryDelivery: async ({ topic }, signal) => {
          const delivery = model.delivery(reader, whatIf, topic);
          if (!delivery) throw new Error(l10n.t('The cluster tells nothing about this topic.'));
          const { tryDelivery } = await loadReplay();
          const source = await this.#options.clusters.source(cluster.id, signal);
          try {
            const daprVersion = this.#options.daprVersion();
            const onRecords = (records: number) => page.emit('tried', { records });
            return await tryDelivery(source, { ...delivery, daprVersion }, onRecords, signal);
          } finally {
            await source.connection.close();
          }
        },
        ways: async (wish, signal) => model.ways(await client(), reader, wish, signal),
        compare: (choices) => model.compare(reader, whatIf, choices, this.#options.daprVersion()),
        toComponent: async ({ properties }) => {
          const { componentText, toMetadata } = await loadReplay();
          return { text: componentText(reader.component, toMetadata(properties)) };
        },
        copy: async ({ text }) => {
          await vscode.env.clipboard.writeText(text);
          return null;
        },
        openText: async ({ text, language }) => {
          const document = await vscode.workspace.openTextDocument({ content: text, language });
          await vscode.window.showTextDocument(document, { preview: false });
          return null;
        },
        proposeEdit: async (edit) => {
          const { path, before, after } = model.edited(reader, edit);
          const file = await workspaceUri(path);
          if (!file) throw new Error(l10n.t('{0} is no longer in this workspace.', path));
          await this.#proposals.show({ file, before, after });
          return null;
        },
        reset: async (plan) => {
          await vscode.commands.executeCommand('kafkaDapr.resetOffsets', { clusterId: cluster.id, ...plan });
          return null;
        },
        openFile: async () => {
          if (shown) await this.#options.openFile(shown.file, shown.line);
          return null;
        },
        browse: async ({ topic, partition, from }) => {
          await vscode.commands.executeCommand('kafkaDapr.tailMessages', {
            clusterId: cluster.id,
            topic,
            ...(partition === undefined ? {} : { partition }),
            start: from,
          });
          return null;
        },
      },
    });
    page.onDidClose(() => {
      closing.abort();
      clearTimeout(timer);
    });
    return page;
  }
}

/** Equal but for when they were asked. */
const sameFigures = (a: ReplayView, b: ReplayView): boolean =>
  JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 });

async function chooseReader(
  readers: readonly ReplayReader[],
  { component, app }: ForecastTarget,
): Promise<ReplayReader | undefined> {
  const fitting = readers.filter(
    (reader) =>
      (component === undefined || reader.component === component) && (app === undefined || reader.app === app),
  );
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(
      l10n.t('No Dapr component that reads from Kafka is in this workspace. A forecast needs its file.'),
    );
    return undefined;
  }
  if (fitting.length === 1 || component !== undefined) return fitting[0];
  const picked = await vscode.window.showQuickPick(
    fitting.map((reader) => ({ label: reader.component, description: reader.app ?? '', reader })),
    { title: l10n.t('Which component?') },
  );
  return picked?.reader;
}
