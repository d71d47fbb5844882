import { expect, test } from 'vitest';
import type { ClusterProfile, SaslSettings } from '../../core/kafka/profile.ts';
import { EMPTY_FORM, validateForm, type ConnectionForm } from '../../shared/connectionForm.ts';
import { changedSecrets, formOf, profileOf } from './formProfile.ts';

const LOGIN_IN_ADDRESS = 'Leave the login out of the address: it has fields of its own, which are kept encrypted.';

const sasls: SaslSettings[] = [
  { mechanism: 'plain', username: 'alice' },
  { mechanism: 'scram-sha-256', username: 'alice' },
  { mechanism: 'scram-sha-512', username: 'alice' },
  { mechanism: 'oauthbearer' },
  { mechanism: 'oauthbearer-client-credentials', tokenUrl: 'https://id/token', clientId: 'me', scope: 'kafka' },
  { mechanism: 'aws-msk-iam', region: 'eu-central-1', awsProfile: 'dev' },
];

test.each(sasls)('every part of a profile survives the form: $mechanism', (sasl) => {
  const profile: ClusterProfile = {
    id: 'x',
    name: 'orders, prod',
    colour: 'charts.red',
    bootstrap: ['a:9092', '[::1]:9093'],
    tls: {
      caFile: '/ca.pem',
      certFile: '/c.pem',
      keyFile: '/k.pem',
      serverName: 'kafka.example',
      skipVerify: true,
      pinnedSha256: 'ab'.repeat(32),
    },
    sasl,
    addressMap: { 'broker-1:9092': 'localhost:19092' },
    registry: {
      url: 'https://registry',
      username: 'bob',
      tls: { caFile: '/r-ca.pem', certFile: '/r.pem', keyFile: '/r-key.pem' },
    },
    connectTimeoutMs: 5000,
    requestTimeoutMs: 20_000,
    mode: 'production',
  };
  expect(validateForm(formOf(profile))).toEqual({});
  expect(profileOf('x', formOf(profile))).toEqual(profile);
});

test('the least profile stays the least', () => {
  const profile = { id: 'x', name: 'n', bootstrap: ['a:9092'] };
  expect(profileOf('x', formOf(profile))).toEqual(profile);
  expect(profileOf('x', { ...EMPTY_FORM, bootstrap: 'a' })).toEqual({ id: 'x', name: 'a:9092', bootstrap: ['a:9092'] });
});

test('what the form does not show is not saved', () => {
  const form: ConnectionForm = {
    ...EMPTY_FORM,
    bootstrap: 'a',
    caFile: '/ca.pem',
    username: 'alice',
    sasl: 'oauthbearer',
  };
  expect(profileOf('x', form)).toEqual({
    id: 'x',
    name: 'a:9092',
    bootstrap: ['a:9092'],
    sasl: { mechanism: 'oauthbearer' },
  });
});

test.each<[Partial<ConnectionForm>, Partial<Record<keyof ConnectionForm, string>>]>([
  [{ bootstrap: '' }, { bootstrap: 'Enter at least one broker as host:port.' }],
  [{ sasl: 'plain' }, { username: 'Enter the user name.' }],
  [{ tls: true, certFile: '/c' }, { keyFile: 'A client certificate needs its private key.' }],
  [{ tls: true, keyFile: '/k' }, { certFile: 'A private key needs its client certificate.' }],
  [{ tls: false, keyFile: '/k' }, {}],
  [
    { tls: true, certFile: '/c', keyFile: '/k', pfxFile: '/p' },
    { pfxFile: 'Give either a PKCS#12 file or a PEM certificate with its key, not both.' },
  ],
  [{ tls: true, pinnedSha256: 'abc' }, { pinnedSha256: 'A SHA-256 fingerprint has 64 hexadecimal digits.' }],
  [{ tls: true, pinnedSha256: 'AB:'.repeat(31) + 'AB' }, {}],
  [
    { sasl: 'oauthbearer-client-credentials', tokenUrl: 'id/token' },
    { clientId: 'Enter the client id.', tokenUrl: 'Enter the address of the token endpoint: https://…' },
  ],
  [{ sasl: 'aws-msk-iam' }, { region: 'Enter the AWS region, for example eu-central-1.' }],
  [
    { registryUrl: 'https://r', registryKeyFile: '/k' },
    { registryCertFile: 'A private key needs its client certificate.' },
  ],
  [{ registryUrl: 'http://r', registryKeyFile: '/k' }, {}],
  [{ registryUrl: 'registry:8081' }, { registryUrl: 'Enter an address that starts with http:// or https://.' }],
  [{ registryUrl: 'https://me:secret@registry/x' }, { registryUrl: LOGIN_IN_ADDRESS }],
  [
    { sasl: 'oauthbearer-client-credentials', clientId: 'c', tokenUrl: 'https://me@id/token' },
    { tokenUrl: LOGIN_IN_ADDRESS },
  ],
  [{ connectTimeoutMs: '1.5' }, { connectTimeoutMs: 'Enter milliseconds, 100 or more, or leave it empty.' }],
  [{ requestTimeoutMs: 'soon' }, { requestTimeoutMs: 'Enter milliseconds, 100 or more, or leave it empty.' }],
  [{ addressMap: 'a:1 -> b:2\nc:3' }, { addressMap: '"c:3": write advertised:port -> reachable:port, one per line.' }],
  [{ addressMap: 'a:1=b:2\n a:2 → b:3 ' }, {}],
])('%j', (form, problems) => {
  expect(validateForm({ ...EMPTY_FORM, bootstrap: 'a:9092', ...form })).toEqual(problems);
});

test('an untouched secret stays, a typed one replaces, an emptied one is forgotten', () => {
  expect(changedSecrets({ password: 'old', token: 't', keyPassphrase: 'k' }, { password: 'new', token: '' })).toEqual({
    password: 'new',
    keyPassphrase: 'k',
  });
});
