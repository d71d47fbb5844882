import * as l10n from '@vscode/l10n';
import { LitElement, css, html } from 'lit';
import { jsonKind, type Json } from '../../src/shared/json.ts';
import { visible } from '../../src/shared/visible.ts';
import { CHILDREN, jsonRows, jsonText, type JsonRow } from './jsonRows.ts';

/**
 * A JSON value as a tree: arrows move, unfold and fold, as in every tree of VS Code. Where its places can be columns of
 * the grid, tells `column` {pointer} when one is wanted: its button, or the key c.
 */
export class JsonTree extends LitElement {
  static override properties = {
    value: { attribute: false },
    label: { type: String },
    columns: { attribute: false },
    current: { state: true },
    open: { state: true },
  };
  declare value: Json;
  declare label: string;
  /** Its places can be columns of the grid. */
  declare columns: boolean;
  declare current: string;
  declare open: ReadonlySet<string>;

  static override styles = css`
    .tree {
      outline: none;
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: var(--vscode-editor-font-size, 12px);
      line-height: 1.5;
    }
    .node {
      display: flex;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      unicode-bidi: isolate;
    }
    .tree:focus .current {
      background: var(--vscode-list-focusBackground, var(--vscode-list-hoverBackground));
      outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
      outline-offset: -1px;
    }
    .twist {
      flex: none;
      width: 1.4em;
      color: var(--vscode-descriptionForeground);
      cursor: pointer;
      user-select: none;
    }
    .column {
      all: unset;
      flex: none;
      align-self: start;
      padding: 0 6px;
      cursor: pointer;
      color: var(--vscode-textLink-foreground);
      visibility: hidden;
    }
    .node:hover .column,
    .current .column {
      visibility: visible;
    }
    .indent {
      flex: none;
    }
    .name {
      flex: none;
      max-width: 50%;
      color: var(--vscode-symbolIcon-propertyForeground, var(--vscode-foreground));
    }
    .string {
      color: var(--vscode-debugTokenExpression-string);
    }
    .number {
      color: var(--vscode-debugTokenExpression-number);
    }
    .keyword {
      color: var(--vscode-debugTokenExpression-boolean);
    }
    .branch {
      color: var(--vscode-descriptionForeground);
    }
  `;

  constructor() {
    super();
    this.columns = true;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('value')) return;
    this.current = '';
    const top = jsonRows(this.value, new Set(['']));
    this.open = new Set([
      '',
      ...top
        .slice(1)
        .filter((r) => r.size !== null && r.size <= 20)
        .map((r) => r.path),
    ]);
  }

  override render() {
    const rows = jsonRows(this.value, this.open);
    return html`<div
      class="tree"
      role="tree"
      tabindex="0"
      aria-label=${this.label}
      aria-activedescendant="node-${rows.findIndex((r) => r.path === this.current)}"
      @keydown=${(e: KeyboardEvent) => this.#key(e, rows)}
    >
      ${rows.map((row, i) => this.#node(row, i))}
    </div>`;
  }

  #node(row: JsonRow, index: number) {
    const more = row.open && row.size !== null && row.size > CHILDREN;
    const text = visible(jsonText(row)) + (more ? ` ${l10n.t('the first {0} are shown', CHILDREN)}` : '');
    return html`<div
      id="node-${index}"
      class="node ${row.path === this.current ? 'current' : ''}"
      role="treeitem"
      aria-level=${row.depth + 1}
      aria-expanded=${row.size === null ? 'undefined' : row.open}
      aria-selected=${row.path === this.current}
      @click=${() => this.#click(row)}
    >
      <span class="indent">${'  '.repeat(row.depth)}</span
      ><span class="twist" aria-hidden="true">${row.size ? (row.open ? '▾' : '▸') : ' '}</span>${
        row.name === null ? '' : html`<span class="name">${visible(row.name)}: </span>`
      }<span class=${jsonKind(row.value)}>${text}</span>${this.#canBeColumn(row) ? this.#columnButton(row) : ''}
    </div>`;
  }

  #columnButton(row: JsonRow) {
    const text = l10n.t('Show {0} as a column (c)', row.name ?? '');
    const tell = (event: Event) => {
      event.stopPropagation();
      this.#tellColumn(row);
    };
    // No line breaks: the tree shows them.
    return html`<button class="column" tabindex="-1" title=${text} aria-label=${text} @click=${tell}>⊞</button>`;
  }

  #canBeColumn(row: JsonRow): boolean {
    return this.columns && row.path !== '';
  }

  #tellColumn({ path }: JsonRow): void {
    this.dispatchEvent(new CustomEvent('column', { detail: { pointer: path } }));
  }

  #click(row: JsonRow): void {
    this.current = row.path;
    // Selecting text with the mouse must not fold the node under it.
    if (row.size !== null && document.getSelection()?.isCollapsed !== false) this.#fold(row, !row.open);
  }

  #fold(row: JsonRow, unfold: boolean): void {
    const open = new Set(this.open);
    if (unfold) open.add(row.path);
    else open.delete(row.path);
    this.open = open;
  }

  #key(event: KeyboardEvent, rows: JsonRow[]): void {
    const at = rows.findIndex((r) => r.path === this.current);
    const row = rows[at];
    if (!row) return;
    const go = (index: number) => (this.current = rows[Math.max(0, Math.min(rows.length - 1, index))]?.path ?? '');
    switch (event.key) {
      case 'ArrowDown':
        go(at + 1);
        break;
      case 'ArrowUp':
        go(at - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(rows.length - 1);
        break;
      case 'ArrowRight':
        if (row.size !== null && !row.open) this.#fold(row, true);
        else if (row.open) go(at + 1);
        break;
      case 'c':
        if (event.ctrlKey || event.metaKey || event.altKey || !this.#canBeColumn(row)) return;
        this.#tellColumn(row);
        break;
      case 'ArrowLeft':
        if (row.open) this.#fold(row, false);
        else this.current = row.path.slice(0, Math.max(0, row.path.lastIndexOf('/')));
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}

customElements.define('json-tree', JsonTree);
