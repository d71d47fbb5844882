import * as l10n from '@vscode/l10n';
import { parseBootstrap } from './bootstrap.ts';

/** The connection form as its controls hold it: text as typed. Secrets are apart, see {@link SecretChanges}. */
export interface ConnectionForm {
  name: string;
  /** A theme colour id; empty: none. */
  colour: string;
  mode: 'normal' | 'read-only' | 'production';
  bootstrap: string;
  /** One `advertised -> reachable` per line. */
  addressMap: string;
  tls: boolean;
  caFile: string;
  certFile: string;
  keyFile: string;
  pfxFile: string;
  serverName: string;
  skipVerify: boolean;
  pinnedSha256: string;
  sasl: SaslChoice;
  username: string;
  tokenUrl: string;
  clientId: string;
  scope: string;
  region: string;
  awsProfile: string;
  registryUrl: string;
  registryUsername: string;
  registryCaFile: string;
  registryCertFile: string;
  registryKeyFile: string;
  /** Whole ms, or empty for the default. */
  connectTimeoutMs: string;
  requestTimeoutMs: string;
}

export type SaslChoice =
  | 'none'
  | 'plain'
  | 'scram-sha-256'
  | 'scram-sha-512'
  | 'oauthbearer'
  | 'oauthbearer-client-credentials'
  | 'aws-msk-iam';

export type FormField = keyof ConnectionForm;

export const SECRET_NAMES = [
  'password',
  'token',
  'clientSecret',
  'keyPassphrase',
  'pfxPassphrase',
  'registryPassword',
  'registryKeyPassphrase',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** What was typed into a masked field; one that was not touched is absent and keeps what is saved. Empty: forget it. */
export type SecretChanges = Partial<Record<SecretName, string>>;

export const EMPTY_FORM: ConnectionForm = {
  name: '',
  colour: '',
  mode: 'normal',
  bootstrap: '',
  addressMap: '',
  tls: false,
  caFile: '',
  certFile: '',
  keyFile: '',
  pfxFile: '',
  serverName: '',
  skipVerify: false,
  pinnedSha256: '',
  sasl: 'none',
  username: '',
  tokenUrl: '',
  clientId: '',
  scope: '',
  region: '',
  awsProfile: '',
  registryUrl: '',
  registryUsername: '',
  registryCaFile: '',
  registryCertFile: '',
  registryKeyFile: '',
  connectTimeoutMs: '',
  requestTimeoutMs: '',
};

export const hasUsername = (form: ConnectionForm): boolean =>
  form.sasl === 'plain' || form.sasl === 'scram-sha-256' || form.sasl === 'scram-sha-512';

/** Its address is encrypted: then there are certificates. */
export const hasRegistryTls = (form: ConnectionForm): boolean => /^https:/i.test(form.registryUrl.trim());

/** Field -> what is wrong with it, a sentence. Fields that are not shown are not judged. Empty: the form can be saved. */
export function validateForm(form: ConnectionForm): Partial<Record<FormField, string>> {
  const problems: Partial<Record<FormField, string>> = {};
  const need = (field: FormField, message: string) => {
    if (String(form[field]).trim() === '') problems[field] = message;
  };
  const bootstrap = parseBootstrap(form.bootstrap);
  if (!bootstrap.ok) problems.bootstrap = bootstrap.message;
  const map = parseAddressMap(form.addressMap);
  if (!map.ok) problems.addressMap = map.message;
  const needBoth = (certificate: FormField, key: FormField) => {
    if (String(form[certificate]).trim() !== '') need(key, l10n.t('A client certificate needs its private key.'));
    if (String(form[key]).trim() !== '') need(certificate, l10n.t('A private key needs its client certificate.'));
  };
  if (hasRegistryTls(form)) needBoth('registryCertFile', 'registryKeyFile');
  if (form.tls) {
    needBoth('certFile', 'keyFile');
    if (form.pfxFile.trim() !== '' && form.certFile.trim() !== '')
      problems.pfxFile = l10n.t('Give either a PKCS#12 file or a PEM certificate with its key, not both.');
    if (form.pinnedSha256.trim() !== '' && !/^([0-9a-f]{2}:?){32}$/i.test(form.pinnedSha256.trim()))
      problems.pinnedSha256 = l10n.t('A SHA-256 fingerprint has 64 hexadecimal digits.');
  }
  if (hasUsername(form)) need('username', l10n.t('Enter the user name.'));
  if (form.sasl === 'oauthbearer-client-credentials') {
    need('clientId', l10n.t('Enter the client id.'));
    if (!isHttpUrl(form.tokenUrl)) problems.tokenUrl = l10n.t('Enter the address of the token endpoint: https://…');
  }
  if (form.sasl === 'aws-msk-iam') need('region', l10n.t('Enter the AWS region, for example eu-central-1.'));
  if (form.registryUrl.trim() !== '' && !isHttpUrl(form.registryUrl))
    problems.registryUrl = l10n.t('Enter an address that starts with http:// or https://.');
  const addresses = [
    ...(form.sasl === 'oauthbearer-client-credentials' ? ['tokenUrl' as const] : []),
    'registryUrl',
  ] as const;
  for (const field of addresses)
    if (problems[field] === undefined && /^https?:\/\/[^/]*@/i.test(form[field].trim()))
      problems[field] = l10n.t(
        'Leave the login out of the address: it has fields of its own, which are kept encrypted.',
      );
  for (const field of ['connectTimeoutMs', 'requestTimeoutMs'] as const)
    if (form[field].trim() !== '' && !(Number.isInteger(Number(form[field])) && Number(form[field]) >= 100))
      problems[field] = l10n.t('Enter milliseconds, 100 or more, or leave it empty.');
  return problems;
}

export type AddressMap = { ok: true; map: Record<string, string> } | { ok: false; message: string };

/** Lines `advertised -> reachable`, both host:port; `=` and `→` do as arrows too. */
export function parseAddressMap(text: string): AddressMap {
  const map: Record<string, string> = {};
  for (const line of text.split('\n').filter((l) => l.trim() !== '')) {
    const [from = '', to = '', ...rest] = line.split(/\s*(?:->|→|=)\s*/).map((part) => part.trim());
    const [left, right] = [parseBootstrap(from), parseBootstrap(to)];
    const one = left.ok && right.ok && left.addresses.length === 1 && right.addresses.length === 1;
    if (!one || rest.length > 0)
      return {
        ok: false,
        message: l10n.t('"{0}": write advertised:port -> reachable:port, one per line.', line.trim()),
      };
    map[left.addresses[0] ?? from] = right.addresses[0] ?? to;
  }
  return { ok: true, map };
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim());
}
