import type { ReplayWish } from '../../src/shared/replayPage.ts';

/** The wish that is said so far; null while its time or offset is missing. `value`: a local time, or digits. */
export function wishOf(kind: ReplayWish['kind'] | '', value: string): ReplayWish | null {
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
