import * as l10n from '@vscode/l10n';
import { CorruptData } from '../corrupt.ts';

/** @param limit bytes */
export const tooLong = (limit: number): CorruptData =>
  new CorruptData(l10n.t('the batch unpacks to more than {0} MiB', Math.round(limit / 1048576)));
