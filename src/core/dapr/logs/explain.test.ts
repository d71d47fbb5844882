import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainLogLine } from './explain.ts';

describe('explainLogLine', () => {
  it.each([
    [
      'time="…" level=fatal msg="Fatal error from runtime: [INIT_COMPONENT_FAILURE]: initialization error occurred for kpub (pubsub.kafka/v1): kafka error: invalid initialOffset: earliest"',
      'K-03',
      'kpub',
      [],
    ],
    [
      '{"level":"error","msg":"Error consuming [orders a/b]. Retrying...: kafka server: The request attempted to perform an operation on an invalid topic","component":"x"}',
      'S-08',
      undefined,
      ['orders', 'a/b'],
    ],
    [
      'error deserializing cloud event in pubsub kpub and topic y9-text-plain: invalid character',
      'K-30',
      'kpub',
      ['y9-text-plain'],
    ],
    [
      'fatal: Fatal error from runtime: failed to load components: duplicate definition of Component name kpub (pubsub.kafka/v1) with existing kpub (pubsub.kafka/v1)',
      'C-03',
      'kpub',
      [],
    ],
    ["subscription to topic 'hms' on pubsub 'kpub' is not allowed", 'S-05', 'kpub', ['hms']],
    [
      'error decoding \'policy\': invalid PolicyType "linear": unexpected back off policy type: linear',
      'K-26',
      undefined,
      [],
    ],
    ["warning: Component kpub (pubsub.kafka/v1) references a secret store that isn't loaded: ", 'K-52', 'kpub', []],
    ["warning: Component kpub references a secret store that isn't loaded: vault", 'K-62', undefined, []],
    [
      `kafka error: invalid value for 'producerRequiredAcks': "x" (must be "all", "local", or "none")`,
      'K-42',
      undefined,
      [],
    ],
    ["kafka error: invalid value for 'producerRetryMax': -1 (must be >= 0)", 'K-42', undefined, []],
    ['invalid subscription initial position. Accepted values are `latest` and `earliest`', 'K-25', undefined, []],
    ['deliver policy All is not one of: all, last, new, sequence, time', 'K-25', undefined, []],
    ['error deserializing avro: value is too short', 'K-33', undefined, []],
    ['transport: use of closed network connection', 'K-66', undefined, []],
    [
      'non-retriable error returned from app while processing pub/sub event 7: not found. status code returned: 404',
      'S-07',
      undefined,
      [],
    ],
    ['retriable error returned from app while processing pub/sub event 7, topic: a', 'K-20', undefined, []],
    ['failed to match: no such key: type', 'S-10', undefined, []],
  ])('%s', (line, rule, component, topics) => {
    const found = explainLogLine(line);
    expect(found?.rule).toBe(rule);
    expect(found?.component).toBe(component);
    expect(found?.topics).toEqual(topics);
  });

  it('names what the line names', () => {
    expect(explainLogLine('kafka error: invalid initialOffset: earliest')).toEqual({
      rule: 'K-03',
      cause: 'initialOffset is "earliest"; Dapr knows only oldest and newest.',
      fix: 'Write oldest (Kafka: earliest) or newest (Kafka: latest).',
      topics: [],
    });
    expect(explainLogLine('no such key: type')?.fix).toBe('Write has(event.type) && before it.');
  });

  it('knows every error with which a recorded daprd stopped', () => {
    const { scenarios } = JSON.parse(readFileSync('test/fixtures/dapr-scenarios.json', 'utf8')) as {
      scenarios: { id: string; observed: { error?: string | null } }[];
    };
    const unknown = scenarios
      .filter(({ observed }) => typeof observed.error === 'string' && explainLogLine(observed.error) === undefined)
      .map(({ id, observed }) => `${id}: ${observed.error ?? ''}`);
    expect(unknown).toEqual([]);
  });

  it('knows what no file shows', () => {
    const told = (line: string) => explainLogLine(line)?.cause;
    expect(told('kafka server: The client is not authorized to access this group')).toMatch(/join the consumer group/);
    expect(told('kafka server: The client is not authorized to access this topic')).toMatch(/read or write the topic/);
    expect(told('DROP status returned from app while processing pub/sub event 7')).toMatch(/^The app answered DROP/);
    expect(told('partitionNumber must be non-negative, got -1')).toMatch(/no number from 0 on/);
  });

  it('does not guess', () => {
    expect(explainLogLine('level=info msg="dapr initialized. Status: Running."')).toBeUndefined();
  });
});
