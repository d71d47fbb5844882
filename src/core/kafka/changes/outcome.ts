import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import { missingRight, type Right } from '../protocol/rights.ts';

/** What became of each item of a change. */
export interface ChangeOutcome {
  /** Names of what was changed. */
  done: string[];
  failed: { name: string; message: string }[];
}

/** Sorts the answers of a broker; a null message means that it went well. */
export function outcome(items: readonly { name: string; message: string | null }[]): ChangeOutcome {
  return {
    done: items.filter((item) => item.message === null).map((item) => item.name),
    failed: items.flatMap(({ name, message }) => (message === null ? [] : [{ name, message }])),
  };
}

/**
 * Why a broker did not do it; null: it did. `needed`: the rights that it takes. `detail` is the broker's own word, where it
 * sent one.
 */
export function refusal(code: number, needed: readonly Right[], detail: string | null = null): string | null {
  if (code === 0) return null;
  const missing = missingRight(code, needed);
  if (missing !== null) return missing;
  const sentence = kafkaErrorSentence(code);
  return detail === null || detail === '' ? sentence : `${sentence} (${detail})`;
}
