import { expect, it } from 'vitest';
import { TokenCache, type Token } from './token.ts';

/** Answers one after the other; an Error is thrown. */
function source(...answers: (Token | Error)[]): { fetch: () => Promise<Token>; calls: () => number } {
  let calls = 0;
  return {
    fetch: () => {
      const answer = answers[calls++];
      return answer instanceof Error || answer === undefined
        ? Promise.reject(answer ?? new Error('no more'))
        : Promise.resolve(answer);
    },
    calls: () => calls,
  };
}

it('fetches once for many who ask at the same time, and keeps the token', async () => {
  const s = source({ value: 'a', expiresAt: 3_600_000 });
  const cache = new TokenCache(s.fetch, () => 0);
  expect(await Promise.all([cache.get(), cache.get()])).toEqual(['a', 'a']);
  expect(await cache.get()).toBe('a');
  expect(s.calls()).toBe(1);
});

it('fetches anew a minute before the end, and keeps the old one while that fails', async () => {
  let now = 0;
  const s = source({ value: 'a', expiresAt: 100_000 }, new Error('down'), { value: 'b', expiresAt: 900_000 });
  const cache = new TokenCache(s.fetch, () => now);
  await cache.get();
  now = 39_000;
  expect(await cache.get()).toBe('a');
  now = 41_000;
  expect(await cache.get()).toBe('a');
  expect(s.calls()).toBe(2);
  expect(await cache.get()).toBe('b');
});

it('fails when the old one has ended too, and says why', async () => {
  let now = 0;
  const cache = new TokenCache(source({ value: 'a', expiresAt: 100 }, new Error('down')).fetch, () => now);
  await cache.get();
  now = 101;
  await expect(cache.get()).rejects.toMatchObject({ kind: 'sasl', message: 'No token could be had: down.' });
});

it('asks once for a token that never ends', async () => {
  const s = source({ value: 'a', expiresAt: null });
  const cache = new TokenCache(s.fetch, () => 1e15);
  await cache.get();
  expect(await cache.get()).toBe('a');
  expect(s.calls()).toBe(1);
});
