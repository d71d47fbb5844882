import * as l10n from '@vscode/l10n';
import { KafkaError } from './kafkaError.ts';

export interface Deadline {
  signal?: AbortSignal | undefined;
  /** ms. */
  timeoutMs: number;
  /** The error of a wait that took too long. */
  onTimeout?: () => Error;
}

/** Waits for `work` until the time is up or the signal aborts; what `work` does afterwards is nobody's concern. */
export function withDeadline<T>(work: Promise<T>, { signal, timeoutMs, onTimeout }: Deadline): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const abort = () => {
      end();
      reject(new KafkaError('cancelled', l10n.t('Cancelled.')));
    };
    const timer = setTimeout(() => {
      end();
      reject(onTimeout?.() ?? new KafkaError('timeout', l10n.t('No answer within {0} s.', timeoutMs / 1000)));
    }, timeoutMs);
    work.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
