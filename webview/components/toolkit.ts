/** The only importer of the toolkit of form controls, so that its successor can replace it. Imported for its effect. */
import {
  allComponents,
  provideVSCodeDesignSystem,
  type Button,
  type Checkbox,
  type Dropdown,
  type TextArea,
  type TextField,
} from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(allComponents);

export type { Button, Checkbox, Dropdown, TextArea, TextField };
