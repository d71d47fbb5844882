import * as l10n from '@vscode/l10n';

/**
 * Loads the page's translations from the data block that the host put into it. Import this file first of all in a
 * page's main.ts, for its effect; then use `l10n.t('…')` of @vscode/l10n as everywhere else.
 */
const texts = JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as l10n.l10nJsonFormat;
if (Object.keys(texts).length > 0) l10n.config({ contents: texts });
