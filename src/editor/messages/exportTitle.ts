import * as l10n from '@vscode/l10n';
import type { ExportWish } from '../../shared/messagesPanel.ts';

/** What is about to be exported. `language`: whose separators. */
export function exportTitle(topic: string, wish: ExportWish, language: string): string {
  if (wish.kind === 'range')
    return wish.read.filter
      ? l10n.t('Export all that the filter finds in the range of {0}', topic)
      : l10n.t('Export the whole range of {0}', topic);
  const count = wish.to - wish.from;
  const number = count.toLocaleString(language);
  if (wish.chosen)
    return count === 1
      ? l10n.t('Export the chosen message of {0}', topic)
      : l10n.t('Export the {0} chosen messages of {1}', number, topic);
  return count === 1
    ? l10n.t('Export the message of {0} found so far', topic)
    : l10n.t('Export the {0} messages of {1} found so far', number, topic);
}
