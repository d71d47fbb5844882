import * as l10n from '@vscode/l10n';
import { kafkaErrorSentence } from '../protocol/errorCodes.ts';
import type { ClusterProfile } from '../profile.ts';
import { explainSocket } from './explain.ts';
import { KafkaError, messageOf } from './kafkaError.ts';
import { refusedToken } from './sasl.ts';
import type { SocketFailure } from './sockets.ts';

const SASL_AUTHENTICATION_FAILED = 58;

/** An error of kafkajs as a {@link KafkaError}; `failures` knows what the sockets below it saw. */
export function translate(
  error: unknown,
  failures: ReadonlyMap<string, SocketFailure>,
  profile: ClusterProfile,
  established: boolean,
): KafkaError {
  const chain = causes(error);
  const ours = chain.find((e) => e instanceof KafkaError);
  if (ours) return ours;
  const innermost = chain.at(-1);
  for (const e of chain) {
    switch (nameOf(e)) {
      case 'KafkaJSSASLAuthenticationError':
        return new KafkaError('sasl', explainSasl(messageOf(e)), { cause: e });
      case 'KafkaJSConnectionError':
      case 'KafkaJSConnectionClosedError':
      case 'KafkaJSBrokerNotFound':
      case 'KafkaJSLockTimeout':
      case 'KafkaJSRequestTimeoutError':
        return ofConnection(e, failures, profile, established);
      case 'KafkaJSProtocolError':
        return ofProtocol(e, profile);
    }
  }
  return new KafkaError('kafka', messageOf(innermost), { cause: innermost });
}

function ofConnection(
  error: Error,
  failures: ReadonlyMap<string, SocketFailure>,
  profile: ClusterProfile,
  established: boolean,
): KafkaError {
  const address = addressIn(error);
  const known = address === undefined ? [...failures].at(-1) : ([address, failures.get(address)] as const);
  if (known?.[1])
    return explainSocket(known[0], known[1], profile.tls !== undefined, profile.sasl !== undefined, established);
  if (/timeout|timed out/i.test(error.message)) {
    return new KafkaError(
      'timeout',
      l10n.t(
        '{0} did not answer in time. Try again, or raise the timeout of the connection.',
        address ?? profile.bootstrap.join(', '),
      ),
      { cause: error },
    );
  }
  return new KafkaError(
    'closed',
    l10n.t(
      'The connection to {0} was closed. The broker may have stopped or restarted; try again.',
      address ?? profile.bootstrap.join(', '),
    ),
    { cause: error },
  );
}

function ofProtocol(error: Error, { sasl }: ClusterProfile): KafkaError {
  const code = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  const message =
    code === SASL_AUTHENTICATION_FAILED && sasl && !('username' in sasl)
      ? refusedToken()
      : code === undefined
        ? error.message
        : kafkaErrorSentence(code);
  return new KafkaError(code === SASL_AUTHENTICATION_FAILED || code === 33 || code === 34 ? 'sasl' : 'kafka', message, {
    code,
    cause: error,
  });
}

/** What a person can do about a login that failed; the broker's own words stay in it. */
function explainSasl(text: string): string {
  if (/Invalid username or password|invalid credentials|Authentication failed/i.test(text)) {
    return l10n.t('The broker refuses the login: check user name and password. It says: {0}', text);
  }
  return l10n.t('The login failed: {0}', text);
}

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && !chain.includes(next)) {
    chain.push(next);
    next = next.cause ?? ('originalError' in next ? next.originalError : undefined);
  }
  if (chain.length === 0) chain.push(new Error(String(error)));
  return chain;
}

/** kafkajs's names, which survive minifying (they are literals). */
const nameOf = (error: Error): string => error.name;

function addressIn(error: Error): string | undefined {
  if ('broker' in error && typeof error.broker === 'string') return error.broker;
  if ('host' in error && 'port' in error) return `${String(error.host)}:${String(error.port)}`;
  return undefined;
}
