import { describe, expect, it } from 'vitest';
import { dryRunRecord, type DryRunSetup } from './dryRun.ts';
import { bulkOutcome, handlerOutcome, type HandlerSetup } from './handlerOutcome.ts';

const plain: HandlerSetup = {
  deadLetterTopic: false,
  retryEnabled: true,
  maxRetries: null,
  backOffMs: 5000,
  resiliency: null,
  timeoutMs: null,
};

describe('handlerOutcome', () => {
  // The name is that of the recorded run; [answer, set-up, fate, attempts, committed].
  it.each([
    ['e-status-SUCCESS', 'success', {}, 'handled', 1, true],
    ['e-http-503', 'error', {}, 'blocks', null, false],
    ['e-status-RETRY', 'retry', {}, 'blocks', null, false],
    ['e-http-404', 'not-found', {}, 'dropped', 1, true],
    ['e-dlt-404', 'not-found', { deadLetterTopic: true }, 'dead-lettered', 1, true],
    ['e-dlt-404 on 1.14.0', 'not-found', { deadLetterTopic: true, daprVersion: '1.14.0' }, 'dropped', 1, true],
    ['404 on 1.16.19', 'not-found', { deadLetterTopic: true, daprVersion: '1.16.19' }, 'dropped', 1, true],
    ['404 on 1.17.0', 'not-found', { deadLetterTopic: true, daprVersion: '1.17.0' }, 'dead-lettered', 1, true],
    ['e-dlt-DROP', 'drop', { deadLetterTopic: true }, 'dead-lettered', 1, true],
    ['e-dlt-DROP on 1.14.0', 'drop', { deadLetterTopic: true, daprVersion: '1.14.0' }, 'dead-lettered', 1, true],
    ['e-dlt-500', 'error', { deadLetterTopic: true }, 'dead-lettered', 1, true],
    ['e-dlt-missing-topic', 'error', { deadLetterTopic: true, deadLetterFails: true }, 'blocks', null, false],
    [
      'e-dlt-missing-topic on 1.14.0',
      'error',
      { deadLetterTopic: true, deadLetterFails: true, daprVersion: '1.14.0' },
      'lost',
      1,
      true,
    ],
    [
      'a failed copy on 1.14.5',
      'drop',
      { deadLetterTopic: true, deadLetterFails: true, daprVersion: '1.14.5' },
      'lost',
      1,
      true,
    ],
    [
      'a failed copy on 1.15.0',
      'error',
      { deadLetterTopic: true, deadLetterFails: true, daprVersion: '1.15.0' },
      'blocks',
      null,
      false,
    ],
    ['a failed copy of DROP', 'drop', { deadLetterTopic: true, deadLetterFails: true }, 'blocks', null, false],
    ['a failed copy of 404', 'not-found', { deadLetterTopic: true, deadLetterFails: true }, 'blocks', null, false],
    [
      'e-resiliency-max2-dlt',
      'error',
      { deadLetterTopic: true, resiliency: { maxRetries: 2, durationMs: 100 } },
      'dead-lettered',
      3,
      true,
    ],
    [
      'e-resiliency-max2-noretry',
      'error',
      { retryEnabled: false, resiliency: { maxRetries: 2, durationMs: 100 } },
      'skipped',
      3,
      false,
    ],
    [
      'resiliency does not end the retries',
      'error',
      { resiliency: { maxRetries: 2, durationMs: 100 } },
      'blocks',
      null,
      false,
    ],
    ['e-backoff-max0', 'error', { maxRetries: 0 }, 'skipped', 1, false],
    ['e-backoff-max2-last', 'error', { maxRetries: 2 }, 'skipped', 3, false],
    ['e-backoff-exp-elapsed2s', 'error', { maxElapsedMs: 2000 }, 'skipped', null, false],
    ['e-retryfalse-junkbool', 'error', { retryEnabled: false }, 'skipped', 1, false],
    ['never answers', 'no-answer', {}, 'waits', 1, false],
    ['never answers, with a timeout', 'no-answer', { timeoutMs: 1000 }, 'blocks', null, false],
    ['gRPC Unimplemented', 'unimplemented', { deadLetterTopic: true }, 'lost', 1, true],
  ] as const)('%s', (_id, answer, setup, fate, attempts, committed) => {
    expect(handlerOutcome(answer, { ...plain, ...setup })).toMatchObject({ fate, attempts, committed });
  });

  it('names the delay of the component', () => {
    expect(handlerOutcome('error', { ...plain, backOffMs: 500 }).sentence).toBe(
      'Retried every 0.5 s for ever: the partition is blocked behind this message, and its offset stays uncommitted.',
    );
  });
});

describe('dryRunRecord', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const setup: DryRunSetup = {
    rawPayload: undefined,
    rules: [],
    defaultPath: '/d',
    deadLetterTopic: undefined,
    escapeHeaders: false,
    excludesHeader: undefined,
    now: Date.parse('2026-01-01T00:00:00Z'),
    daprVersion: '1.18.0',
    http: true,
    evaluate: (match, event) =>
      match === 'typeIsX' ? ('type' in event ? event.type === 'x' : undefined) : match === 'true',
  };
  const fate = (value: string | null, change: Partial<DryRunSetup> = {}, headers: [string, Uint8Array | null][] = []) =>
    dryRunRecord({ value: value === null ? null : bytes(value), headers }, { ...setup, ...change });

  it.each([
    ['e-ok', '{"id":1}', {}, { kind: 'delivered', path: '/d' }],
    ['e-payload-nonjson', 'not json', {}, { kind: 'blocks', reason: 'not-json' }],
    ['an array', '[1]', {}, { kind: 'blocks', reason: 'not-an-object' }],
    ['a string', '"x"', {}, { kind: 'blocks', reason: 'not-an-object' }],
    ['e-payload-empty', '', {}, { kind: 'blocks', reason: 'empty' }],
    ['dead-lettered instead', 'not json', { deadLetterTopic: 'dlt' }, { kind: 'dead-lettered', reason: 'not-json' }],
    ['e-raw-true', 'not json', { rawPayload: 'true' }, { kind: 'delivered', path: '/d' }],
    ['e-raw-yes', '{}', { rawPayload: 'yes' }, { kind: 'blocks', reason: 'raw-payload-not-boolean' }],
    ['e-payload-expired', '{"expiration":"2020-01-01T00:00:00Z"}', {}, { kind: 'dropped', reason: 'expired' }],
    ['not yet expired', '{"expiration":"2030-01-01T00:00:00Z"}', {}, { kind: 'delivered', path: '/d' }],
    [
      'e-rule-missingkey-withdefault',
      '{"id":1}',
      { rules: [{ match: 'typeIsX', path: '/x' }] },
      { kind: 'blocks', reason: 'rule-fails' },
    ],
    [
      'e-rule-true-ce',
      '{"type":"x"}',
      { rules: [{ match: 'typeIsX', path: '/x' }] },
      { kind: 'delivered', path: '/x' },
    ],
    [
      'e-rule-false-default-ce',
      '{"type":"y"}',
      { rules: [{ match: 'typeIsX', path: '/x' }] },
      { kind: 'delivered', path: '/d' },
    ],
    [
      'e-rule-false-nodefault-ce',
      '{"type":"y"}',
      { rules: [{ match: 'typeIsX', path: '/x' }], defaultPath: undefined },
      { kind: 'dropped', reason: 'no-route' },
    ],
    ['traceid that is a number', '{"traceid":1}', {}, { kind: 'crashes', reason: 'trace-not-text' }],
    ['traceid on 1.18.3', '{"traceid":1}', { daprVersion: '1.18.3' }, { kind: 'delivered', path: '/d' }],
  ] as const)('%s', (_id, value, change, expected) => {
    expect(fate(value, change as unknown as Partial<DryRunSetup>)).toEqual(expected);
  });

  it('e-payload-tombstone: delivers a null value', () => {
    expect(fate(null)).toEqual({ kind: 'delivered', path: '/d' });
  });

  it('takes only application/octet-stream for binary', () => {
    expect(fate('not json', {}, [['content-type', bytes('application/octet-stream')]])).toEqual({
      kind: 'delivered',
      path: '/d',
    });
    expect(fate('not json', {}, [['content-type', bytes('text/plain')]])).toEqual({
      kind: 'blocks',
      reason: 'not-json',
    });
  });

  it('e-headers-illegal, e-headers-excluded: a control character in a header blocks unless it is escaped or excluded', () => {
    const headers: [string, Uint8Array][] = [['X-Bad', bytes('a\u0001b')]];
    expect(fate('{}', {}, headers)).toEqual({ kind: 'blocks', reason: 'header-refused' });
    expect(fate('{}', { escapeHeaders: true }, headers)).toEqual({ kind: 'delivered', path: '/d' });
    expect(fate('{}', { excludesHeader: (name) => name === 'X-Bad' }, headers)).toEqual({
      kind: 'delivered',
      path: '/d',
    });
  });
});

describe('bulkOutcome', () => {
  // Executed with daprd 1.18.0 on Kafka, batches of three: what happened to an entry on which the app answered so.
  const dead = { ...plain, deadLetterTopic: true };
  it.each([
    ['error', plain, 'blocks', null],
    ['not-found', plain, 'dropped', 1],
    ['drop', plain, 'dropped', 1],
    ['retry', plain, 'blocks', null],
    ['error', dead, 'dead-lettered', 1],
    ['not-found', dead, 'dropped', 1],
    ['drop', dead, 'dead-lettered', 1],
    ['retry', dead, 'dead-lettered', 1],
  ] as const)('%s, %j: %s', (answer, setup, fate, attempts) => {
    expect(bulkOutcome(answer, setup)).toMatchObject({ fate, attempts });
  });
});
