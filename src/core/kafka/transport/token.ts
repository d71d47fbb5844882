import * as l10n from '@vscode/l10n';
import { KafkaError, messageOf } from './kafkaError.ts';

/** A bearer token and when it ends (ms since the epoch; null: it does not say). */
export interface Token {
  value: string;
  expiresAt: number | null;
}

/** A token is fetched anew when less than this is left of it. */
const REFRESH_BEFORE_MS = 60_000;

/**
 * Keeps one token for all connections of a cluster: fetches it once, anew when it is about to end, and goes on with
 * the old one when that fails and it is still valid.
 */
export class TokenCache {
  readonly #fetch: () => Promise<Token>;
  readonly #now: () => number;
  #token: Token | null = null;
  #running: Promise<string> | null = null;

  constructor(fetch: () => Promise<Token>, now: () => number = Date.now) {
    this.#fetch = fetch;
    this.#now = now;
  }

  /** @throws {KafkaError} kind `sasl` when no valid token can be had. */
  get(): Promise<string> {
    const left = this.#left();
    if (this.#token && left > REFRESH_BEFORE_MS) return Promise.resolve(this.#token.value);
    this.#running ??= this.#renew().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  #left(): number {
    if (!this.#token) return 0;
    return this.#token.expiresAt === null ? Infinity : this.#token.expiresAt - this.#now();
  }

  async #renew(): Promise<string> {
    try {
      this.#token = await this.#fetch();
    } catch (error) {
      if (this.#token && this.#left() > 0) return this.#token.value;
      if (error instanceof KafkaError) throw error;
      throw new KafkaError('sasl', l10n.t('No token could be had: {0}.', messageOf(error)), { cause: error });
    }
    return this.#token.value;
  }
}
