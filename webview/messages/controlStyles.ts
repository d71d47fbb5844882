import { css } from 'lit';

/** Native fields drawn like VS Code's own, for what the toolkit has no accessible control for. */
export const controlStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
  }
  label,
  .group {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    white-space: nowrap;
  }
  select,
  input {
    height: 24px;
    box-sizing: border-box;
    font: inherit;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
    border-radius: 2px;
    padding: 0 6px;
    min-width: 0;
    max-width: 100%;
  }
  select {
    /* As wide as what is chosen: nothing of it is cut off. */
    field-sizing: content;
    max-width: 320px;
    color: var(--vscode-dropdown-foreground);
    background: var(--vscode-dropdown-background);
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
  select:focus-visible,
  input:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  input[aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder);
  }
  /* The toolkit knows one border for all buttons; themes have one of their own for those that are not the first choice. */
  vscode-button[appearance='secondary'] {
    --button-border: var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
  }
  .icon {
    font-family: codicon;
    font-size: 16px;
    line-height: 16px;
  }
  /* The editor's, not the general one: that is too pale to be read on white. */
  .error {
    color: var(--vscode-editorError-foreground);
  }
  .ok {
    color: var(--vscode-charts-green);
  }
  .warning {
    color: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
  }
  .muted {
    color: var(--vscode-descriptionForeground);
  }
`;
