import { css } from 'lit';

export const gridStyles = css`
  :host {
    display: block;
    min-height: 0;
    position: relative;
  }
  .grid {
    box-sizing: border-box;
    height: 100%;
    overflow: auto;
    overflow-anchor: none;
    scrollbar-gutter: stable;
    outline: none;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 12px);
  }
  .header,
  .layer,
  .spacer {
    min-width: var(--least-width, 0);
  }
  .row {
    cursor: default;
  }
  .header,
  .header .cell {
    height: 22px;
    line-height: 22px;
  }
  /* The grid sets it, by its font. */
  .layer .row,
  .layer .cell {
    height: var(--row-height);
    line-height: var(--row-height);
  }
  .header {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--vscode-editor-background);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
    font-weight: 600;
    color: var(--vscode-foreground);
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  /* Each cell is laid out by itself: a frame with other texts costs those texts. */
  .layer .cell {
    contain: layout size;
  }
  .layer .row {
    contain: strict;
    position: relative;
  }
  .layer {
    position: sticky;
    top: 23px;
    height: calc(100% - 23px);
    overflow: clip;
  }
  .rows {
    position: absolute;
    inset: 0 0 auto;
  }
  .rows.hidden {
    translate: 0 -100%;
  }
  .cell {
    position: absolute;
    box-sizing: border-box;
    padding: 0 8px;
    overflow: clip;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .layer .text {
    white-space: pre;
    unicode-bidi: isolate;
    direction: ltr;
  }
  .numeric {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .absent {
    color: var(--vscode-descriptionForeground);
    font-style: italic;
  }
  .row.failed .value,
  .mark {
    color: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
  }
  .mark {
    margin-right: 4px;
  }
  .row.aborted .value {
    text-decoration: line-through;
  }
  .layer .row:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .layer .row.selected {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .grid:focus .row.selected {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground);
    outline-color: var(--vscode-list-focusOutline, var(--vscode-focusBorder));
  }
  .grid:focus .row.selected .absent,
  .grid:focus .row.selected .mark {
    color: inherit;
  }
  .grid:focus-visible .header {
    border-bottom-color: var(--vscode-focusBorder);
  }
  .digit {
    position: absolute;
    top: 0;
    width: 1ch;
    height: 1em;
    visibility: hidden;
  }
  .sort {
    all: unset;
    cursor: pointer;
  }
  .sort:hover {
    text-decoration: underline;
  }
  .sort:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .grip {
    position: absolute;
    right: 0;
    top: 3px;
    bottom: 3px;
    width: 5px;
    cursor: col-resize;
    /* A finger that pulls here scrolls nothing. */
    touch-action: none;
    border-right: 1px solid var(--vscode-panel-border, transparent);
  }
`;
