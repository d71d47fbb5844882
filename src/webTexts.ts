// Stands for `@vscode/l10n` in the browser's build: there VS Code itself knows the translations.
import * as vscode from 'vscode';

export const t = vscode.l10n.t;
