import { describe, expect, it } from 'vitest';
import type { LintOptions } from '../lintOptions.ts';
import { certificateExpiry } from './certificateExpiry.ts';
import { goRegexFault } from './goRegex.ts';
import { applyFix, component, findingsOf, unmark } from './markedText.ts';

/** rule, metadata lines with « » around what is marked (none: must not trigger), a part of the message, options, type */
type Case = [
  rule: string,
  lines: string,
  message?: string | undefined,
  options?: Partial<LintOptions> | undefined,
  type?: string | undefined,
];

const item = (name: string, value: string) => `- name: ${name}\n  value: ${value}\n`;
const NEW = { daprVersion: '1.18.2' };
const OLD = { daprVersion: '1.14.0' };
const PEM = (label: string) => `|\n    -----BEGIN ${label}-----\n    MAMCAQA=\n    -----END ${label}-----`;
const mtls = item('authType', '"mtls"');
const pair = item('clientCert', PEM('CERTIFICATE')) + item('clientKey', PEM('PRIVATE KEY'));

const CASES: Case[] = [
  ['K-34', item('excludeHeaderMetaRegex', '«"^(?!x)"»'), 'daprd panics and stops (exit 2): "(?!x"'],
  ['K-34', item('excludeHeaderMetaRegex', '«"("»')],
  ['K-34', item('excludeHeaderMetaRegex', '"^rawPayload|valueSchemaType$"')],
  ['K-34', item('excludeHeaderMetaRegex', '"("'), undefined, OLD],
  ['K-35', '- name: authType\n  value: «"mtls"»\n' + pair, 'nil pointer dereference'],
  ['K-35', mtls + pair + item('skipVerify', '"true"')],
  ['K-35', mtls + pair + '- name: caCert\n  secretKeyRef: {name: s, key: ca}\n'],
  [
    'K-36',
    mtls + item('clientCert', '«' + PEM('CERTIFICATE') + '\n»') + item('caCert', PEM('CERTIFICATE')),
    'clientKey has no value',
  ],
  [
    'K-36',
    '- name: authType\n  value: «"mtls"»\n' + item('caCert', PEM('CERTIFICATE')),
    'unable to load client certificate and key pair',
  ],
  [
    'K-36',
    mtls + pair + item('caCert', PEM('CERTIFICATE')) + item('disableTls', '«"true"»'),
    "cannot configure mTLS authentication when TLSDisable is 'true'",
  ],
  ['K-36', mtls + pair + item('caCert', PEM('CERTIFICATE'))],
  ['K-36', item('authType', '"none"') + item('disableTls', '"true"')],
  [
    'K-37',
    item('consumerGroupRebalanceStrategy', '«"cooperative-sticky"»'),
    'Invalid consumer group rebalance strategy: cooperative-sticky',
  ],
  ['K-37', item('consumerGroupRebalanceStrategy', '«""»')],
  ['K-37', item('consumerGroupRebalanceStrategy', '"Sticky"')],
  ['K-38', item('compression', '«"GZIP"»'), 'kafka error: invalid compression: GZIP'],
  ['K-38', item('compression', '«"zstd"»'), 'zstd compression requires Version >= V2_1_0_0; version is 2.0.0'],
  ['K-38', item('compression', '"zstd"') + item('version', '"2.8.0"')],
  ['K-38', item('compression', '""')],
  ['K-38', item('compression', '"GZIP"'), undefined, OLD],
  ['K-39', item('«ChannelBufferSize»', '"5"'), 'exact spelling only, channelBufferSize'],
  ['K-39', item('«Region»', '"eu"')],
  ['K-39', item('channelBufferSize', '"5"') + item('SaslUsername', '"u"')],
  ['K-40', item('version', '«"2.8"»'), 'kafka error: invalid kafka version: "2.8"'],
  ['K-40', item('version', '«2.0»')],
  ['K-40', item('version', '«"2.0.0.0"»')],
  ['K-40', item('version', '«"V2_8_0_0"»')],
  ['K-40', item('version', '"99.99.99"')],
  ['K-40', item('version', '"0.11.0.2"')],
  ['K-40', item('version', '""')],
  ['K-40', item('version', '"${V}"')],
  ['K-41', item('version', '«"0.10.1.0"»'), 'consumer groups require Version to be >= V0_10_2_0'],
  ['K-41', item('version', '«"0.10.2.0"»'), 'nothing is received from Kafka 4'],
  ['K-41', item('version', '"0.11.0.2"')],
  ['K-41', item('version', '"0.11.0.2"') + item('clientID', '«"a b"»'), 'ClientID value "a b" is not valid'],
  ['K-42', item('producerRequiredAcks', '«"-1"»'), 'invalid value for \'producerRequiredAcks\': "-1"', NEW],
  ['K-42', item('producerRetryMax', '«"-1"»'), '(must be >= 0)', NEW],
  ['K-42', item('producerRetryMax', '«"x"»'), "cannot parse 'producerRetryMax' as int", NEW],
  ['K-42', item('producerRequiredAcks', '"ALL"') + item('producerRetryMax', '"0x10"'), undefined, NEW],
  ['K-42', item('producerRequiredAcks', '"-1"')],
  ['K-43', item('brokers', '"b"'), 'appear as "sarama"'],
  ['K-43', item('clientID', '"{appID}"')],
  ['K-44', item('saslPassword', '«"hunter2"»'), 'saslPassword is a secret'],
  ['K-44', item('schemaRegistryAPISecret', '«hunter2»')],
  ['K-44', item('saslPassword', '"${PASSWORD}"') + item('schemaRegistryAPISecret', '"<your-secret>"')],
  ['K-44', '- name: saslPassword\n  secretKeyRef: {name: s, key: k}\n'],
  ['K-44', item('saslUsername', '"$ConnectionString"')],
  ['K-44', item('connectionString', '«"amqp://u:p@host:5672"»'), undefined, {}, 'pubsub.rabbitmq'],
  ['K-44', item('connectionString', '"amqp://localhost:5672"'), undefined, {}, 'pubsub.rabbitmq'],
  ['K-44', item('privateKey', '"/etc/key.pem"'), undefined, {}, 'pubsub.pulsar'],
  ['K-45', item('«authRequired»', '"true"'), 'authRequired is deprecated'],
  ['K-45', item('authRequired', '«"no"»'), "invalid value for 'authRequired' attribute"],
  ['K-45', item('authType', '"none"') + item('«authRequired»', '"no"'), 'no effect beside authType'],
  ['K-45', item('«awsRegion»', '"eu-west-1"'), 'older name of region'],
  ['K-45', item('region', '"eu-west-1"')],
  ['K-46', item('«dialTimeout»', '"abc"'), 'daprd 1.18.0 ignores dialTimeout'],
  ['K-46', item('dialTimeout', '"5s"'), undefined, NEW],
  ['K-46', item('«compression»', '"gzip"'), 'it knows the field from 1.16.0 on', OLD],
];

const OTHERS: Case[] = [
  ['K-50', item('host', '"h"'), 'latest message', {}, 'pubsub.pulsar'],
  ['K-50', item('subscribeInitialPosition', '«"latest"»'), undefined, {}, 'pubsub.pulsar'],
  ['K-50', item('subscribeInitialPosition', '"Earliest"'), undefined, {}, 'pubsub.pulsar'],
  ['K-50', item('deliverPolicy', '«"new"»'), 'deliverPolicy new', {}, 'pubsub.jetstream'],
  ['K-50', item('deliverPolicy', '«"all"»'), 'Without durableName', {}, 'pubsub.jetstream'],
  ['K-50', item('deliverPolicy', '"all"') + item('durableName', '"d"'), undefined, {}, 'pubsub.jetstream'],
  ['K-50', item('fromWhere', '«"ConsumeFromLastOffset"»'), 'last offset', {}, 'pubsub.rocketmq'],
  ['K-50', item('fromWhere', '"consumefromfirstoffset"'), undefined, {}, 'pubsub.rocketmq'],
  ['K-50', item('deletedWhenUnused', '"false"') + item('durable', '«"false"»'), 'not durable', {}, 'pubsub.rabbitmq'],
  ['K-50', item('deletedWhenUnused', '"false"'), undefined, {}, 'pubsub.rabbitmq'],
  ['K-50', item('cleanSession', '«"true"»'), 'cleanSession', {}, 'pubsub.mqtt3'],
  ['K-50', item('consumerID', '«"{uuid}"»'), '{uuid} makes a new client id', {}, 'pubsub.mqtt3'],
  ['K-50', item('url', '"mqtt://h"'), undefined, {}, 'pubsub.mqtt3'],
  ['K-50', item('consumerID', '"x"'), 'checkpoint', {}, 'pubsub.azure.eventhubs'],
  ['K-50', item('redisHost', '"h"'), undefined, {}, 'pubsub.redis'],
];

function check([rule, lines, message, options, type]: Case) {
  const { text, parts } = unmark(component(lines, type));
  const findings = findingsOf(rule, text, options);
  if (lines.includes('«')) expect(findings.map((finding) => finding.range)).toEqual(parts);
  else expect(findings).toHaveLength(message === undefined ? 0 : 1);
  if (message !== undefined) expect(findings[0]?.message).toContain(message);
  for (const finding of findings)
    for (const fix of finding.fixes) {
      const fixed = applyFix(text, fix);
      expect(findingsOf(rule, fixed, options).length, `${fix.title}:\n${fixed}`).toBeLessThan(findings.length);
    }
}

describe('values of pubsub.kafka', () => {
  it.each(CASES)('%s %j', (...row) => check(row));
});

describe('other brokers', () => {
  it.each(OTHERS)('%s %j %s', (...row) => check(row));
});

describe('goRegexFault', () => {
  it.each([
    '^rawPayload|valueSchemaType$',
    '(?i)a',
    '(?P<n>x)',
    '(?<n>x)',
    '[[:alpha:]]+',
    '[]a]',
    'a{2,3}?',
    '\\Qa(b\\E',
    '\\pL',
    'x*?',
    '(a*)*',
    '(?:)',
    '{',
  ])('accepts %s', (text) => {
    expect(goRegexFault(text)).toBeUndefined();
  });
  it.each([
    ['^(?!x)', '(?!x'],
    ['(?<=a)b', '(?<='],
    ['(?>a)', '(?>a'],
    ['(a)\\1', '\\1'],
    ['a**', '*'],
    ['*a', '*'],
    ['a{2,1}', '{2,1}'],
    ['a{1001}', '{1001}'],
    ['(a', '('],
    ['a)', ')'],
    ['[a', '['],
    ['\\', '\\'],
    ['\\h', '\\h'],
  ])('refuses %s', (text, found) => {
    expect(goRegexFault(text)?.found).toBe(found);
  });
});

describe('certificateExpiry', () => {
  const der = (times: string[]) =>
    btoa('\x30\x1e' + times.map((t) => (t.length === 13 ? '\x17\x0d' : '\x18\x0f') + t).join(''));
  const pem = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  it('reads the end of the validity, in both forms of a time', () => {
    expect(certificateExpiry(pem(der(['240101000000Z', '250102030405Z'])))).toBe(Date.UTC(2025, 0, 2, 3, 4, 5));
    expect(certificateExpiry(pem(der(['20500101000000Z', '20510101000000Z'])))).toBe(Date.UTC(2051, 0, 1));
    expect(certificateExpiry(pem('AAAA'))).toBeUndefined();
    expect(certificateExpiry('no')).toBeUndefined();
  });
});
