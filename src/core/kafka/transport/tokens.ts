import { logsInByToken, type ClusterProfile, type ClusterSecrets } from '../profile.ts';
import { tokenSource } from './sasl.ts';

/** How to log in to a cluster. */
export interface Login {
  /** Without what tokens are made of, where there is {@link resolveToken}. */
  secrets: ClusterSecrets;
  /** Gives a valid bearer token. */
  resolveToken?: () => Promise<string>;
}

/** The tokens of a process: one for each cluster, whoever connects to it and however often. */
export class Tokens {
  readonly #sources = new Map<string, { madeOf: string; get: () => Promise<string> }>();

  /** @throws {KafkaError} kind `sasl` when the secret that tokens are made of is missing. */
  login(profile: ClusterProfile, secrets: ClusterSecrets): Login {
    if (!logsInByToken(profile)) return { secrets };
    const { token, clientSecret, ...others } = secrets;
    // An edited connection may be somebody else's: it starts anew.
    const madeOf = JSON.stringify([profile.sasl, token, clientSecret]);
    const known = this.#sources.get(profile.id);
    if (known?.madeOf === madeOf) return { secrets: others, resolveToken: known.get };
    const get = tokenSource(profile.sasl, secrets);
    this.#sources.set(profile.id, { madeOf, get });
    return { secrets: others, resolveToken: get };
  }
}
