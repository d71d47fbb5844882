import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GroupBoard, GroupContract, GroupMemory } from '../../../shared/groupPage.ts';
import type { ReadSpec } from '../../../shared/messagesPage.ts';
import { LookAgain } from '../../panels/lookAgain.ts';
import { Page } from '../../panels/page.ts';
import { restoredPages } from '../../panels/restoredPages.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { clusterOf, GroupBoardSource, type Focus } from './groupBoard.ts';

export interface GroupPagesOptions {
  extensionUri: vscode.Uri;
  /** Undefined when the cluster is no longer saved. */
  session: (clusterId: string) => ClusterSession | undefined;
  refreshSeconds: () => number;
}

/** The pages "who reads what": one per group or topic. */
export class GroupPages implements vscode.Disposable {
  readonly #options: GroupPagesOptions;
  readonly #open = new Map<string, Page<GroupContract>>();
  readonly #restoring: vscode.Disposable;

  constructor(options: GroupPagesOptions) {
    this.#options = options;
    this.#restoring = restoredPages<GroupMemory>('group', (panel, memory) => {
      // Opened anew before its tab was seen again.
      const known = this.#open.get(keyOf(memory.cluster.id, memory.focus));
      if (!known) return this.#keep(memory, panel);
      panel.dispose();
      known.reveal();
    });
  }

  open(clusterId: string, focus: Focus): void {
    const known = this.#open.get(keyOf(clusterId, focus));
    if (known) return known.reveal();
    const session = this.#options.session(clusterId);
    if (session) this.#keep({ cluster: clusterOf(session), focus });
  }

  #keep(memory: GroupMemory, restored?: vscode.WebviewPanel): void {
    const key = keyOf(memory.cluster.id, memory.focus);
    const page = this.#create(memory, restored);
    this.#open.set(key, page);
    page.onDidClose(() => this.#open.delete(key));
  }

  dispose(): void {
    this.#restoring.dispose();
    for (const page of [...this.#open.values()]) page.dispose();
  }

  #create(about: GroupMemory, restored?: vscode.WebviewPanel): Page<GroupContract> {
    const { cluster, focus } = about;
    const clusterId = cluster.id;
    const source = new GroupBoardSource(cluster, () => this.#options.session(clusterId), focus);
    /** A page that comes back, after a reload or from behind another tab, comes by itself. */
    let byItself = restored !== undefined;
    const next = (unasked: boolean): Promise<GroupBoard> =>
      source.next(Date.now, this.#options.refreshSeconds(), unasked);
    const tell = async (unasked: boolean) => page.emit('board', await next(unasked));
    const page = new Page<GroupContract>({
      extensionUri: this.#options.extensionUri,
      name: 'group',
      title: 'group' in focus ? focus.group : l10n.t('{0}: who reads', focus.topic),
      cluster: cluster.name,
      about,
      ...(restored ? { panel: restored } : {}),
      handlers: {
        ready: async () => {
          const asked = next(byItself);
          byItself = true;
          const board = await asked;
          again.later();
          return board;
        },
        refresh: async () => {
          await tell(false);
          again.later();
          return null;
        },
        openGroup: ({ group }) => {
          this.open(clusterId, { group });
          return null;
        },
        showMessage: async ({ topic, partition, offset }) => {
          const read: ReadSpec = {
            start: { kind: 'offset', offset },
            end: { kind: 'follow' },
            partitions: [partition],
            isolation: 'read_committed',
            filter: null,
          };
          await vscode.commands.executeCommand('kafkaDapr.tailMessages', { clusterId, topic, read });
          return null;
        },
        change: async ({ what, group }) => {
          const command = what === 'reset' ? 'kafkaDapr.resetOffsets' : 'kafkaDapr.deleteGroup';
          await vscode.commands.executeCommand(command, { clusterId, group });
          return null;
        },
      },
    });
    const again = new LookAgain(page.panel, this.#options.refreshSeconds, () => tell(true));
    return page;
  }
}

const keyOf = (clusterId: string, focus: Focus): string => JSON.stringify([clusterId, focus]);
