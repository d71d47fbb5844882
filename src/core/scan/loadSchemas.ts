import type { BatchEvent } from '../kafka/read/readEvent.ts';
import { CorruptData } from '../kafka/records/corrupt.ts';
import { cursorOver } from '../kafka/records/unpack.ts';
import type { ShownRecords } from './shownRecord.ts';

/** Asks for the schemas that the records of a batch name, so that a filter finds all of them there. */
export async function loadSchemas({ batch, unpacked }: BatchEvent, shown: ShownRecords): Promise<void> {
  if (shown.plain) return;
  const cursor = cursorOver(batch, unpacked);
  try {
    while (cursor.next()) {
      const decoded = shown.decode(cursor);
      if (decoded instanceof Promise) await decoded;
    }
  } catch (error) {
    // The scan makes a row of its own of what is broken.
    if (!(error instanceof CorruptData)) throw error;
  }
}
