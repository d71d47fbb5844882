import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ForecastCluster } from '../../core/forecast/facts.ts';
import type { HistoryCluster } from '../../core/forecast/history.ts';
import type { Runtime } from '../../core/forecast/plan.ts';
import type { ReplayModel } from '../../core/forecast/replay.ts';
import type { Delivery } from '../../core/forecast/tryDelivery.ts';
import type { RangeSource } from '../../core/forecast/rangeRecords.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type {
  ReplayContract,
  ReplayMemory,
  ReplayReader,
  ReplayTrials,
  ReplayView,
  ReplayWish,
} from '../../shared/replayPage.ts';
import { WISHES } from '../../shared/wishes.ts';
import { LookAgain } from '../panels/lookAgain.ts';
import { Page } from '../panels/page.ts';
import { restoredPages } from '../panels/restoredPages.ts';
import { chooseCluster } from './chooseCluster.ts';
import { Proposals } from './proposals.ts';
import { noLongerThere, workspaceUri, type WorkspaceFiles } from './workspaceFiles.ts';

const loadReplay = () => import('./replay.late.ts');

export interface ReplayPagesOptions {
  extensionUri: vscode.Uri;
  /** The Dapr files of the workspace, as they are in the editor; paths relative to the workspace. */
  files: () => Promise<WorkspaceFiles>;
  clusters: {
    list(): readonly ClusterProfile[];
    /** Connects on first use. */
    client(id: string): Promise<ForecastCluster & HistoryCluster>;
    /** Why nothing may connect by itself: a sentence; undefined: it may. */
    leftAlone(id: string): string | undefined;
    /** Sockets of its own, for reading a whole range; to be closed. */
    source(id: string, signal: AbortSignal): Promise<RangeSource>;
  };
  openFile(path: string, line: number): Promise<void>;
  /** Seconds between two looks at the cluster while a page is seen; 0: only when the person asks. */
  refreshSeconds(): number;
  /** The runtime that the files are for. */
  runtime(): Runtime;
}

/** What `kafkaDapr.openForecast` may be given, a row of the Dapr view, too; everything else is asked. */
export interface ForecastTarget {
  component?: string;
  /** null: a component that every app uses. */
  app?: string | null;
  clusterId?: string;
  /** What the person wants, for the planner; `ask`: to be chosen first. */
  wish?: ReplayWish['kind'] | 'ask';
}

interface OpenPage {
  page: Page<ReplayContract>;
  wish(kind: ReplayWish['kind']): void;
}

/** The replay pages: where will this component start reading, and what will it miss? */
export class ReplayPages implements vscode.Disposable {
  readonly #options: ReplayPagesOptions;
  readonly #open = new Map<string, OpenPage>();
  readonly #registrations: vscode.Disposable[];
  readonly #proposals = new Proposals();

  constructor(options: ReplayPagesOptions) {
    this.#options = options;
    this.#registrations = [
      vscode.commands.registerCommand('kafkaDapr.openForecast', (target?: ForecastTarget) => this.#show(target ?? {})),
      restoredPages<ReplayMemory>('forecast', (panel, memory) => this.#restore(panel, memory)),
    ];
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    this.#proposals.dispose();
    for (const { page } of [...this.#open.values()]) page.dispose();
  }

  async #show(target: ForecastTarget): Promise<void> {
    const first = await this.#readFiles();
    const reader = await chooseReader(first.readers(), target);
    if (!reader) return;
    const wish = target.wish === 'ask' ? await chooseWish(reader.component) : target.wish;
    if (target.wish !== undefined && wish === undefined) return;
    const cluster = await this.#chooseCluster(first, reader, target);
    if (!cluster) return;
    const about = { cluster: { id: cluster.id, name: cluster.name }, reader, whatIf: {} };
    const known = this.#open.get(keyOf(about));
    const open = known ?? this.#add(about, first);
    if (wish !== undefined) open.wish(wish);
    known?.page.reveal();
  }

  async #restore(panel: vscode.WebviewPanel, about: ReplayMemory): Promise<void> {
    const files = await this.#readFiles();
    // Opened anew before its tab was seen again.
    const known = this.#open.get(keyOf(about));
    if (!known) this.#add(about, files, panel);
    else {
      panel.dispose();
      known.page.reveal();
    }
  }

  #add(about: ReplayMemory, files: ReplayModel, restored?: vscode.WebviewPanel): OpenPage {
    const open = this.#create(about, files, restored);
    this.#open.set(keyOf(about), open);
    open.page.onDidClose(() => this.#open.delete(keyOf(about)));
    return open;
  }

  async #chooseCluster(
    files: ReplayModel,
    { component }: ReplayReader,
    { clusterId }: ForecastTarget,
  ): Promise<ClusterProfile | undefined> {
    const { clusters } = this.#options;
    const given = clusters.list().find((profile) => profile.id === clusterId);
    const sought = { name: component, file: files.fileOf(component), brokers: files.brokersOf(component) };
    return given ?? chooseCluster(sought, () => clusters.list());
  }

  async #readFiles(): Promise<ReplayModel> {
    const [{ ReplayModel }, { files, skipped }] = await Promise.all([loadReplay(), this.#options.files()]);
    return new ReplayModel(files, this.#options.runtime(), skipped);
  }

  #create(about: ReplayMemory, files: ReplayModel, restored?: vscode.WebviewPanel): OpenPage {
    const { cluster } = about;
    const { clusters } = this.#options;
    let { reader, whatIf } = about;
    let model = files;
    /** Kept while the page is hidden. */
    let tried: ReplayTrials | undefined;
    /** A page that comes back, after a reload or from behind another tab, comes by itself. */
    let byItself = restored !== undefined;
    const connect = () => clusters.client(cluster.id);
    /** Where the person has disconnected, only a person connects again: by opening the page or by its Refresh. */
    const client = async () => {
      const why = clusters.leftAlone(cluster.id);
      if (why !== undefined) throw new Error(why);
      return connect();
    };
    const view = async (of: ReplayModel, signal: AbortSignal): Promise<ReplayView> => {
      const replay = await of.replay(await client(), reader, whatIf, signal);
      return { ...replay, cluster };
    };
    let shown: ReplayView | undefined;
    const show = async (signal: AbortSignal) => {
      shown = await view(model, signal);
      again.later();
      return shown;
    };
    const closing = new AbortController();
    /** The page tells of a look that failed: the next one that does not takes that back. */
    let failing = false;
    /** What has moved is shown, unless the person asked for something else meanwhile. */
    const look = async () => {
      const [before, asked, next] = [model, shown, model.again()];
      try {
        const moved = await view(next, closing.signal);
        if (model !== before || shown !== asked) return;
        model = next;
        if (asked === undefined || (!failing && sameFigures(moved, asked))) return;
        failing = false;
        shown = moved;
        page.emit('moved', { view: moved });
      } catch (error) {
        if (closing.signal.aborted || shown !== asked) return;
        failing = true;
        page.emit('moved', { failure: (error as Error).message });
      }
    };
    /** With sockets of its own, for as long as it lasts. */
    const readThrough = async <T>(
      topic: string,
      signal: AbortSignal,
      work: (
        source: RangeSource,
        delivery: Delivery,
        onRecords: (records: number) => void,
        signal: AbortSignal,
      ) => Promise<T>,
    ): Promise<T> => {
      const delivery = model.delivery(reader, whatIf, topic);
      if (!delivery) throw new Error(l10n.t('The cluster tells nothing about this topic.'));
      const source = await clusters.source(cluster.id, signal);
      try {
        return await work(source, delivery, (records) => page.emit('tried', { records }), signal);
      } finally {
        await source.connection.close();
      }
    };
    /** Told when the page is there to hear it. */
    let wanted: ReplayWish['kind'] | undefined;
    const page: Page<ReplayContract> = new Page<ReplayContract>({
      extensionUri: this.#options.extensionUri,
      name: 'forecast',
      title: l10n.t('Forecast: {0}', reader.component),
      cluster: cluster.name,
      about,
      ...(restored ? { panel: restored } : {}),
      handlers: {
        ready: async (_params, signal) => {
          const asked = !byItself;
          byItself = true;
          if (tried) page.emit('kept', tried);
          if (wanted !== undefined) page.emit('wished', { kind: wanted });
          wanted = undefined;
          if (asked) await connect();
          const error = clusters.leftAlone(cluster.id);
          return shown && error !== undefined ? { ...shown, error } : show(signal);
        },
        keep: (trials) => {
          tried = trials;
          return null;
        },
        whatIf: (asked, signal) => {
          whatIf = asked;
          return show(signal);
        },
        newGroup: async (asked, signal) => {
          const before = whatIf;
          const consumerGroup = await model.freeGroup(await client(), reader, signal);
          // What the person asked for meanwhile stands.
          if (whatIf === before) whatIf = { ...asked, consumerGroup };
          return show(signal);
        },
        complete: async (_params, signal) => {
          await model.learnHistory(await client(), reader, whatIf, signal);
          return show(signal);
        },
        choose: (other, signal) => {
          reader = other;
          whatIf = {};
          return show(signal);
        },
        // The files too: they may have been edited since.
        refresh: async (_params, signal) => {
          model = await this.#readFiles();
          await connect();
          return show(signal);
        },
        tryDelivery: async ({ topic }, signal) => {
          const { tryDelivery } = await loadReplay();
          return readThrough(topic, signal, tryDelivery);
        },
        morePlaces: async ({ topic, ...beyond }, signal) => {
          const { morePlaces } = await loadReplay();
          return readThrough(topic, signal, (source, delivery, onRecords) =>
            morePlaces(source, delivery, beyond, onRecords, signal),
          );
        },
        ways: async (wish, signal) => model.ways(await client(), reader, wish, signal),
        compare: (choices) => model.compare(reader, whatIf, choices),
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
          if (!file) throw new Error(noLongerThere(path));
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
            lookingFor: page.panel.title,
          });
          return null;
        },
      },
    });
    const again = new LookAgain(page.panel, () => this.#options.refreshSeconds(), look);
    page.onDidClose(() => closing.abort());
    const wish = (kind: ReplayWish['kind']) => {
      if (shown && page.panel.visible) page.emit('wished', { kind });
      else wanted = kind;
    };
    return { page, wish };
  }
}

const keyOf = ({ cluster, reader }: ReplayMemory): string => JSON.stringify([cluster.id, reader]);

async function chooseWish(component: string): Promise<ReplayWish['kind'] | undefined> {
  const items = WISHES.map(([kind, text]) => ({ label: text(), wish: kind }));
  const title = l10n.t('{0}: I want to…', component);
  return (await vscode.window.showQuickPick(items, { title }))?.wish;
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
      component === undefined
        ? l10n.t('No Dapr component that reads from Kafka is in this workspace. A forecast needs its file.')
        : l10n.t('Nothing reads from Kafka through {0}: there is nothing to forecast.', component),
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
