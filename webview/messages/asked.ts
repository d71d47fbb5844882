import type { FilterSpec, ReadSpec } from '../../src/shared/messagesPage.ts';
import { draftOf, readOf, type ReadDraft } from './readDraft.ts';

/** What is asked for, as it is written above the grid: a range and a filter. */
export class Asked {
  draft: ReadDraft | null = null;
  /** The draft whose offsets are shown before it is read; null: nothing has changed since it was. */
  preview: ReadDraft | null = null;
  filter: FilterSpec | null = null;

  take(read: ReadSpec): void {
    this.draft = draftOf(read);
    this.filter = read.filter;
  }

  write(draft: ReadDraft): void {
    this.preview = this.draft = draft;
  }

  change(part: Partial<ReadDraft>): void {
    if (this.draft) this.draft = { ...this.draft, ...part };
  }

  /** The range to read from now on; null: it is not understood, as it says itself beside what is wrong. */
  range(): Omit<ReadSpec, 'filter'> | null {
    const range = this.draft && readOf(this.draft, Date.now());
    if (!range || !('start' in range)) return null;
    this.preview = null;
    return range;
  }
}
