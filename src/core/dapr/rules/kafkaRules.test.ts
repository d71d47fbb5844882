import { describe, expect, it } from 'vitest';
import type { LintOptions } from '../lintOptions.ts';
import { applyFix, component, findingsOf, unmark } from './markedText.ts';

/** rule, metadata lines with « » around what is marked (none: must not trigger), a part of the message, options, type */
type Case = [
  rule: string,
  lines: string,
  message?: string | undefined,
  options?: Partial<LintOptions> | undefined,
  type?: string | undefined,
];

const BASE = '- name: brokers\n  value: "k:9092"\n- name: authType\n  value: "none"\n';
const item = (name: string, value: string) => `- name: ${name}\n  value: ${value}\n`;
const BINDING = 'bindings.kafka';
const K8S = { mode: 'kubernetes' } as const;

const CASES: Case[] = [
  ['K-01', item('initialOffset', '«"newest"»'), 'never received by a new consumer group'],
  ['K-01', item('initialOffset', '«""»')],
  ['K-01', item('initialOffset', '"OLDEST"')],
  ['K-01', item('initialOffset', '"{{ .Values.offset }}"')],
  ['K-01', '{{- if .Values.replay }}\n- name: initialOffset\n  value: "oldest"\n{{- end }}\n'],
  ['K-01', item('publishTopic', '"t"'), undefined, {}, BINDING],
  ['K-02', item('«InitialOffset»', '"oldest"'), 'only the exact spelling initialOffset is read'],
  ['K-02', item('initialOffset', '"oldest"')],
  ['K-03', item('initialOffset', '«"earliest"»'), 'kafka error: invalid initialOffset: earliest'],
  ['K-03', item('initialOffset', '«" oldest"»'), 'invalid initialOffset:  oldest'],
  ['K-03', item('initialOffset', '«5»'), 'invalid initialOffset: 5'],
  ['K-03', item('initialOffset', '«[oldest]»'), 'invalid initialOffset: ["oldest"]'],
  ['K-03', item('initialOffset', '«|\n    oldest»')],
  ['K-03', item('initialOffset', 'Newest')],
  ['K-03', item('initialOffset', '~')],
  ['K-03', item('initialOffset', '"${OFFSET}"')],
  ['K-04', item('clientConnectionTopicMetadataRefreshInterval', '«"10m"»'), 'added later'],
  ['K-04', item('clientConnectionTopicMetadataRefreshInterval', '"1m"')],
  ['K-05', item('«auto.offset.reset»', '"earliest"'), 'which Dapr calls initialOffset'],
  ['K-05', item('«enable.auto.commit»', '"false"'), 'Dapr has no such setting'],
  ['K-06', item('«constructor»', '"a"'), 'has no such setting'],
  ['K-03', item('initialOffset', '«"toString"»'), 'invalid initialOffset: toString'],
  ['K-25', item('sessionTimeout', '«"1constructor"»'), 'unknown unit'],
  ['K-05', item('consumerGroup', '"g"')],
  ['K-06', item('«consumerRetryInterval»', '"200ms"'), 'Did you mean consumeRetryInterval?'],
  ['K-06', item('«topics»', '"a"'), 'belongs to bindings.kafka'],
  ['K-06', item('«backOffNope»', '"1"')],
  ['K-06', item('topics', '"a"'), undefined, {}, BINDING],
  ['K-06', item('CONSUMERGROUP', '"a"') + item('allowedTopics', '"a"')],
  ['K-06', item('{{ .Values.name }}', '"a"')],
  ['K-06', item('anything', '"a"'), undefined, {}, 'state.mongodb'],
  [
    'K-07',
    item('consumerGroup', '"a"') + item('«ConsumerGroup»', '"b"'),
    'key consumergroup is duplicate in the metadata',
  ],
  ['K-07', item('consumerGroup', '"a"') + item('consumerGroup', '"b"')],
  [
    'K-07',
    '{{ if .a }}\n' + item('consumerGroup', '"a"') + '{{ else }}\n' + item('ConsumerGroup', '"b"') + '{{ end }}\n',
  ],
  ['K-08', item('«consumerGroup»', '"a"') + item('consumerGroup', '"b"'), 'the last one is used'],
  ['K-08', item('consumerGroup', '"a"')],
  ['K-09', item('«consumerId»', '"a"') + item('consumerGroup', '"g"'), 'key consumerid is duplicate in the metadata'],
  ['K-09', item('consumerID', '"a"')],
  ['K-09', item('consumerId', '"a"'), undefined, {}, BINDING],
  ['K-10', item('consumerGroup', '«"{uuid}"»'), 'a new consumer group at every start'],
  ['K-10', item('consumerID', '«"x-{podName}"»'), 'one consumer group per pod'],
  ['K-10', item('clientID', '"{uuid}"')],
  ['K-11', item('clientID', '«"{namespace}"»'), '<namespace><topic>'],
  ['K-11', item('clientID', '"{appID}"')],
  ['K-12', item('consumerGroup', '"g"') + item('«consumerID»', '"c"'), 'no effect'],
  ['K-12', item('consumerGroup', '""') + item('consumerID', '"c"')],
  ['K-14', item('consumerGroup', '«shop»'), 'the one group shop'],
  ['K-14', item('consumerGroup', '"{appID}-x"')],
  ['K-16', item('consumerGroup', '«" g"»'), 'another group than "g"'],
  ['K-16', '- name: brokers\n  value: «"a:9092, b:9092"»\n', 'no such host'],
  ['K-16', '- name: brokers\n  value: "a:9092,b:9092"\n'],
  ['K-17', '- name: consumerGroup\n  envRef: «GROUP»\n', 'cannot be told from its file'],
  ['K-17', '- name: clientID\n  envRef: GROUP\n'],
  ['K-18', item('consumerGroup', '«"{appid}-g"»'), 'does not know {appid}'],
  ['K-18', item('consumerGroup', '«"{{appID}}"»'), 'does not know {{appID}}'],
  ['K-18', item('consumerGroup', '"{appID}-{uuid}"')],
  ['K-19', item('consumerGroup', '«"{podName}"»'), 'property consumerGroup refers to {podName} but podName is not set'],
  ['K-19', item('consumerGroup', '"{podName}"'), undefined, K8S],
  ['K-19', item('consumerGroup', '"{podName}"'), undefined, { environment: { POD_NAME: 'p' } }],
  ['K-21', item('consumeRetryEnabled', '«false»'), 'skipped for good'],
  ['K-21', item('backOffMaxRetries', '«"0"»')],
  ['K-21', item('backOffMaxRetries', '"-1"')],
  ['K-23', item('skipVerify', '«"ture"»'), 'reads "ture" as false'],
  ['K-23', item('skipVerify', 'On') + item('disableTls', '" F "')],
  [
    'K-24',
    item('heartbeatInterval', '«"1"»') + item('sessionTimeout', '"10s"'),
    'is seconds in heartbeatInterval: daprd reads 1s',
  ],
  ['K-24', item('consumeRetryInterval', '«200»'), 'is milliseconds in consumeRetryInterval: daprd reads 200ms'],
  ['K-24', item('clientConnectionKeepAliveInterval', '"0"')],
  ['K-25', item('sessionTimeout', '«"abc"»'), 'error decoding \'sessionTimeout\': time: invalid duration "abc"'],
  ['K-25', item('sessionTimeout', '«"10 s"»'), 'time: unknown unit " s" in duration "10 s"'],
  [
    'K-25',
    item('sessionTimeout', '«"3s"»'),
    'Consumer.Group.Heartbeat.Interval must be < Consumer.Group.Session.Timeout',
  ],
  ['K-25', item('heartbeatInterval', '«0»'), 'Consumer.Group.Heartbeat.Interval must be >= 1ms'],
  ['K-25', item('consumeRetryInterval', '«"-1"»'), 'strconv.ParseUint: parsing "-1": invalid syntax'],
  ['K-25', item('channelBufferSize', '«"-1"»'), 'ChannelBufferSize must be >= 0'],
  ['K-25', item('consumerFetchMin', '«0»'), 'Consumer.Fetch.Min must be > 0'],
  ['K-25', item('dialTimeout', '"abc"'), undefined, { daprVersion: '1.18.1' }],
  ['K-25', item('dialTimeout', '«"abc"»'), undefined, { daprVersion: '1.18.10' }],
  ['K-25', item('sessionTimeout', '"1h30m"') + item('maxMessageBytes', '"0x10"')],
  ['K-26', item('backOffPolicy', '«"linear"»'), 'invalid PolicyType "linear": unexpected back off policy type: linear'],
  ['K-26', item('backOffMaxRetries', '«"1.5"»'), 'error decoding \'maxRetries\': invalid int64 "1.5"'],
  ['K-26', item('backOffMaxElapsedTime', '«"zz"»'), 'error decoding \'maxElapsedTime\': invalid duration "zz"'],
  ['K-26', item('backOffPolicy', '"Exponential"') + item('backOffDuration', '"500"')],
  ['K-28', item('authType', '«"None"»'), 'Only the exact word none'],
  ['K-28', item('authType', '"NONE"') + item('disableTls', 'true')],
  ['K-51', item('«backoffMaxRetries»', '"3"'), 'must begin with exactly backOff'],
  ['K-51', item('backOffMaxRetries', '"3"')],
  ['K-52', '- name: consumerGroup\n  secretKeyRef:\n    «name: s\n    key: k»\n', 'the group is the app id then'],
  ['K-52', '- name: consumerGroup\n  secretKeyRef:\n    name: s\n', undefined, K8S],
  ['K-53', '- name: clientID\n  envRef: «DAPR_X»\n', 'refuses to read the variable DAPR_X'],
  ['K-53', '- name: clientID\n  value: "a"\n  envRef: «X»\n', 'only where there is no value'],
  ['K-53', '- name: clientID\n  value: ""\n  envRef: «X»\n', 'only where there is no value at all'],
  ['K-53', '- name: clientID\n  value: ~\n  envRef: X\n'],
  ['K-53', '- name: clientID\n  envRef: «dapr_x»\n', 'refuses to read the variable dapr_x'],
  ['K-53', '- name: clientID\n  envRef: XDAPR_\n'],
  ['K-53', '- name: clientID\n  envRef: «X»\n', 'is not set', { environment: {} }],
  ['K-53', '- name: clientID\n  envRef: X\n'],
  ['K-54', item('consumerGroup', '«{uuid}»'), 'becomes the text {"uuid":null}'],
  ['K-54', item('consumerGroup', '«{appID}-x»'), 'skips this document'],
  ['K-54', item('consumerGroup', '"{appID}-x"')],
  ['K-55', item('consumerGroup', '«0123»'), 'reads 0123 as 83'],
  ['K-55', item('consumerGroup', '«yes»'), 'reads yes as true'],
  ['K-55', item('clientID', '«.inf»'), 'skips this document'],
  ['K-55', item('consumerGroup', '12:30') + item('disableTls', 'yes') + item('clientID', '2024-01-01')],
  ['K-56', item('consumerGroup', '«|\n    cg»'), 'consumerGroup is "cg\\n"'],
  ['K-56', item('initialOffset', '«>\n    oldest»'), 'initialOffset does not allow one'],
  ['K-56', item('consumerGroup', '>-\n    cg')],
  ['K-56', item('caCert', '|\n    x')],
  ['K-57', item('consumerGroup', '"a-«${GROUP}»"'), 'does not replace ${GROUP}'],
  ['K-57', item('saslUsername', '"$ConnectionString"') + item('consumerGroup', '"{appID}"')],
  ['K-60', '- name: consumerGroup\n  «valueFrom»:\n    secretKeyRef:\n      name: s\n', 'leaves consumerGroup empty'],
  ['K-60', '- name: clientID\n  Value: "x"\n'],
  ['K-61', item('sessionTimeout', '«"31m"»'), 'nothing is delivered'],
  ['K-61', item('consumeRetryInterval', '«"1000m"»'), 'really waits 16h40m'],
  ['K-61', item('sessionTimeout', '"30m"') + item('heartbeatInterval', '"3s"')],
  ['K-63', item('«rawPayload»', '"true"'), 'belongs to the Subscription'],
  ['K-63', item('route', '"/x"'), undefined, {}, BINDING],
  ['K-64', item('«topics»', '"t"'), 'The provided group id was empty', {}, BINDING],
  ['K-64', item('topics', '"t"') + item('consumerID', '"c"'), undefined, {}, BINDING],
];

/** Login and cluster rules bring their own brokers and authType. */
const LOGIN: Case[] = [
  ['K-27', item('authType', '"none"'), "missing 'brokers' attribute"],
  ['K-27', item('brokers', '"k:1"'), "'authType' attribute was missing or empty"],
  ['K-27', item('brokers', '"k:1"') + item('authType', '«"sasl"»'), "invalid value for 'authType' attribute"],
  [
    'K-27',
    item('brokers', '"k:1"') + item('authType', 'password') + item('saslPassword', '"p"'),
    'missing SASL Username',
  ],
  ['K-27', item('brokers', '"k:1"') + item('authType', 'none') + item('caCert', '«"junk"»'), 'invalid ca certificate'],
  ['K-27', item('brokers', '"k:1"') + item('authRequired', '"false"')],
  ['K-27', item('brokers', '"${B}"') + item('authType', '"${A}"')],
  ['K-29', item('authType', 'password') + item('saslMechanism', '«"SCRAM-SHA-512"»'), 'uses SASL PLAIN'],
  ['K-29', item('authType', 'password') + item('saslMechanism', 'PLAINTEXT')],
  ['K-58', item('authType', 'password') + item('brokers', '«"a:9092,b:9092"»'), 'uses TLS'],
  ['K-58', item('authType', 'password') + item('brokers', '"a:9093"')],
  ['K-59', item('brokers', '«"n.servicebus.windows.net:9093"»'), 'Event Hubs'],
  ['K-59', item('brokers', '"n.servicebus.windows.net:9093"') + item('version', '"1.0.0"')],
];

/** Other components, by what the catalogue says of their fields. */
const OTHERS: Case[] = [
  ['K-27', item('consumerID', '"x"'), 'daprd stops: missing nats URL', {}, 'pubsub.jetstream'],
  [
    'K-27',
    item('natsURL', '"n"') + '- name: «jwt»\n  value: "x"\n',
    'daprd stops: missing seed key',
    {},
    'pubsub.jetstream',
  ],
  [
    'K-27',
    item('natsURL', '"n"') + '- name: «tls_client_key»\n  value: "x"\n',
    'missing tls client cert',
    {},
    'pubsub.jetstream',
  ],
  ['K-27', item('natsURL', '"n"') + item('jwt', '"x"') + item('seedKey', '"y"'), undefined, {}, 'pubsub.jetstream'],
  [
    'K-27',
    '- name: «connectionString»\n  value: "x"\n' + item('namespaceName', '"y"'),
    'cannot both be specified',
    {},
    'pubsub.azure.servicebus',
  ],
  ['K-27', item('projectId', '"p"'), undefined, {}, 'pubsub.gcp.pubsub'],
  ['K-07', item('url', '"tcp://m:1883"') + '- name: «URL»\n  value: "x"\n', 'key url is duplicate', {}, 'pubsub.mqtt3'],
  ['K-07', item('redisHost', '"r:6379"') + '- name: REDISHOST\n  value: "x"\n', undefined, {}, 'pubsub.redis'],
  ['K-09', '- name: «consumerId»\n  value: "x"\n', 'key consumerid is duplicate', {}, 'pubsub.rabbitmq'],
  ['K-27', item('redisPassword', '"x"'), 'Without redisHost daprd dials localhost', {}, 'pubsub.redis'],
  ['K-27', item('redisHost', '"r:6379"'), undefined, {}, 'pubsub.redis'],
  [
    'K-25',
    item('host', '"p:6650"') + item('subscribeInitialPosition', '«"oldest"»'),
    'Accepted values are `latest`',
    {},
    'pubsub.pulsar',
  ],
  ['K-25', item('deliverPolicy', '«"All"»'), 'deliver policy All is not one of', {}, 'pubsub.jetstream'],
  ['K-25', item('concurrency', '«"many"»'), 'many is none of: parallel, single', {}, 'pubsub.rabbitmq'],
  ['K-25', item('concurrency', '"single"') + item('prefetchCount', '"10"'), undefined, {}, 'pubsub.rabbitmq'],
  ['K-23', item('durable', '«"ja"»'), 'ja counts as false', {}, 'pubsub.rabbitmq'],
  ['K-66', item('brokers', '"k:1"'), 'committed offsets vanish', { daprVersion: '1.12.1' }],
  ['K-66', item('brokers', '"k:1"'), 'copy to the dead letter topic fails (fixed in 1.15.0', { daprVersion: '1.14.5' }],
  ['K-66', item('brokers', '"k:1"'), undefined, { daprVersion: '1.18.0' }],
];

function check([rule, lines, message, options, type]: Case) {
  const { text, parts } = unmark(component(lines, type));
  const findings = findingsOf(rule, text, options);
  const expected = lines.includes('«') ? parts : message === undefined ? [] : findings.slice(0, 1).map((f) => f.range);
  expect(findings.map((finding) => finding.range)).toEqual(expected);
  if (lines.includes('«') || message !== undefined) expect(findings.length).toBeGreaterThan(0);
  if (message !== undefined) expect(findings[0]?.message).toContain(message);
  for (const finding of findings)
    for (const fix of finding.fixes) {
      const fixed = applyFix(text, fix);
      expect(findingsOf(rule, fixed, options).length, `${fix.title}:\n${fixed}`).toBeLessThan(findings.length);
    }
}

describe('rules of a single component', () => {
  it.each(CASES)('%s %j', (rule, lines, message, options, type) => check([rule, BASE + lines, message, options, type]));
  it.each(OTHERS)('%s %j', (rule, lines, message, options, type) => check([rule, lines, message, options, type]));
  it.each(LOGIN)('%s %j', (rule, lines, message, options, type) => check([rule, lines, message, options, type]));
});

describe('fixes', () => {
  it('keep comments, indentation, quotes and line ends', () => {
    const { text } = unmark(
      component("  - name: brokers   # b\n    value: 'k:9092'\n  - name: initialOffset\n    value: 'earliest' # why"),
    );
    const crlf = text.replaceAll('\n', '\r\n');
    const [finding] = findingsOf('K-03', crlf);
    expect(finding?.fixes.map((fix) => fix.title)).toEqual(['Replace by oldest', 'Replace by newest']);
    expect(applyFix(crlf, finding!.fixes[0]!)).toBe(crlf.replace("'earliest'", "'oldest'"));
  });

  it('add an item in the style of the list', () => {
    const text = component('-   name: brokers\n    value: k:9092 # last\n');
    const [finding] = findingsOf('K-01', text);
    expect(applyFix(text, finding!.fixes[0]!)).toBe(
      text.replace('# last\n', '# last\n  -   name: initialOffset\n      value: "oldest"\n'),
    );
    const flow =
      'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: a}\nspec: {type: pubsub.kafka, metadata: [{name: brokers, value: b}]}\n';
    const [inFlow] = findingsOf('K-01', flow);
    expect(applyFix(flow, inFlow!.fixes[0]!)).toContain(
      '{name: brokers, value: b}, {name: initialOffset, value: "oldest"}]',
    );
  });

  it('name a new group when a replay is wanted', () => {
    const text = component('- name: consumerGroup\n  value: shop\n');
    const fix = findingsOf('K-01', text)[0]!.fixes.find((f) => f.title.includes('new consumer group'))!;
    expect(applyFix(text, fix)).toContain('value: shop-replay\n  - name: initialOffset\n    value: "oldest"');
  });

  it('say that newest is intended', () => {
    const text = component('- name: initialOffset\n  value: newest\n');
    const fix = findingsOf('K-01', text)[0]!.fixes.at(-1)!;
    expect(applyFix(text, fix)).toContain(
      '    # kafka-dapr-disable-next-line K-01 intended: only messages that arrive from now on\n    value: newest',
    );
  });

  it('give a field its own spelling', () => {
    const text = component('- name: backoffMaxRetries # ours\n  value: "3"\n');
    const [fix] = findingsOf('K-51', text)[0]!.fixes;
    expect(fix).toMatchObject({ title: 'Rename to backOffMaxRetries', preferred: true });
    expect(applyFix(text, fix!)).toBe(text.replace('backoff', 'backOff'));
    const both = component('- name: backoffMaxRetries\n  value: "3"\n- name: backOffMaxRetries\n  value: "4"\n');
    expect(findingsOf('K-51', both)[0]!.fixes.map(({ title }) => title)).toEqual(['Remove "backoffMaxRetries"']);
  });

  it('take a value from the environment', () => {
    const text = component("- name: consumerGroup\n  value: '${GROUP}' # filled in\n");
    expect(applyFix(text, findingsOf('K-57', text)[0]!.fixes[0]!)).toBe(
      text.replace("value: '${GROUP}' # filled in", 'envRef: GROUP # filled in'),
    );
    // A variable that daprd refuses to read, and one with other text around it.
    for (const value of ['$(DAPR_GROUP)', '"${GROUP}-a"', '"<group>"'])
      expect(findingsOf('K-57', component(`- name: consumerGroup\n  value: ${value}\n`))[0]!.fixes).toEqual([]);
  });

  it('turn valueFrom into secretKeyRef', () => {
    const text = component('- name: saslPassword\n  valueFrom:\n    secretKeyRef:\n      name: s\n      key: k\n');
    expect(applyFix(text, findingsOf('K-60', text)[0]!.fixes[0]!)).toContain(
      '  - name: saslPassword\n    secretKeyRef:\n      name: "s"\n      key: "k"\n',
    );
  });

  it('name the way to log in that other clients call so', () => {
    const titles = (value: string, more = '') => {
      const text = component(item('brokers', 'k:1') + item('authType', value) + more);
      return findingsOf('K-27', text).flatMap((finding) => finding.fixes.map((fix) => fix.title));
    };
    const user = item('saslUsername', 'u') + item('saslPassword', 'p');
    expect(titles('SASL_SSL', user)).toEqual(['Replace by password']);
    expect(titles('scram-sha-512', user)).toEqual(['Replace by password']);
    expect(titles('SSL', item('caCert', 'x'))).toEqual(['Replace by certificate']);
    const pair = item('clientCert', 'x') + item('clientKey', 'x');
    expect(titles('SSL', item('caCert', 'x') + pair)).toEqual(['Replace by certificate', 'Replace by mtls']);
    expect(titles('mutual-tls', pair + item('skipVerify', '"true"'))).toEqual(['Replace by mtls']);
    expect(titles('aws_msk_iam', item('region', 'eu-west-1'))).toEqual(['Replace by awsiam']);
    expect(titles('PLAINTEXT')).toEqual(['Replace by none']);
    // Not without their fields, and never less than was asked for.
    for (const value of ['SASL_SSL', 'SSL', 'mtls ', 'OAUTHBEARER', 'oidc-private-key-jwt', 'IAM'])
      expect(titles(`"${value}"`)).toEqual([]);
    const text = component(item('brokers', 'k:1') + item('authType', 'OAUTHBEARER'));
    expect(findingsOf('K-27', text)[0]!.message).toContain('It knows none, password, oidc, ');
    expect(titles('kerberos', user)).toEqual(['Replace by password']);
    const without = component(item('brokers', 'k:1') + user);
    expect(applyFix(without, findingsOf('K-27', without)[0]!.fixes[0]!)).toContain(
      '- name: authType\n    value: "password"\n',
    );
  });

  it('write a list of brokers as one text', () => {
    const written = (value: string) =>
      component(`- name: brokers # ours\n  value: ${value}\n` + item('authType', 'none'));
    const fixed = (value: string) => {
      const [finding] = findingsOf('K-27', written(value));
      return finding!.fixes.map((fix) => applyFix(written(value), fix));
    };
    expect(fixed('[a:9092, "b:9093"]')).toEqual([written('"a:9092,b:9093"')]);
    expect(fixed('\n  - a:9092\n  - b # last')).toEqual([written('"a:9092,b:9092" # last')]);
    expect(fixed('# ours\n    - a:9092\n    - b')).toEqual([]);
    expect(fixed('[{host: a}]')).toEqual([]);
    expect(fixed('"127.0.0.1 9092"')).toEqual([]);
  });

  it('make nothing worse: heartbeats that fit, codecs that the version has, lists that can be read', () => {
    const titles = (rule: string, lines: string) =>
      findingsOf(rule, component(lines)).flatMap((finding) => finding.fixes.map((fix) => fix.title));
    expect(titles('K-61', item('sessionTimeout', '1h') + item('heartbeatInterval', '30s'))).toEqual([
      'Replace by 1m30s',
    ]);
    expect(titles('K-61', item('sessionTimeout', '1h'))).toEqual(['Replace by 10s']);
    const four = ['none', 'gzip', 'snappy', 'lz4'].map((word) => `Replace by ${word}`);
    expect(titles('K-38', item('compression', 'brotli'))).toEqual(four);
    expect(titles('K-38', item('compression', 'brotli') + item('version', '"2.8.0"'))).toEqual([
      ...four,
      'Replace by zstd',
    ]);
    expect(titles('K-43', '- name: brokers\n  value: k:9092\n-\n')).toEqual([]);
  });

  it('put a text in the place of a list below its key', () => {
    const text = component(item('initialOffset', '\n  - oldest'));
    expect(applyFix(text, findingsOf('K-03', text)[0]!.fixes[0]!)).toBe(component(item('initialOffset', '"oldest"')));
  });

  it('stand in messages of one line', () => {
    const text = component(item('consumerGroup', '"g\\n"'));
    expect(findingsOf('K-14', text)[0]!.message).toContain('the one group g\\n:');
  });
});
