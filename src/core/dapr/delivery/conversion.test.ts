import { describe, expect, it } from 'vitest';
import { createLinter } from '../rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../workspace.ts';
import { propertiesText, toClientProperties } from './clientProperties.ts';
import { componentText, toMetadata } from './componentMetadata.ts';

const items = (values: Record<string, string | null>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

describe('a component for a plain client', () => {
  it('takes over what both have and names the rest', () => {
    const { pairs, without } = toClientProperties(
      items({
        brokers: 'b:9092',
        initialOffset: 'oldest',
        sessionTimeout: '20s',
        authType: 'none',
        backOffDuration: '1s',
      }),
      'orders',
    );
    expect(Object.fromEntries(pairs)).toEqual({
      'bootstrap.servers': 'b:9092',
      'group.id': 'orders',
      'auto.offset.reset': 'earliest',
      'session.timeout.ms': '20000',
      'enable.auto.commit': 'false',
      'isolation.level': 'read_uncommitted',
      'security.protocol': 'PLAINTEXT',
    });
    expect(without.map((w) => w.name)).toEqual(['backOffDuration', 'commit']);
  });

  it('never shows a secret, nor what a secret holds', () => {
    const converted = toClientProperties(
      items({
        brokers: null,
        authType: 'password',
        saslUsername: null,
        saslPassword: 'hunter2',
        saslMechanism: 'SHA-512',
        caCert: '-----BEGIN CERTIFICATE-----\nAAA',
        clientCert: null,
        clientKey: 'KEYKEY',
        oidcClientSecret: 'hunter3',
      }),
      null,
    );
    const text = propertiesText(converted);
    expect(text).not.toMatch(/hunter|AAA|KEYKEY/);
    expect(text.split('\n').slice(0, 14)).toEqual([
      'bootstrap.servers=${BROKERS}',
      'group.id=${CONSUMER_GROUP}',
      'auto.offset.reset=latest',
      'enable.auto.commit=false',
      'isolation.level=read_uncommitted',
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="${SASL_USERNAME}" password="${SASL_PASSWORD}";',
      'ssl.truststore.type=PEM',
      'ssl.truststore.certificates=${CA_CERT}',
      'ssl.keystore.type=PEM',
      'ssl.keystore.certificate.chain=${CLIENT_CERT}',
      'ssl.keystore.key=${CLIENT_KEY}',
      '',
    ]);
    expect(text).toContain('# oidcClientSecret: ');
  });
});

describe('client properties for a component', () => {
  const properties =
    'bootstrap.servers=b:9093\n# c\ngroup.id = g\nauto.offset.reset=earliest\nsession.timeout.ms=30000\nenable.auto.commit=true\ngroup.instance.id=x\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\\n  username="u" password="hunter2";\nssl.truststore.location=/etc/ca.pem\n';

  it('takes over what both have, leaves secrets to a store and names the rest', () => {
    const { pairs, secrets, without } = toMetadata(properties);
    expect(Object.fromEntries(pairs)).toEqual({
      brokers: 'b:9093',
      consumerGroup: 'g',
      initialOffset: 'oldest',
      sessionTimeout: '30000ms',
      authType: 'password',
      saslUsername: 'u',
      saslMechanism: 'PLAIN',
    });
    expect(secrets).toEqual(['saslPassword', 'caCert']);
    expect(without.map((w) => w.name)).toEqual(['enable.auto.commit', 'group.instance.id', 'ssl.truststore.location']);
    expect(toMetadata('auto.offset.reset=none').without[0]?.why).toBe(
      'Dapr knows no "none": it always falls to oldest or newest.',
    );
    expect(toMetadata('# nothing\n').pairs).toEqual([]);
  });

  it('writes a file that daprd loads, without the password', () => {
    const text = componentText('kafka-pubsub', toMetadata(properties));
    expect(text).not.toContain('hunter2');
    const linter = createLinter(DEFAULT_LINT_OPTIONS);
    linter.set('c.yaml', text);
    expect(linter.findings('c.yaml').filter((finding) => finding.severity === 'error')).toEqual([]);
    expect(text).toContain(
      '  - name: saslPassword\n    secretKeyRef:\n      name: kafka-secrets\n      key: saslPassword\n',
    );
  });

  it('comes back the same from both', () => {
    const there = propertiesText(
      toClientProperties(
        items({
          brokers: 'b:9092',
          initialOffset: 'oldest',
          authType: 'none',
          consumerGroupRebalanceStrategy: 'sticky',
        }),
        'g',
      ),
    );
    expect(Object.fromEntries(toMetadata(there).pairs)).toEqual({
      brokers: 'b:9092',
      consumerGroup: 'g',
      initialOffset: 'oldest',
      authType: 'none',
      consumerGroupRebalanceStrategy: 'sticky',
    });
  });
});
