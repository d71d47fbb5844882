import * as l10n from '@vscode/l10n';
import {
  hasRegistryTls,
  hasUsername,
  type ConnectionForm,
  type FormField,
  type SecretName,
} from '../../src/shared/connectionForm.ts';

/** A row of the form. `when`: shown only then. */
export type Field = { label: string; hint?: string; when?: (form: ConnectionForm) => boolean } & (
  | { kind: 'text' | 'lines' | 'file' | 'check'; field: FormField; placeholder?: string }
  | { kind: 'choice'; field: FormField; options: { value: string; label: string }[] }
  | { kind: 'secret'; secret: SecretName }
);

export interface Section {
  title: string;
  note?: string;
  fields: Field[];
}

const tls = (form: ConnectionForm) => form.tls;

/** The whole form, top to bottom. */
export function sections(): Section[] {
  return [general(), security(), login(), registry(), advanced()];
}

function general(): Section {
  return {
    title: l10n.t('Cluster'),
    fields: [
      {
        kind: 'text',
        field: 'bootstrap',
        label: l10n.t('Bootstrap brokers'),
        placeholder: 'localhost:9092, localhost:9093',
      },
      { kind: 'text', field: 'name', label: l10n.t('Name'), placeholder: l10n.t('the first broker') },
      {
        kind: 'choice',
        field: 'mode',
        label: l10n.t('Changes'),
        options: [
          { value: 'normal', label: l10n.t('allowed after a preview') },
          { value: 'production', label: l10n.t('production: the name must be typed before each change') },
          { value: 'read-only', label: l10n.t('read-only: every change is refused') },
        ],
      },
      {
        kind: 'choice',
        field: 'colour',
        label: l10n.t('Colour'),
        options: [
          { value: '', label: l10n.t('none') },
          { value: 'charts.green', label: l10n.t('green') },
          { value: 'charts.blue', label: l10n.t('blue') },
          { value: 'charts.purple', label: l10n.t('purple') },
          { value: 'charts.yellow', label: l10n.t('yellow') },
          { value: 'symbolIcon.classForeground', label: l10n.t('orange') },
          { value: 'charts.red', label: l10n.t('red') },
        ],
      },
    ],
  };
}

function security(): Section {
  return {
    title: l10n.t('Encryption (TLS)'),
    fields: [
      { kind: 'check', field: 'tls', label: l10n.t('Use TLS') },
      {
        kind: 'file',
        field: 'caFile',
        label: l10n.t('CA certificate (PEM)'),
        hint: l10n.t('Empty: the authorities that this machine trusts.'),
        when: tls,
      },
      { kind: 'file', field: 'certFile', label: l10n.t('Client certificate (PEM)'), when: tls },
      { kind: 'file', field: 'keyFile', label: l10n.t('Client private key (PEM)'), when: tls },
      {
        kind: 'secret',
        secret: 'keyPassphrase',
        label: l10n.t('Passphrase of the key'),
        when: (form) => form.tls && form.keyFile.trim() !== '',
      },
      {
        kind: 'file',
        field: 'pfxFile',
        label: l10n.t('Client certificate and key (PKCS#12: .p12, .pfx)'),
        hint: l10n.t(
          'A Java keystore (JKS) is not read: convert it with keytool -importkeystore -deststoretype pkcs12.',
        ),
        when: tls,
      },
      {
        kind: 'secret',
        secret: 'pfxPassphrase',
        label: l10n.t('Passphrase of the PKCS#12 file'),
        when: (form) => form.tls && form.pfxFile.trim() !== '',
      },
      {
        kind: 'text',
        field: 'serverName',
        label: l10n.t('Server name'),
        hint: l10n.t('Expected in the certificate instead of the broker’s host name.'),
        when: tls,
      },
      {
        kind: 'text',
        field: 'pinnedSha256',
        label: l10n.t('Accept exactly this certificate (SHA-256)'),
        hint: l10n.t('For this cluster only, although no known authority signed it.'),
        when: tls,
      },
      {
        kind: 'check',
        field: 'skipVerify',
        label: l10n.t('Accept any certificate (unsafe: somebody in between could read and change everything)'),
        when: tls,
      },
    ],
  };
}

function login(): Section {
  const is = (sasl: ConnectionForm['sasl']) => (form: ConnectionForm) => form.sasl === sasl;
  return {
    title: l10n.t('Login (SASL)'),
    note: l10n.t('Kerberos (GSSAPI) is not supported. Use SCRAM, OAUTHBEARER or a client certificate instead.'),
    fields: [
      {
        kind: 'choice',
        field: 'sasl',
        label: l10n.t('Mechanism'),
        options: [
          { value: 'none', label: l10n.t('none') },
          { value: 'plain', label: 'PLAIN' },
          { value: 'scram-sha-256', label: 'SCRAM-SHA-256' },
          { value: 'scram-sha-512', label: 'SCRAM-SHA-512' },
          { value: 'oauthbearer', label: l10n.t('OAUTHBEARER, fixed token') },
          { value: 'oauthbearer-client-credentials', label: l10n.t('OAUTHBEARER, client credentials') },
          { value: 'aws-msk-iam', label: 'AWS MSK IAM' },
        ],
      },
      { kind: 'text', field: 'username', label: l10n.t('User name'), when: hasUsername },
      { kind: 'secret', secret: 'password', label: l10n.t('Password'), when: hasUsername },
      { kind: 'secret', secret: 'token', label: l10n.t('Token'), when: is('oauthbearer') },
      {
        kind: 'text',
        field: 'tokenUrl',
        label: l10n.t('Token endpoint'),
        placeholder: 'https://…/oauth/token',
        when: is('oauthbearer-client-credentials'),
      },
      { kind: 'text', field: 'clientId', label: l10n.t('Client id'), when: is('oauthbearer-client-credentials') },
      {
        kind: 'secret',
        secret: 'clientSecret',
        label: l10n.t('Client secret'),
        when: is('oauthbearer-client-credentials'),
      },
      { kind: 'text', field: 'scope', label: l10n.t('Scope'), when: is('oauthbearer-client-credentials') },
      {
        kind: 'text',
        field: 'region',
        label: l10n.t('AWS region'),
        hint: l10n.t('Credentials come from the standard AWS chain: environment, profile, SSO, role.'),
        when: is('aws-msk-iam'),
      },
      {
        kind: 'text',
        field: 'awsProfile',
        label: l10n.t('AWS profile'),
        placeholder: 'default',
        when: is('aws-msk-iam'),
      },
    ],
  };
}

function registry(): Section {
  const used = (form: ConnectionForm) => form.registryUrl.trim() !== '';
  return {
    title: l10n.t('Schema registry'),
    fields: [
      { kind: 'text', field: 'registryUrl', label: l10n.t('Address'), placeholder: 'http://localhost:8081' },
      { kind: 'text', field: 'registryUsername', label: l10n.t('User name'), when: used },
      { kind: 'secret', secret: 'registryPassword', label: l10n.t('Password'), when: used },
      {
        kind: 'file',
        field: 'registryCaFile',
        label: l10n.t('CA certificate of the registry (PEM)'),
        hint: l10n.t('Empty: the authorities that this machine trusts.'),
        when: hasRegistryTls,
      },
      {
        kind: 'file',
        field: 'registryCertFile',
        label: l10n.t('Client certificate for the registry (PEM)'),
        when: hasRegistryTls,
      },
      {
        kind: 'file',
        field: 'registryKeyFile',
        label: l10n.t('Its private key (PEM)'),
        when: hasRegistryTls,
      },
      {
        kind: 'secret',
        secret: 'registryKeyPassphrase',
        label: l10n.t('Passphrase of that key'),
        when: (form) => hasRegistryTls(form) && form.registryKeyFile.trim() !== '',
      },
    ],
  };
}

function advanced(): Section {
  return {
    title: l10n.t('Network'),
    note: l10n.t('Connections are direct: no HTTP or SOCKS proxy is used. Forward a port and map its address instead.'),
    fields: [
      {
        kind: 'lines',
        field: 'addressMap',
        label: l10n.t('Address mapping'),
        placeholder: 'kafka-0.kafka:9092 -> localhost:9092',
        hint: l10n.t('Address that a broker advertises -> address that works from here, one per line.'),
      },
      {
        kind: 'text',
        field: 'connectTimeoutMs',
        label: l10n.t('Time to connect and log in (ms)'),
        placeholder: '10000',
      },
      { kind: 'text', field: 'requestTimeoutMs', label: l10n.t('Time for one request (ms)'), placeholder: '30000' },
    ],
  };
}
