import { afterAll, describe, expect, inject, it } from 'vitest';
import type { ClusterProfile, ClusterSecrets, SaslSettings, TlsSettings } from '../../src/core/kafka/profile.ts';
import { runDoctor, type DoctorStep } from '../../src/core/kafka/connect/doctor.ts';
import { createClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { everyListener } from '../support/kafka/everyListener.ts';
import { startScriptedBroker } from '../support/scriptedBroker.ts';

const full = await everyListener(inject('kafka'));
afterAll(() => full.stop());
const first = (addresses: string) => addresses.split(',')[0] ?? '';
const kafka = {
  certs: full.certs,
  bootstrap: first(full.bootstrap),
  sasl: first(full.sasl),
  tls: first(full.tls),
  mtls: first(full.mtls),
  saslSsl: first(full.saslSsl),
};
const file = (name: string) => `${kafka.certs}/${name}`;
const ca = { caFile: file('ca.crt') };
const clientFiles = { ...ca, certFile: file('client.crt') };

interface Case {
  at: string;
  tls?: TlsSettings;
  sasl?: SaslSettings;
  secrets?: ClusterSecrets;
}
const profile = ({ at, tls, sasl }: Case): ClusterProfile => ({
  id: 'c',
  name: 'c',
  bootstrap: [at],
  connectTimeoutMs: 8000,
  ...(tls ? { tls } : {}),
  ...(sasl ? { sasl } : {}),
});
const alice = (mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'): SaslSettings => ({
  mechanism,
  username: 'alice',
});
const password = { password: 'alice-secret' };
const unsecuredToken = (claims: object) =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
const seconds = Math.floor(Date.now() / 1000);
const token = unsecuredToken({ sub: 'alice', iat: seconds - 60, exp: seconds + 3600 });

const failing = (steps: readonly DoctorStep[]) => steps.filter((s) => !s.ok).map(({ step, hint }) => [step, hint]);

describe('settings that work', () => {
  it.each<[string, Case]>([
    ['plaintext', { at: kafka.bootstrap }],
    ['TLS with a CA file', { at: kafka.tls, tls: ca }],
    ['TLS unchecked', { at: kafka.tls, tls: { skipVerify: true } }],
    ['a client certificate', { at: kafka.mtls, tls: { ...clientFiles, keyFile: file('client.key') } }],
    [
      'an encrypted key',
      {
        at: kafka.mtls,
        tls: { ...clientFiles, keyFile: file('client-encrypted.key') },
        secrets: { keyPassphrase: 'key-secret' },
      },
    ],
    [
      'PKCS#12',
      { at: kafka.mtls, tls: { ...ca, pfxFile: file('client.p12') }, secrets: { pfxPassphrase: 'p12-secret' } },
    ],
    ['PLAIN', { at: kafka.sasl, sasl: alice('plain'), secrets: password }],
    ['SCRAM-SHA-256', { at: kafka.sasl, sasl: alice('scram-sha-256'), secrets: password }],
    ['SCRAM-SHA-512', { at: kafka.sasl, sasl: alice('scram-sha-512'), secrets: password }],
    ['PLAIN over TLS', { at: kafka.saslSsl, tls: ca, sasl: alice('plain'), secrets: password }],
    ['OAUTHBEARER', { at: kafka.sasl, sasl: { mechanism: 'oauthbearer' }, secrets: { token } }],
  ])('%s', async (_name, c) => {
    const client = createClusterClient(await connectCluster(profile(c), c.secrets ?? {}));
    expect((await client.describe()).brokers.map((b) => b.id)).toContain(1);
    await client.close();
    const { steps, ok } = await runDoctor(profile(c), c.secrets ?? {});
    expect(failing(steps)).toEqual([]);
    expect(ok).toBe(true);
  });
});

describe('the failing step and the sentence', () => {
  it.each<[string, Case, DoctorStep['step'], string | RegExp]>([
    [
      'an unknown host',
      { at: 'no-such-host.invalid:9092' },
      'dns',
      'The host name in no-such-host.invalid:9092 is not known here.',
    ],
    [
      'a closed port',
      { at: '127.0.0.1:1' },
      'tcp',
      'Nothing listens on 127.0.0.1:1. Is the broker running, and is the port right?',
    ],
    ['plain text to a TLS port', { at: kafka.tls }, 'tls', `${kafka.tls} is a TLS port. Turn on TLS.`],
    ['TLS to a plain port', { at: kafka.bootstrap, tls: ca }, 'tls', 'this port does not speak TLS'],
    ['an unknown CA', { at: kafka.tls, tls: {} }, 'tls', 'is signed by a CA that is not trusted here'],
    [
      'another CA',
      { at: kafka.tls, tls: { caFile: file('other-ca.crt') } },
      'tls',
      'Add the CA certificate to the connection.',
    ],
    [
      'another name',
      { at: kafka.tls, tls: { ...ca, serverName: 'other.example' } },
      'tls',
      'Use a name from the certificate, or set the TLS server name.',
    ],
    [
      'a certificate that is not the pinned one',
      { at: kafka.tls, tls: { pinnedSha256: 'ab'.repeat(32) } },
      'tls',
      'is not the pinned one',
    ],
    ['no client certificate', { at: kafka.mtls, tls: ca }, 'tls', 'demands a client certificate'],
    [
      'a stranger’s certificate',
      { at: kafka.mtls, tls: { ...ca, certFile: file('stranger.crt'), keyFile: file('stranger.key') } },
      'tls',
      'Check the client certificate',
    ],
    [
      'a wrong key passphrase',
      {
        at: kafka.mtls,
        tls: { ...clientFiles, keyFile: file('client-encrypted.key') },
        secrets: { keyPassphrase: 'x' },
      },
      'tls',
      'is missing or wrong.',
    ],
    [
      'a file that is not there',
      { at: kafka.tls, tls: { caFile: '/no/ca.pem' } },
      'tls',
      'The file /no/ca.pem cannot be read',
    ],
    ['no login', { at: kafka.sasl }, 'sasl', 'hangs up on a client without a login'],
    [
      'a wrong PLAIN password',
      { at: kafka.sasl, sasl: alice('plain'), secrets: { password: 'x' } },
      'sasl',
      /check user name and password.*Invalid username or password/,
    ],
    [
      'a wrong SCRAM password',
      { at: kafka.sasl, sasl: alice('scram-sha-256'), secrets: { password: 'x' } },
      'sasl',
      /check user name and password.*SCRAM-SHA-256/,
    ],
    ['no password', { at: kafka.sasl, sasl: alice('plain') }, 'sasl', 'No password is known for user alice.'],
    [
      'a token that is none',
      { at: kafka.sasl, sasl: { mechanism: 'oauthbearer' }, secrets: { token: 'x' } },
      'sasl',
      'The broker refuses the token',
    ],
  ])('%s', async (_name, c, step, sentence) => {
    const seen: DoctorStep[] = [];
    const { steps, ok } = await runDoctor(profile(c), c.secrets ?? {}, { onStep: (s) => seen.push(s) });
    expect(ok).toBe(false);
    expect(failing(steps)).toEqual([
      [step, typeof sentence === 'string' ? expect.stringContaining(sentence) : expect.stringMatching(sentence)],
    ]);
    expect(seen).toEqual(steps);
    expect(JSON.stringify(steps)).not.toContain('alice-secret');
  });

  it('gives the fingerprint of an unknown certificate, and accepts exactly that one when it is pinned', async () => {
    const { steps } = await runDoctor(profile({ at: kafka.tls, tls: {} }), {});
    const sha256 = steps.at(-1)?.certificateSha256;
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await runDoctor(profile({ at: kafka.tls, tls: { pinnedSha256: sha256! } }), {})).ok).toBe(true);
  });
});

it('tries the other bootstrap servers when the first is down', async () => {
  const client = await connectCluster(
    { ...profile({ at: kafka.bootstrap }), bootstrap: ['127.0.0.1:1', kafka.bootstrap] },
    {},
  );
  expect(client.brokers().length).toBeGreaterThan(0);
  await client.close();
});

it.each(['kafka.inside:9092', '[fd00::1]:9092'])('reaches %s through an address map', async (at) => {
  const [host, port] = kafka.bootstrap.split(':');
  const mapped: ClusterProfile = {
    ...profile({ at }),
    addressMap: { [at]: `${host}:${port}` },
  };
  const { steps, ok } = await runDoctor(mapped, {});
  expect(failing(steps)).toEqual([]);
  expect(ok).toBe(true);
});

it('names a broker whose own address cannot be reached', async () => {
  const gone = await startScriptedBroker(() => null);
  await gone.stop();
  const [host, port] = kafka.bootstrap.split(':');
  const entry = kafka.tls;
  // The entry is mapped to the broker, the address the broker gives for itself to a port where nobody listens.
  const broken: ClusterProfile = {
    ...profile({ at: entry }),
    addressMap: { [entry]: `${host}:${port}`, [`${host}:${port}`]: gone.address },
  };
  const { steps } = await runDoctor(broken, {});
  expect(failing(steps)).toEqual([
    ['advertised', expect.stringContaining('but it is not from here: Nothing listens on')],
  ]);
});
