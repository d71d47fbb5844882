import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { everyListener } from '../support/kafka/everyListener.ts';
import { KEY_PASSPHRASE } from '../support/kafka/certificates.ts';
import { USERS } from '../support/kafka/nodeProperties.ts';

// What the other tests stand on: every listener lets in who should come in, and nobody else.
const kafka = await everyListener(inject('kafka'));
afterAll(() => kafka.stop());
const pem = (name: string) => fs.readFileSync(path.join(kafka.certs, name), 'utf8');
const ca = pem('ca.crt');

async function clusterId(broker: string, config: Partial<KafkaConfig> = {}): Promise<string> {
  const client = new Kafka({
    ...{ brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 0 }, connectionTimeout: 10_000 },
    ...config,
  });
  const admin = client.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).clusterId;
  } finally {
    await admin.disconnect();
  }
}

const login = (
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512',
  username: string,
  password: string,
): SASLOptions => ({
  mechanism,
  username,
  password,
});

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

describe('the listeners of the test cluster', () => {
  it('are all the same cluster', async () => {
    const id = await clusterId(kafka.bootstrap);
    expect(id).toMatch(/^[\w-]{22}$/);
    const sasl = login('plain', 'admin', USERS.admin!);
    const ssl = { ca: [ca] };
    const client = { cert: pem('client.crt'), key: pem('client.key') };
    expect(await clusterId(kafka.sasl, { sasl })).toBe(id);
    expect(await clusterId(kafka.tls, { ssl })).toBe(id);
    expect(await clusterId(kafka.mtls, { ssl: { ...ssl, ...client } })).toBe(id);
    expect(await clusterId(kafka.saslSsl, { ssl, sasl })).toBe(id);
  });

  it.each(MECHANISMS.flatMap((m) => Object.keys(USERS).map((user) => [m, user] as const)))(
    '%s logs %s in, with the right password only',
    async (mechanism, user) => {
      expect(await clusterId(kafka.sasl, { sasl: login(mechanism, user, USERS[user]!) })).not.toBe('');
      const wrong = clusterId(kafka.sasl, { sasl: login(mechanism, user, 'wrong') });
      await expect(wrong).rejects.toThrow(/[Aa]uthentication failed/);
    },
  );

  it('take an unsigned OAUTHBEARER token', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const token = `${part({ alg: 'none' })}.${part({ sub: 'admin', iat: now, exp: now + 600 })}.`;
    const bearer = (value: string): SASLOptions => ({
      mechanism: 'oauthbearer',
      oauthBearerProvider: () => Promise.resolve({ value }),
    });
    expect(await clusterId(kafka.sasl, { sasl: bearer(token) })).not.toBe('');
    await expect(clusterId(kafka.sasl, { sasl: bearer('nonsense') })).rejects.toThrow();
  });

  it('TLS shows a certificate of the test CA for 127.0.0.1', async () => {
    await expect(clusterId(kafka.tls, { ssl: { ca: [pem('other-ca.crt')] } })).rejects.toThrow(/certificate/);
    await expect(clusterId(kafka.tls, { ssl: { ca: [ca], servername: 'elsewhere.example' } })).rejects.toThrow(
      /does not match certificate's altnames/,
    );
  });

  it('mTLS asks for a certificate that the test CA signed', async () => {
    const key = pem('client-encrypted.key');
    const encrypted = { ca: [ca], cert: pem('client.crt'), key };
    expect(await clusterId(kafka.mtls, { ssl: { ...encrypted, passphrase: KEY_PASSPHRASE } })).not.toBe('');
    await expect(clusterId(kafka.mtls, { ssl: { ca: [ca] } })).rejects.toThrow();
    const stranger = { ca: [ca], cert: pem('stranger.crt'), key: pem('stranger.key') };
    await expect(clusterId(kafka.mtls, { ssl: stranger })).rejects.toThrow();
  });

  it('hide topics named forbidden-… from one user', async () => {
    const topics = async (username: string) => {
      const sasl = login('plain', username, USERS[username]!);
      const admin = new Kafka({ brokers: [kafka.sasl], sasl, logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      try {
        await admin.createTopics({ topics: [{ topic: 'forbidden-support', numPartitions: 1 }] }).catch(() => false);
        return (await admin.listTopics()).filter((t) => t === 'forbidden-support');
      } finally {
        await admin.disconnect();
      }
    };
    expect(await topics('alice')).toEqual(['forbidden-support']);
    expect(await topics('limited')).toEqual([]);
  });
});

describe('the certificates for doubtful servers', () => {
  it('are out of date, and made out to another name', () => {
    const expired = new X509Certificate(pem('expired.crt'));
    expect(new Date(expired.validTo).getTime()).toBeLessThan(Date.now());
    expect(new X509Certificate(pem('wrong-name.crt')).checkHost('elsewhere.example')).toBe('elsewhere.example');
    expect(new X509Certificate(pem('wrong-name.crt')).checkIP('127.0.0.1')).toBeUndefined();
  });
});
