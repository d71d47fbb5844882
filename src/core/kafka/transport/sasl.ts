import * as l10n from '@vscode/l10n';
import type { ClusterSecrets, SaslSettings } from '../profile.ts';
import { KafkaError } from './kafkaError.ts';
import { TokenCache } from './token.ts';

/** kafkajs's way to log in by a mechanism of our own; bytes carry an int32 length in front. */
interface SaslExchange {
  saslAuthenticate(step: {
    request: { encode(): Promise<Buffer> };
    response: { decode(raw: Buffer): Promise<Buffer>; parse(raw: Buffer): Promise<string> };
  }): Promise<string>;
}

/**
 * kafkajs's `sasl` option. `resolveToken` replaces the way the settings name for OAUTHBEARER and MSK (a worker asks
 * its host, which keeps the token).
 * @throws {KafkaError} kind `sasl` when a secret is missing.
 */
export function saslOption(
  settings: SaslSettings,
  secrets: ClusterSecrets,
  resolveToken?: () => Promise<string>,
): object {
  switch (settings.mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      if (secrets.password === undefined) {
        throw new KafkaError(
          'sasl',
          l10n.t('No password is known for user {0}. Enter it and connect again.', settings.username),
        );
      }
      return { mechanism: settings.mechanism, username: settings.username, password: secrets.password };
    case 'oauthbearer':
    case 'oauthbearer-client-credentials':
    case 'aws-msk-iam': {
      const token = resolveToken ?? tokenSource(settings, secrets);
      return { mechanism: 'oauthbearer', authenticationProvider: (exchange: SaslExchange) => bearer(exchange, token) };
    }
  }
}

type TokenSettings = Exclude<SaslSettings, { username: string }>;

/** Where tokens come from; one cache per call, so call it once per cluster. */
export function tokenSource(settings: TokenSettings, secrets: ClusterSecrets): () => Promise<string> {
  if (settings.mechanism === 'oauthbearer') {
    const { token } = secrets;
    if (token === undefined)
      throw new KafkaError('sasl', l10n.t('No token is known for this cluster. Enter it and connect again.'));
    return () => Promise.resolve(token);
  }
  if (settings.mechanism === 'aws-msk-iam') {
    const cache = new TokenCache(async () =>
      (await import('./mskToken.late.ts')).fetchToken(settings.region, settings.awsProfile),
    );
    return () => cache.get();
  }
  const { clientSecret } = secrets;
  if (clientSecret === undefined) {
    throw new KafkaError(
      'sasl',
      l10n.t('No client secret is known for {0}. Enter it and connect again.', settings.clientId),
    );
  }
  const { tokenUrl, clientId, scope } = settings;
  const cache = new TokenCache(async () =>
    (await import('./clientCredentials.late.ts')).fetchToken({ tokenUrl, clientId, clientSecret, scope }),
  );
  return () => cache.get();
}

const SOH = '\u0001';
const framed = (text: string): Buffer => {
  const body = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
};

/**
 * OAUTHBEARER (RFC 7628). A broker that refuses the token answers with JSON first and fails the login only after the
 * client's closing byte (section 3.2.3); kafkajs's own authenticator takes that JSON for success.
 */
function bearer(exchange: SaslExchange, token: () => Promise<string>): { authenticate(): Promise<void> } {
  const step = (text: string) =>
    exchange.saslAuthenticate({
      request: { encode: () => Promise.resolve(framed(text)) },
      response: {
        decode: (raw) => Promise.resolve(raw.subarray(4)),
        parse: (raw) => Promise.resolve(raw.toString('utf8')),
      },
    });
  return {
    authenticate: async () => {
      const complaint = await step(`n,,${SOH}auth=Bearer ${await token()}${SOH}${SOH}`);
      if (complaint === '') return;
      // Whatever comes back now, or nothing: the token is refused.
      const cause: unknown = await step(SOH).catch((error: unknown) => error);
      throw new KafkaError('sasl', refusedToken(statusIn(complaint)), { cause });
    },
  };
}

/** Both lists in Kafka's own spelling. */
export function mechanismNotOffered(mechanism: string, offered: readonly string[]): KafkaError {
  return new KafkaError(
    'sasl',
    l10n.t(
      'The broker does not offer the login mechanism {0} here, but {1}. Choose one of these, or the address of the listener that offers {0}.',
      mechanism,
      offered.join(', '),
    ),
  );
}

/** A sentence; `status` is the broker's own word, if it has one. */
export function refusedToken(status?: string): string {
  return status === undefined
    ? l10n.t(
        'The broker refuses the token: it has ended, or its issuer, audience or scope is not what the broker expects.',
      )
    : l10n.t(
        'The broker refuses the token ({0}): it has ended, or its issuer, audience or scope is not what the broker expects.',
        status,
      );
}

/** RFC 7628, section 3.2.2: `{"status":"invalid_token"}`. */
function statusIn(complaint: string): string {
  return /"status"\s*:\s*"([^"]+)"/.exec(complaint)?.[1] ?? complaint;
}
