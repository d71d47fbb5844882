import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { GroupBoard, GroupContract, GroupMemory } from '../../src/shared/groupPage.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { about } from '../components/about.ts';
import { PageElement } from '../components/element.ts';
import { RpcClient } from '../components/rpc.ts';
import { matrix, type MatrixActions } from './matrix.ts';
import { partitionBars } from './partitionBars.ts';

/** The page "who reads what" of one group or one topic. */
class GroupPage extends PageElement {
  static override readonly properties = { board: { state: true }, failure: { state: true } };
  declare board: GroupBoard | undefined;
  declare failure: string | undefined;
  readonly #rpc = new RpcClient<GroupContract>();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#rpc.state = about<GroupMemory>();
    this.#rpc.on('board', (board) => (this.board = board));
    this.#ask(this.#rpc.request('ready', {}).then((board) => (this.board = board)));
  }

  override render(): TemplateResult {
    const { board } = this;
    if (!board)
      return html`<main aria-busy=${this.failure === undefined}>
        <p role="status">${this.failure ?? l10n.t('Asking the cluster who reads what…')}</p>
      </main>`;
    const focused = 'group' in board.focus ? board.focus.group : undefined;
    const block = board.groups.find((b) => b.group === focused);
    return html`<main>
      <header>
        <h1>${oneLine('group' in board.focus ? board.focus.group : board.focus.topic)}</h1>
        <span class="cluster">${oneLine(board.cluster.name)}</span>
        <span class="grow"></span>
        <span class="when">${this.#when(board)}</span>
        <button class="link" @click=${() => this.#ask(this.#rpc.request('refresh', {}))}>${l10n.t('Refresh')}</button>
      </header>
      <p class="caption">
        ${l10n.t('Each group gets every message; inside a group each partition has one reader.')}
        ${
          board.groups.some((b) => b.type === 'share')
            ? l10n.t(
                'A share group is the exception: several members may read a partition, each message goes to one of them.',
              )
            : nothing
        }
        ${l10n.t('■ reads the partition, □ nobody does; the number is the lag, none: nothing was committed.')}
      </p>
      ${this.#problem(board.error ?? this.failure)} ${this.#content(board)}
      ${block && block.cells.length > 0 ? partitionBars(block) : nothing}
    </main>`;
  }

  #content(board: GroupBoard): TemplateResult {
    if (board.at === null) return html`${nothing}`;
    if (board.groups.length > 0) return matrix(board, this.#actions);
    if ('group' in board.focus) return html`<p role="status">${this.#whenItExists(board)}</p>`;
    // Nobody knows: the reason stands above.
    if (board.error !== undefined) return html`${nothing}`;
    const text = l10n.t('Nobody reads {0}: no group has a commit or a member on it.', board.focus.topic);
    return html`<p role="status">${text}</p>`;
  }

  /** Below the reason why it is not there. */
  #whenItExists({ seenAt }: GroupBoard): string {
    const exists = l10n.t(
      'A group exists from its first member or commit until its last commit expires or it is deleted.',
    );
    if (seenAt === null) return exists;
    const time = new Date(seenAt).toLocaleTimeString(document.documentElement.lang);
    return `${l10n.t('It was here at {0}.', time)} ${exists}`;
  }

  #problem(text: string | undefined): TemplateResult | typeof nothing {
    return text === undefined ? nothing : html`<p class="problem" role="alert">${oneLine(text)}</p>`;
  }

  #when(board: GroupBoard): string {
    if (board.at === null) return '';
    const time = new Date(board.at).toLocaleTimeString(document.documentElement.lang);
    return board.refreshSeconds > 0
      ? l10n.t('as of {0}, every {1} s', time, board.refreshSeconds)
      : l10n.t('as of {0}', time);
  }

  readonly #actions: MatrixActions = {
    openGroup: (group) => this.#ask(this.#rpc.request('openGroup', { group })),
    showMessage: ({ topic, partition, committed }) =>
      this.#ask(this.#rpc.request('showMessage', { topic, partition, offset: committed ?? 0 })),
    change: (what, group) => this.#ask(this.#rpc.request('change', { what, group })),
  };

  /** A failure of a request is shown above the table. */
  #ask(request: Promise<unknown>): void {
    request.then(
      () => (this.failure = undefined),
      (error: Error) => (this.failure = error.message),
    );
  }
}

customElements.define('group-page', GroupPage);
