import { describe, expect, it } from 'vitest';
import { importClientProperties, parseProperties } from './clientProperties.ts';
import { importCompose } from './compose.ts';
import { importDaprComponents } from './daprComponent.ts';
import { exportProfiles, importProfiles } from './exportProfiles.ts';
import { importKafkaClustersSetting } from './kafkaClustersSetting.ts';

describe('client.properties', () => {
  it('reads comments, continued lines, escapes and all three separators', () => {
    const text = '# c\n! c\na=1\nb : two words \nc 3\nd=x,\\\n   y\ne=\\u00e9\\\\\nkey\\ with\\=sign=v\r\nempty=';
    expect([...parseProperties(text)]).toEqual([
      ['a', '1'],
      ['b', 'two words'],
      ['c', '3'],
      ['d', 'x,y'],
      ['e', 'é\\'],
      ['key with=sign', 'v'],
      ['empty', ''],
    ]);
  });

  it('takes SCRAM over TLS with the password apart from the profile', () => {
    const text = [
      'bootstrap.servers=a:9093, b:9093',
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\',
      '  username="al\\\\"ice" password=\'s=;3\';',
      'ssl.truststore.location=/etc/ca.pem',
      'ssl.keystore.location=/etc/keys.p12',
      'ssl.keystore.password=kp',
    ].join('\n');
    expect(importClientProperties(text, 'prod')).toEqual({
      profile: {
        name: 'prod',
        bootstrap: ['a:9093', 'b:9093'],
        tls: { caFile: '/etc/ca.pem', pfxFile: '/etc/keys.p12' },
        sasl: { mechanism: 'scram-sha-512', username: 'al"ice' },
      },
      secrets: { password: 's=;3', pfxPassphrase: 'kp' },
      ask: [],
      notes: [],
    });
  });

  it('keeps the login of a registry’s address apart, however it is written', () => {
    const text = (more: string) => `bootstrap.servers=a:1\nschema.registry.url=https://me:p%40s%25@r:8081/x\n${more}`;
    expect(importClientProperties(text(''), 'x')).toMatchObject({
      profile: { registry: { url: 'https://r:8081/x', username: 'me' } },
      secrets: { registryPassword: 'p@s%' },
    });
    expect(importClientProperties(text('basic.auth.user.info=you:q:r'), 'x')).toMatchObject({
      profile: { registry: { url: 'https://r:8081/x', username: 'you' } },
      secrets: { registryPassword: 'q:r' },
    });
  });

  it('says what to do about Java key stores and Kerberos', () => {
    const text =
      'bootstrap.servers=a:1\nsecurity.protocol=SASL_SSL\nssl.truststore.location=/t.jks\nssl.keystore.location=/k.jks';
    expect(importClientProperties(text, 'x')?.notes).toEqual([
      expect.stringContaining('The trust store /t.jks is not PEM.'),
      expect.stringContaining('keytool -importkeystore -srckeystore /k.jks'),
      expect.stringContaining('Kerberos (GSSAPI) is not supported.'),
    ]);
  });

  it('takes client credentials and MSK IAM', () => {
    const oauth = importClientProperties(
      'bootstrap.servers=a:1\nsecurity.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER\nsasl.oauthbearer.token.endpoint.url=https://i/t\nsasl.jaas.config=X required clientId="c" scope="s";',
      'x',
    );
    expect(oauth?.profile.sasl).toEqual({
      mechanism: 'oauthbearer-client-credentials',
      tokenUrl: 'https://i/t',
      clientId: 'c',
      scope: 's',
    });
    expect(oauth?.ask).toEqual(['clientSecret']);
    const msk = importClientProperties(
      'bootstrap.servers=b-1.x.kafka.eu-west-1.amazonaws.com:9098\nsecurity.protocol=SASL_SSL\nsasl.mechanism=AWS_MSK_IAM\nsasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required awsProfileName="dev";',
      'x',
    );
    expect(msk?.profile.sasl).toEqual({ mechanism: 'aws-msk-iam', region: 'eu-west-1', awsProfile: 'dev' });
  });

  it('is nothing without servers', () => {
    expect(importClientProperties('acks=all', 'x')).toBeNull();
  });
});

describe('docker compose', () => {
  it('prefers the listener made for clients outside', () => {
    const text = `
services:
  broker:
    image: apache/kafka:4.1.0
    ports: ["9092:9092"]
    environment:
      KAFKA_LISTENERS: PLAINTEXT://broker:29092,CONTROLLER://broker:29093,PLAINTEXT_HOST://0.0.0.0:9092
      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://broker:29092,PLAINTEXT_HOST://localhost:9092
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT
  ui:
    image: provectuslabs/kafka-ui
    ports: ["8080:8080"]
`;
    expect(importCompose(text)).toEqual([
      { profile: { name: 'broker', bootstrap: ['localhost:9092'] }, secrets: {}, ask: [], notes: [] },
    ]);
  });

  it('maps a name that only containers know', () => {
    const text = `
x-common: &common
  image: bitnami/kafka:3.9
services:
  kafka:
    <<: *common
    ports:
      - target: 9092
        published: "19092"
    environment:
      - KAFKA_CFG_LISTENERS=SASL_PLAINTEXT://:9092
      - KAFKA_CFG_ADVERTISED_LISTENERS=SASL_PLAINTEXT://kafka:9092
      - KAFKA_CFG_SASL_ENABLED_MECHANISMS=SCRAM-SHA-256
`;
    expect(importCompose(text)).toEqual([
      {
        profile: {
          name: 'kafka',
          bootstrap: ['localhost:19092'],
          addressMap: { 'kafka:9092': 'localhost:19092' },
          sasl: { mechanism: 'scram-sha-256', username: '' },
        },
        secrets: {},
        ask: ['password'],
        notes: [],
      },
    ]);
  });

  it('leaves out what publishes no port', () => {
    expect(importCompose('services: { kafka: { image: apache/kafka, expose: ["9092"] } }')).toEqual([]);
    expect(importCompose('')).toEqual([]);
  });
});

describe('Dapr components', () => {
  const component = (fields: string) =>
    `kind: Component\nmetadata: { name: bus }\nspec:\n  type: pubsub.kafka\n  metadata:\n${fields}`;

  it('takes brokers and login, and asks for what a secret store holds', () => {
    const text = component(`
    - { name: brokers, value: "a:9092,b:9092" }
    - { name: AuthType, value: password }
    - { name: saslUsername, value: u }
    - { name: saslMechanism, value: SHA-512 }
    - { name: saslPassword, secretKeyRef: { name: s, key: k } }
    - { name: disableTls, value: "true" }`);
    expect(importDaprComponents(text)).toEqual([
      {
        profile: { name: 'bus', bootstrap: ['a:9092', 'b:9092'], sasl: { mechanism: 'scram-sha-512', username: 'u' } },
        secrets: {},
        ask: ['password'],
        notes: [],
      },
    ]);
  });

  it('takes OIDC with the secret apart', () => {
    const text = component(`
    - { name: brokers, value: "a:9093" }
    - { name: authType, value: oidc }
    - { name: oidcTokenEndpoint, value: "https://i/token" }
    - { name: oidcClientID, value: c }
    - { name: oidcClientSecret, value: hush }
    - { name: skipVerify, value: "true" }`);
    const [imported] = importDaprComponents(text);
    expect(imported?.profile).toEqual({
      name: 'bus',
      bootstrap: ['a:9093'],
      tls: { skipVerify: true },
      sasl: { mechanism: 'oauthbearer-client-credentials', tokenUrl: 'https://i/token', clientId: 'c' },
    });
    expect(imported?.secrets).toEqual({ clientSecret: 'hush' });
    expect(JSON.stringify(imported?.profile)).not.toContain('hush');
  });

  it('passes over every other document', () => {
    expect(
      importDaprComponents(
        `kind: Subscription\n---\n${component('    - { name: brokers, value: "a:1" }')}\n---\nfoo: 1`,
      ),
    ).toHaveLength(1);
  });
});

it('takes clusters of the kafka.clusters setting', () => {
  const setting = [
    {
      id: '1',
      name: 'local',
      bootstrap: 'localhost:9092',
      saslOption: { mechanism: 'scram-sha-256', username: 'u', password: 'p' },
      ssl: true,
    },
    { name: 'broken' },
    { name: 'tls', bootstrap: 'b:1', ssl: { ca: '/ca.pem', rejectUnauthorized: false } },
  ];
  expect(importKafkaClustersSetting(setting)).toEqual([
    {
      profile: {
        name: 'local',
        bootstrap: ['localhost:9092'],
        sasl: { mechanism: 'scram-sha-256', username: 'u' },
        tls: {},
      },
      secrets: { password: 'p' },
      ask: [],
      notes: [],
    },
    {
      profile: { name: 'tls', bootstrap: ['b:1'], tls: { caFile: '/ca.pem', skipVerify: true } },
      secrets: {},
      ask: [],
      notes: [],
    },
  ]);
  expect(importKafkaClustersSetting('nonsense')).toEqual([]);
});

it('exports without secrets and reads it back', () => {
  const sasl = { mechanism: 'oauthbearer-client-credentials', clientId: 'c' } as const;
  const plain = {
    name: 'n',
    bootstrap: ['a:1'],
    sasl: { ...sasl, tokenUrl: 'https://t/' },
    registry: { url: 'https://r/x' },
  };
  const told = {
    ...plain,
    sasl: { ...sasl, tokenUrl: 'https://c:hush@t/' },
    registry: { url: 'https://user:hush@r/x' },
  };
  const text = exportProfiles([{ id: 'i', ...told }]);
  expect(text).not.toContain('hush');
  expect(importProfiles(text)).toEqual([plain]);
  expect(importProfiles(JSON.stringify({ clusters: [told] }))).toEqual([plain]);
  expect(() => importProfiles('{}')).toThrow('The file holds no exported connections.');
});
