import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { GroupBoard, GroupContract } from '../../../shared/groupPage.ts';
import type { ReadSpec } from '../../../shared/messagesPage.ts';
import { LookAgain } from '../../panels/lookAgain.ts';
import { Page } from '../../panels/page.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { GroupBoardSource, type Focus } from './groupBoard.ts';

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

  constructor(options: GroupPagesOptions) {
    this.#options = options;
  }

  open(clusterId: string, focus: Focus): void {
    const key = JSON.stringify([clusterId, focus]);
    const known = this.#open.get(key);
    if (known) return known.reveal();
    const session = this.#options.session(clusterId);
    if (!session) return;
    const page = this.#create(session, focus);
    this.#open.set(key, page);
    page.onDidClose(() => this.#open.delete(key));
  }

  dispose(): void {
    for (const page of [...this.#open.values()]) page.dispose();
  }

  #create(session: ClusterSession, focus: Focus): Page<GroupContract> {
    const { id: clusterId } = session.profile;
    const source = new GroupBoardSource(session, () => this.#options.session(clusterId), focus);
    const next = (byItself: boolean): Promise<GroupBoard> =>
      source.next(Date.now, this.#options.refreshSeconds(), byItself);
    const tell = async (byItself: boolean) => page.emit('board', await next(byItself));
    const page = new Page<GroupContract>({
      extensionUri: this.#options.extensionUri,
      name: 'group',
      title: 'group' in focus ? focus.group : l10n.t('{0}: who reads', focus.topic),
      cluster: session.profile.name,
      handlers: {
        ready: async () => {
          const board = await next(false);
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
