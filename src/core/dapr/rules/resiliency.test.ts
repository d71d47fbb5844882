import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { lintWorkspace } from './lint.ts';
import { findingsOf, unmark } from './markedText.ts';
import { verdictOf } from './variations.fixture.ts';

const HEAD = 'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: {name: r}\nspec:\n';
const retry = (field: string) => `${HEAD}  policies: {retries: {r: {${field}}}}\n`;
const breaker = (field: string) => `${HEAD}  policies: {circuitBreakers: {c: {${field}}}}\n`;
const timeout = (value: string) => `${HEAD}  policies: {timeouts: {t: ${value}}}\n`;
const target = (text: string) =>
  `${HEAD}  policies: {retries: {r: {}}, timeouts: {t: 5s}}\n  targets: {components: {kpub: ${text}}}\n`;

/** Text with « » around what is marked (none: nothing is wrong), a part of the message. */
const CASES: [text: string, message?: string][] = [
  [timeout('5s')],
  [timeout('500')],
  [timeout('-1s')],
  [timeout('«abc»'), 't is wrong (time: invalid duration "abc")'],
  [timeout('«""»'), 'invalid duration ""'],
  [timeout('«5 s»'), 'unknown unit " s"'],
  [timeout('«1.5»'), 'missing unit in duration "1.5"'],
  [timeout('«[5s]»'), 'spec.policies.timeouts.t must be a text'],
  [retry('policy: exponential, duration: "", maxInterval: 1m, maxRetries: -1')],
  [retry('policy: Constant')],
  [retry('policy: «linear»'), 'unexpected back off policy type: linear'],
  [retry('duration: «1d»'), 'unknown unit "d"'],
  [retry('maxInterval: «x»'), 'maxInterval is wrong'],
  [retry('maxRetries: «"3"»'), 'spec.policies.retries.r.maxRetries must be a whole number without quotes'],
  [retry('matching: {httpStatusCodes: "429,500-599", gRPCStatusCodes: "1,14"}')],
  [retry('matching: {httpStatusCodes: 500}')],
  [retry('matching: {httpStatusCodes: «5xx»}'), 'invalid pattern 5xx'],
  [retry('matching: {httpStatusCodes: «"99"»}'), 'invalid pattern 99'],
  [retry('matching: {httpStatusCodes: «"599-500"»}'), 'invalid pattern 599-500'],
  [retry('matching: {httpStatusCodes: «"500-"»}'), 'invalid pattern 500-'],
  [retry('matching: {gRPCStatusCodes: «"17"»}'), 'invalid pattern 17'],
  [breaker('maxRequests: 1, interval: 8s, timeout: 45s, trip: consecutiveFailures > 8')],
  [breaker('trip: requests > 1 && totalFailures > 2')],
  [breaker('trip: «consecutiveFailures >»'), 'trip is wrong (ERROR: )'],
  [breaker('trip: «consecutiveFailures > 1 + "a"»'), 'trip is wrong (ERROR: +)'],
  [breaker('trip: «failed(consecutiveFailures)»'), 'it tries for ever to find failed()'],
  [breaker('timeout: «x»'), 'timeout is wrong'],
  [target('{inbound: {retry: r, timeout: t}, outbound: {retry: DaprBuiltInServiceRetries}}')],
  [target('{inbound: {retry: «thrice»}}'), 'No policy "thrice" is among the retries'],
  [target('{outbound: {timeout: «r»}}'), 'No policy "r" is among the timeouts'],
  [target('{inbound: «x»}'), 'spec.targets.components.kpub.inbound must be a map'],
  [timeout('{{ .Values.timeout }}')],
  // Ignored as a whole (C-17).
  [`a: b\n---\n${timeout('abc')}`],
];

describe('C-19', () => {
  it.each(CASES)('%s', (marked, message = '') => {
    const { text, parts } = unmark(marked);
    const found = findingsOf('C-19', text);
    expect(found.map(({ range }) => range)).toEqual(parts);
    for (const finding of found) expect(finding.message).toContain(message);
  });

  it('daprd runs with all of them but one', () => {
    expect(verdictOf(timeout('abc'))).toBe('runs');
    expect(verdictOf(retry('maxRetries: "3"'))).toBe('runs');
    expect(verdictOf(breaker('trip: consecutiveFailures >'))).toBe('runs');
    expect(verdictOf(breaker('trip: failed(1)'))).toBe('stops');
    // It does not come to the circuit breakers.
    expect(verdictOf(breaker('trip: failed(1)').replace('policies: {', 'policies: {timeouts: {t: x}, '))).toBe('runs');
    expect(verdictOf(`a: b\n---\n${breaker('trip: failed(1)')}`)).toBe('runs');
  });

  it('a target may use the policies of another file', () => {
    const one = { path: 'a.yaml', text: target('{inbound: {retry: thrice}}') };
    const other = { path: 'b.yaml', text: `${HEAD}  policies: {retries: {thrice: {maxRetries: 3}}}\n` };
    const rules = (files: (typeof one)[]) =>
      [...lintWorkspace(files, DEFAULT_LINT_OPTIONS).values()].flat().map(({ rule }) => rule);
    expect(rules([one])).toContain('C-19');
    expect(rules([one, other])).not.toContain('C-19');
  });
});

describe('C-17', () => {
  it.each([
    ['# a comment alone is no document', `# comment\n---\n${timeout('5s')}`, 0],
    ['dashes begin one', `---\n# comment\n---\n${timeout('5s')}`, 1],
    ['so does a second comment', `# one\n---\n# two\n---\n${timeout('5s')}`, 1],
    ['dashes in front are its own', `---\n${timeout('5s')}`, 0],
  ])('%s', (_what, text, count) => {
    expect(findingsOf('C-17', text)).toHaveLength(count);
  });
});
