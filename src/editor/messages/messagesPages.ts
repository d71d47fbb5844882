import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { Login } from '../../core/kafka/transport/tokens.ts';
import type { ReadSpec, StartSpec } from '../../shared/messagesPage.ts';
import type { NamedStart, PageMemory } from '../../shared/messagesPanel.ts';
import { restoredPages } from '../panels/restoredPages.ts';
import { rowCommand } from '../panels/rowCommand.ts';
import { chooseTopic } from './chooseTopic.ts';
import { linkQuery, parseLink } from './messageLink.ts';
import type { MessagesPanel, MessagesPanelParts, MessagesPanelSpec } from './messagesPanel.late.ts';
import { Presets } from './presets.ts';
import { TopicViews } from './topicViews.ts';
import type { RedrivePages, RedrivePagesOptions } from './redrivePages.ts';
import { RecordDocuments } from './recordDocuments.ts';

export interface MessagesPagesOptions {
  context: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalState' | 'extension'>;
  /** Saved clusters; a profile that is gone is undefined. */
  profiles: { get(id: string): ClusterProfile | undefined; list(): readonly ClusterProfile[] };
  login(profile: ClusterProfile): Promise<Login>;
  /** What a redrive needs besides; also what is offered to be read. */
  redrive: Pick<RedrivePagesOptions, 'topics' | 'deadLettersOf' | 'confirm'>;
  /** Where Dapr components of the workspace would start; without it that start is not offered. */
  starts?: (clusterId: string, topic: string) => Promise<NamedStart[]>;
}

const loadPanel = () => import('./messagesPanel.late.ts');

/** What `kafkaDapr.tailMessages` is called with; a topic or partition of the tree has these fields. */
export interface TailTarget {
  clusterId: string;
  topic: string;
  partition?: number;
  /** Only where to start; the rest as by default. */
  start?: StartSpec;
  /** Default: the newest 100 and then what arrives. */
  read?: ReadSpec;
  /**
   * Who looks at one place after the other: the page takes the place of the last one that was opened for the same name,
   * unless somebody has done more there than look.
   */
  lookingFor?: string;
}

const FIRST_READ: ReadSpec = {
  start: { kind: 'last', count: 100 },
  end: { kind: 'follow' },
  partitions: [],
  isolation: 'read_committed',
  filter: null,
};

/** All open messages pages: opened by command or link, and again after a reload of the window. */
export class MessagesPages implements vscode.Disposable {
  readonly #options: MessagesPagesOptions;
  readonly #parts: MessagesPanelParts;
  readonly #redrive: RedrivePagesOptions;
  /** Made for the first redrive. */
  #redrives: Promise<RedrivePages> | undefined;
  readonly #open = new Set<MessagesPanel>();
  /** The last page by {@link TailTarget.lookingFor}. */
  readonly #looks = new Map<string, MessagesPanel>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(options: MessagesPagesOptions) {
    this.#options = options;
    const { context } = options;
    const documents = new RecordDocuments();
    const { extensionUri } = context;
    const workerPath = vscode.Uri.joinPath(extensionUri, 'dist', 'scanWorker.js').fsPath;
    const login = (profile: ClusterProfile) => options.login(profile);
    this.#redrive = { ...options.redrive, extensionUri, workerPath, login };
    this.#parts = {
      extensionUri,
      workerPath,
      presets: new Presets(context.globalState),
      views: new TopicViews(context.globalState),
      documents,
      login,
      redrive: async (profile, topic, source) => {
        this.#redrives ??= loadPanel().then(({ RedrivePages }) => new RedrivePages(this.#redrive));
        await (await this.#redrives).open(profile, topic, source);
      },
      starts: async (clusterId, topic) => (await options.starts?.(clusterId, topic)) ?? [],
      link: (profile, topic, read, view) => {
        const query = linkQuery({ clusterId: profile.id, clusterName: profile.name, topic, read, view });
        return `${vscode.env.uriScheme}://${context.extension.id}/messages?${query}`;
      },
    };
    this.#subscriptions = [
      documents,
      { dispose: () => void this.#redrives?.then((pages) => pages.dispose()) },
      rowCommand<TailTarget>('tailMessages', (target) => this.tail(target)),
      vscode.commands.registerCommand('kafkaDapr.readTopic', async () => {
        const target = await chooseTopic(options.profiles.list(), options.redrive.topics);
        if (target) await this.tail(target);
      }),
      restoredPages<PageMemory>('messages', (panel, memory) => this.#restore(panel, memory)),
      vscode.window.registerUriHandler({ handleUri: (uri) => this.#follow(uri) }),
    ];
  }

  /** Opens a page on the topic. */
  async tail(target: TailTarget): Promise<void> {
    const profile = this.#options.profiles.get(target.clusterId);
    if (!profile) throw new Error(l10n.t('This cluster is not saved here any more. Add it again.'));
    const read = target.read ?? {
      ...FIRST_READ,
      ...(target.start === undefined ? {} : { start: target.start }),
      partitions: target.partition === undefined ? [] : [target.partition],
    };
    const panel = await this.#add({ profile, topic: target.topic, read });
    if (target.lookingFor === undefined) return;
    const last = this.#looks.get(target.lookingFor);
    this.#looks.set(target.lookingFor, panel);
    if (last?.onlyLookedAt === true) last.dispose();
  }

  dispose(): void {
    for (const panel of this.#open) panel.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #add(spec: MessagesPanelSpec): Promise<MessagesPanel> {
    if (!vscode.workspace.isTrusted)
      throw new Error(l10n.t('No connection is made from a workspace that is not trusted. Trust it, then try again.'));
    const { MessagesPanel } = await loadPanel();
    const panel = new MessagesPanel(this.#parts, spec);
    this.#open.add(panel);
    panel.onDidClose(() => {
      this.#open.delete(panel);
      for (const [name, last] of this.#looks) if (last === panel) this.#looks.delete(name);
    });
    return panel;
  }

  async #restore(panel: vscode.WebviewPanel, memory: PageMemory): Promise<void> {
    const profile = this.#options.profiles.get(memory.clusterId);
    if (!profile || !vscode.workspace.isTrusted) panel.dispose();
    else await this.#add({ profile, topic: memory.topic, read: memory.read, restored: { panel, memory } });
  }

  /** A link names a cluster by id, else by name, and must not connect anywhere else. */
  async #follow(uri: vscode.Uri): Promise<void> {
    const link = uri.path === '/messages' ? parseLink(uri.query) : null;
    if (!link) {
      void vscode.window.showErrorMessage(
        l10n.t('This link does not name a topic and a range to read. Copy it again from its page.'),
      );
      return;
    }
    const { profiles } = this.#options;
    const profile = profiles.get(link.clusterId) ?? profiles.list().find((p) => p.name === link.clusterName);
    const { topic, read, view } = link;
    if (profile) await this.#add({ profile, topic, read, ...(view ? { view } : {}) });
    else
      void vscode.window.showErrorMessage(
        l10n.t(
          'The link reads from the cluster "{0}", which is not saved here. Add it under that name, then open the link again.',
          link.clusterName,
        ),
      );
  }
}
