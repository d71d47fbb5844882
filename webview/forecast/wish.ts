import type { ReplayWish } from '../../src/shared/replayPage.ts';

/** A wish as far as it is said. */
export interface SaidWish {
  kind: ReplayWish['kind'] | '';
  /** A local time, or digits. */
  value: string;
}

export const NO_WISH: SaidWish = { kind: '', value: '' };

/** The wish, once it is said; null while its time or offset is missing. */
export function wishOf({ kind, value }: SaidWish): ReplayWish | null {
  switch (kind) {
    case '':
      return null;
    case 'since': {
      const timestamp = new Date(value).getTime();
      return Number.isNaN(timestamp) ? null : { kind, timestamp };
    }
    case 'from-offset':
      return /^\d+$/.test(value) ? { kind, offset: Number(value) } : null;
    case 'everything':
    case 'only-new':
    case 'second-reader':
    case 'every-instance':
      return { kind };
  }
}
