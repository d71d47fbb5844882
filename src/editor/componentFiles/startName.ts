import * as l10n from '@vscode/l10n';
import type { Reader } from '../../core/dapr/delivery/readers.ts';

/** Where a reader starts on a partition without a commit, in Dapr's and, unless `short`, Kafka's word. */
export function startName(reader: Reader, short = false): string {
  switch (reader.initialOffset) {
    case 'newest':
      return short ? l10n.t('starts at newest') : l10n.t('starts at newest (Kafka: latest)');
    case 'oldest':
      return short ? l10n.t('starts at oldest') : l10n.t('starts at oldest (Kafka: earliest)');
    case null: {
      const value = refusedStart(reader);
      return value === null
        ? l10n.t('initialOffset is not known here')
        : l10n.t('daprd does not start: it refuses initialOffset {0}', value);
    }
  }
}

/** The initialOffset with which daprd does not start; null: it takes it, or the files do not tell it. */
export function refusedStart(reader: Reader): string | null {
  if (reader.initialOffset !== null) return null;
  return reader.metadata.findLast((item) => item.name === 'initialOffset')?.value ?? null;
}
