import { css } from 'lit';

export const timelineStyles = css`
  :host {
    display: block;
    color: var(--vscode-descriptionForeground);
  }
  .bars {
    display: block;
    width: 100%;
    cursor: crosshair;
    touch-action: none;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  .bars:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .bar {
    fill: var(--vscode-charts-blue);
  }
  .bar.p1 {
    fill: var(--vscode-charts-green);
  }
  .bar.p2 {
    fill: var(--vscode-charts-yellow);
  }
  .bar.p3 {
    fill: var(--vscode-charts-purple);
  }
  .bar.p4 {
    fill: var(--vscode-charts-red);
  }
  .bar.p5 {
    fill: var(--vscode-terminal-ansiCyan);
  }
  .plot {
    position: relative;
  }
  .lanes {
    max-height: 144px;
    overflow-y: auto;
  }
  .coming {
    height: 36px;
  }
  .names {
    position: absolute;
    top: 0;
    left: 12px;
    pointer-events: none;
  }
  .names div {
    height: 18px;
  }
  .lane {
    display: inline-block;
    margin-top: 2px;
    padding: 0 3px;
    height: 14px;
    line-height: 14px;
    background: var(--vscode-editor-background);
    font-size: 0.85em;
    vertical-align: top;
    color: var(--vscode-foreground);
  }
  .chosen {
    fill: var(--vscode-editor-selectionBackground);
    stroke: var(--vscode-contrastActiveBorder, transparent);
  }
  .caption {
    display: flex;
    /* What has no room goes below; a time is not broken, and the reason why there is no timeline is read to its end. */
    flex-wrap: wrap;
    justify-content: space-between;
    column-gap: 12px;
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
  }
  .caption button {
    all: unset;
    margin-left: 8px;
    cursor: pointer;
    color: var(--vscode-textLink-foreground);
  }
  .as-of {
    margin-left: 8px;
    color: var(--vscode-descriptionForeground);
  }
  .caption button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .caption button[aria-disabled='true'] {
    cursor: default;
    color: var(--vscode-disabledForeground);
  }
  .problem {
    color: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
  }
`;
