/** The only importer of the toolkit of form controls, so that its successor can replace it. Imported for its effect. */
import {
  allComponents,
  provideVSCodeDesignSystem,
  type Checkbox,
  type Dropdown,
  type TextArea,
  type TextField,
} from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(allComponents);

/**
 * Gives the controls below `root` their names. The toolkit overwrites a control's aria-label by "Text field" when it is
 * connected, so the name waits in data-label. Call after each rendering.
 */
export function nameControls(root: ParentNode): void {
  for (const control of root.querySelectorAll<HTMLElement>('[data-label]'))
    if (control.ariaLabel !== control.dataset['label']) control.ariaLabel = control.dataset['label'] ?? null;
}

export type { Checkbox, Dropdown, TextArea, TextField };
