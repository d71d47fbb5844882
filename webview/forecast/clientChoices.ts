import type { ClientChoices } from '../../src/shared/replayPage.ts';

export type SeekKind = ClientChoices['seek']['kind'];

/** The seek that is said so far; null while its offset or time is missing. `value`: digits, or a local time. */
export function seekOf(kind: SeekKind, value: string): ClientChoices['seek'] | null {
  switch (kind) {
    case 'no':
    case 'beginning':
    case 'end':
      return { kind };
    case 'offset':
      return /^\d+$/.test(value) ? { kind, offset: Number(value) } : null;
    case 'time': {
      const timestamp = new Date(value).getTime();
      return Number.isNaN(timestamp) ? null : { kind, timestamp };
    }
  }
}
