import * as l10n from '@vscode/l10n';
import * as oauth from 'oauth4webapi';
import { codeOf, KafkaError, messageOf } from './kafkaError.ts';
import type { Token } from './token.ts';

/** OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export interface ClientCredentials {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string | undefined;
}

/** ms. */
const TIMEOUT = 10_000;

/** @throws {KafkaError} kind `sasl`; never mentions the secret. */
export async function fetchToken(credentials: ClientCredentials, now: () => number = Date.now): Promise<Token> {
  const url = parseUrl(credentials.tokenUrl);
  const server: oauth.AuthorizationServer = { issuer: url.origin, token_endpoint: url.href };
  const client: oauth.Client = { client_id: credentials.clientId };
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      oauth.ClientSecretBasic(credentials.clientSecret),
      credentials.scope ? { scope: credentials.scope } : {},
      { signal: AbortSignal.timeout(TIMEOUT), [oauth.allowInsecureRequests]: isLoopback(url) },
    );
    const answer = await oauth.processClientCredentialsResponse(server, client, response);
    const expiresAt = answer.expires_in === undefined ? null : now() + answer.expires_in * 1000;
    return { value: answer.access_token, expiresAt };
  } catch (error) {
    throw new KafkaError('sasl', explain(url.host, error), { cause: error });
  }
}

function parseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new KafkaError('sasl', l10n.t('{0} is not a URL: the token URL starts with https://.', text), {
      cause: error,
    });
  }
  if (url.protocol !== 'https:' && !isLoopback(url)) {
    throw new KafkaError(
      'sasl',
      l10n.t('The token URL {0} is not https: the client secret would travel readable for all.', text),
    );
  }
  return url;
}

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

function explain(host: string, error: unknown): string {
  if (error instanceof oauth.ResponseBodyError) {
    if (error.error === 'invalid_client') {
      return l10n.t('{0} does not accept the client id and secret. Check both.', host);
    }
    return l10n.t('{0} refuses a token: {1}.', host, error.error_description ?? error.error);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return l10n.t('{0} does not accept the client id and secret. Check both.', host);
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return l10n.t('{0} did not answer the request for a token in time.', host);
  }
  if (error instanceof oauth.OperationProcessingError) {
    const what =
      error.cause instanceof Response
        ? `HTTP ${error.cause.status} ${error.cause.headers.get('content-type') ?? ''}`.trim()
        : messageOf(error);
    return l10n.t('{0} does not answer like a token server ({1}). Check the token URL.', host, what);
  }
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause) ?? '';
  if (/SELF_SIGNED|UNABLE_TO_|CERT_/.test(code)) {
    return l10n.t(
      'The certificate of the token server {0} is not trusted here ({1}). Add its CA to this machine, or name its file in NODE_EXTRA_CA_CERTS.',
      host,
      code,
    );
  }
  return l10n.t(
    'The token server {0} cannot be reached: {1}. Check the token URL, and your network.',
    host,
    messageOf(cause),
  );
}
