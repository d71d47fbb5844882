import fs from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { ClusterProfile, SecretsAndFiles, SaslSettings, TlsSettings } from '../core/kafka/profile.ts';
import { splitUrl } from '../core/kafka/connect/import/imported.ts';
import { hasCertificate } from '../core/kafka/transport/tlsOptions.ts';
import { flag, text, UsageError, wholeNumber, type OptionSpec, type OptionValues } from './command.ts';

export const connectionOptions: OptionSpec = {
  bootstrap: { type: 'string' },
  tls: { type: 'boolean' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  'tls-servername': { type: 'string' },
  sasl: { type: 'string' },
  username: { type: 'string' },
  timeout: { type: 'string' },
  registry: { type: 'string' },
};

/** One line of help for each; a function, since the language is known only once the command runs. */
export const connectionHelp = (): Record<string, string> => ({
  bootstrap: l10n.t('HOST:PORT[,…]  brokers to ask first'),
  tls: l10n.t('encrypt the connection (implied by --ca, --cert)'),
  ca: l10n.t('FILE  PEM certificate of the CA that signed the brokers'),
  cert: l10n.t('FILE  PEM client certificate'),
  key: l10n.t('FILE  its PEM key; a passphrase comes from KAFKA_KEY_PASSPHRASE'),
  'tls-servername': l10n.t('NAME  name that the certificate must carry'),
  sasl: l10n.t(
    'plain|scram-sha-256|scram-sha-512|oauthbearer  log in; the password comes from KAFKA_PASSWORD, a token from KAFKA_TOKEN',
  ),
  username: l10n.t('NAME  user to log in as'),
  timeout: l10n.t('MS  how long to wait for a connection or an answer'),
  registry: l10n.t('URL  schema registry; its password comes from REGISTRY_PASSWORD'),
});

/** Node's timers take 31 bits and end at once beyond them; this leaves room for those that wait a little longer. */
const LONGEST_TIMEOUT_MS = 2_000_000_000;

const ADDRESS = /^(\[[0-9a-f:]+\]|[^\s:,/]+):(\d{1,5})$/i;

/** Profile and secrets from the options and the environment. Throws {@link UsageError}. */
export function connectionFrom(
  options: OptionValues,
  env: NodeJS.ProcessEnv,
): { profile: ClusterProfile; secrets: SecretsAndFiles } {
  const list = text(options, 'bootstrap');
  if (list === undefined) throw new UsageError(l10n.t('--bootstrap HOST:PORT is missing: which cluster?'));
  const bootstrap = list
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
  if (bootstrap.length === 0) throw new UsageError(l10n.t('--bootstrap is empty: it takes HOST:PORT[,…].'));
  for (const address of bootstrap) {
    const port = Number(ADDRESS.exec(address)?.[2] ?? 0);
    if (port < 1 || port > 65535)
      throw new UsageError(l10n.t('--bootstrap takes HOST:PORT[,…]; "{0}" is not an address.', address));
  }
  const profile: ClusterProfile = { id: 'command', name: bootstrap.join(','), bootstrap };
  const files = new Map<string, Buffer>();
  const tls = tlsFrom(options, files);
  if (tls) profile.tls = tls;
  const sasl = saslFrom(options, env);
  if (sasl) profile.sasl = sasl;
  const timeout = wholeNumber(options, 'timeout', 1);
  if (timeout !== undefined) {
    profile.connectTimeoutMs = Math.min(timeout, LONGEST_TIMEOUT_MS);
    profile.requestTimeoutMs = Math.min(timeout, LONGEST_TIMEOUT_MS);
  }
  const registry = text(options, 'registry');
  if (registry !== undefined) profile.registry = registryFrom(registry);
  const secrets: SecretsAndFiles = files.size > 0 ? { files } : {};
  if (env.KAFKA_PASSWORD !== undefined) secrets.password = env.KAFKA_PASSWORD;
  if (env.KAFKA_TOKEN !== undefined) secrets.token = env.KAFKA_TOKEN;
  if (env.KAFKA_KEY_PASSPHRASE !== undefined) secrets.keyPassphrase = env.KAFKA_KEY_PASSPHRASE;
  if (env.REGISTRY_PASSWORD !== undefined) secrets.registryPassword = env.REGISTRY_PASSWORD;
  return { profile, secrets };
}

function tlsFrom(options: OptionValues, files: Map<string, Buffer>): TlsSettings | undefined {
  const tls: TlsSettings = {};
  const read = (name: string): string | undefined => {
    const found = fileOf(options, name);
    if (found) files.set(found.file, found.content);
    return found?.file;
  };
  const ca = read('ca');
  const cert = read('cert');
  const key = read('key');
  const serverName = text(options, 'tls-servername');
  if (ca !== undefined) tls.caFile = ca;
  if (cert !== undefined) tls.certFile = cert;
  if (key !== undefined) tls.keyFile = key;
  if (serverName !== undefined) tls.serverName = serverName;
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError(l10n.t('--cert and --key go together: give both files.'));
  return flag(options, 'tls') || Object.keys(tls).length > 0 ? tls : undefined;
}

/** The file that an option names, a certificate but for the key. Throws {@link UsageError} when there is none. */
function fileOf(options: OptionValues, name: string): { file: string; content: Buffer } | undefined {
  const file = text(options, name);
  if (file === undefined) return undefined;
  let content: Buffer;
  try {
    content = fs.readFileSync(file);
  } catch (error) {
    throw new UsageError(l10n.t('--{0} names a file that cannot be read: {1}', name, (error as Error).message));
  }
  if (name !== 'key' && !hasCertificate(content))
    throw new UsageError(l10n.t('--{0} takes a certificate in PEM form, and there is none in {1}.', name, file));
  return { file, content };
}

function saslFrom(options: OptionValues, env: NodeJS.ProcessEnv): SaslSettings | undefined {
  const mechanism = text(options, 'sasl')?.toLowerCase();
  const username = text(options, 'username');
  if (mechanism === undefined) {
    if (username !== undefined) throw new UsageError(l10n.t('--username needs --sasl MECHANISM.'));
    return undefined;
  }
  switch (mechanism) {
    case 'plain':
    case 'scram-sha-256':
    case 'scram-sha-512':
      if (username === undefined) throw new UsageError(l10n.t('--sasl {0} needs --username NAME.', mechanism));
      if (env.KAFKA_PASSWORD === undefined)
        throw new UsageError(
          l10n.t('--sasl {0} needs a password in the environment variable KAFKA_PASSWORD.', mechanism),
        );
      return { mechanism, username };
    case 'oauthbearer':
      if (env.KAFKA_TOKEN === undefined)
        throw new UsageError(l10n.t('--sasl oauthbearer needs a token in the environment variable KAFKA_TOKEN.'));
      return { mechanism };
    default:
      throw new UsageError(
        l10n.t('--sasl takes plain, scram-sha-256, scram-sha-512 or oauthbearer, not "{0}".', mechanism),
      );
  }
}

function registryFrom(value: string): { url: string; username?: string } {
  const { url, username, password } = splitUrl(value);
  if (password)
    throw new UsageError(l10n.t('The registry password comes from REGISTRY_PASSWORD, never from an argument.'));
  // "localhost:8081" is a URL, too, of a scheme "localhost".
  if (!URL.canParse(url) || !/^https?:/i.test(url))
    throw new UsageError(l10n.t('--registry takes a URL that begins with http:// or https://, not "{0}".', url));
  return username ? { url, username } : { url };
}
