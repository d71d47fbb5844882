import { css } from 'lit';

export const pageStyles = css`
  .page {
    display: flex;
    flex-direction: column;
    height: 100%;
    box-sizing: border-box;
    padding: 6px 12px 4px;
    gap: 6px;
  }
  .asked {
    display: flex;
    flex-direction: column;
    gap: 6px;
    /* A layer of its own is not painted anew while records stream in below; its lists lie above those. */
    isolation: isolate;
    position: relative;
    z-index: 2;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  h1 {
    font-size: 1.1em;
    font-weight: 600;
    margin: 0;
  }
  .muted {
    color: var(--vscode-descriptionForeground);
  }
  .space {
    flex: 1;
  }
  .problem {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 4px 8px;
    background: var(--vscode-inputValidation-warningBackground);
    border: 1px solid var(--vscode-inputValidation-warningBorder);
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  }
  .data {
    position: relative;
    flex: 1;
    min-height: 66px;
    display: flex;
    flex-direction: column;
  }
  record-grid {
    flex: 1;
  }
  .empty {
    position: absolute;
    inset: 30px 0 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 10px;
    text-align: center;
    pointer-events: none;
  }
  .empty > * {
    pointer-events: auto;
    margin: 0;
  }
  .pill {
    position: absolute;
    bottom: 8px;
    left: 50%;
    transform: translateX(-50%);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 11px;
    padding: 2px 12px;
    cursor: pointer;
    font: inherit;
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
  }
  .pill.above {
    top: 30px;
    bottom: auto;
  }
  .pill:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  .status {
    position: relative;
    display: flex;
    align-items: baseline;
    gap: 12px;
    min-height: 18px;
    font-variant-numeric: tabular-nums;
    color: var(--vscode-descriptionForeground);
  }
  /* For ears only. */
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    white-space: nowrap;
    clip-path: inset(50%);
  }
  .link {
    all: unset;
    cursor: pointer;
    color: var(--vscode-textLink-foreground);
  }
  .link:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .connection {
    color: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
  }
  pane-splitter {
    flex: none;
  }
  detail-pane {
    flex: none;
    height: var(--detail-height, 240px);
  }
  .width {
    width: 64px;
    text-align: right;
  }
  .menu {
    position: relative;
  }
  .list {
    position: absolute;
    z-index: 2;
    right: 0;
    top: 100%;
    display: flex;
    flex-direction: column;
    gap: 4px;
    padding: 8px;
    white-space: nowrap;
    color: var(--vscode-menu-foreground, var(--vscode-foreground));
    background: var(--vscode-menu-background, var(--vscode-editorWidget-background));
    border: 1px solid var(--vscode-menu-border, var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)));
  }
  .list.from-left {
    right: auto;
    left: 0;
  }
`;
