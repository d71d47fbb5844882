import { KafkaError } from '../kafka/transport/kafkaError.ts';

export interface TokenAnswer {
  id: number;
  token?: string;
  /** Why there is none, a sentence. */
  error?: string;
}

/** Bearer tokens that the host keeps for all its workers: asked for at each log-in, answered by id. */
export class HostTokens {
  readonly #waiting = new Map<number, { resolve: (token: string) => void; reject: (error: Error) => void }>();
  readonly #ask: (id: number) => void;
  #nextId = 1;

  constructor(ask: (id: number) => void) {
    this.#ask = ask;
  }

  readonly get = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#ask(id);
    });

  answer({ id, token, error = '' }: TokenAnswer): void {
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (token === undefined) asked?.reject(new KafkaError('sasl', error));
    else asked?.resolve(token);
  }
}
