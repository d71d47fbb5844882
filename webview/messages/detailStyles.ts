import { css } from 'lit';
import { controlStyles } from './controlStyles.ts';

export const detailStyles = [
  controlStyles,
  css`
    :host {
      display: flex;
      flex-direction: column;
      flex-wrap: nowrap;
      align-items: stretch;
      min-height: 0;
      gap: 4px;
    }
    .bar {
      position: relative;
      padding-right: 30px;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 8px;
    }
    /* In its corner, however many lines the buttons beside it take. */
    .close {
      position: absolute;
      top: 0;
      right: 0;
    }
    .tabs {
      display: flex;
    }
    [role='tab'] {
      all: unset;
      padding: 3px 8px;
      cursor: pointer;
      color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-foreground));
      border-bottom: 1px solid transparent;
    }
    [role='tab'][aria-selected='true'] {
      color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
      border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--vscode-focusBorder));
    }
    [role='tab']:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    .space {
      flex: 1;
    }
    .content {
      flex: 1;
      min-height: 0;
      overflow: auto;
      outline: none;
    }
    .content:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
    pre {
      margin: 0;
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: var(--vscode-editor-font-size, 12px);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    pre.hex {
      white-space: pre;
    }
    table {
      border-spacing: 0;
      font-family: var(--vscode-editor-font-family, monospace);
      font-size: var(--vscode-editor-font-size, 12px);
    }
    th {
      text-align: left;
      font-weight: normal;
      color: var(--vscode-descriptionForeground);
      padding: 1px 16px 1px 0;
      vertical-align: top;
    }
    td {
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      unicode-bidi: isolate;
    }
    td.fact {
      white-space: normal;
    }
  `,
];
