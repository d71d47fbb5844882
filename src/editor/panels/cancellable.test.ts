import { expect, test, vi } from 'vitest';
import { cancellable } from './cancellable.ts';

const cancel = vi.hoisted(() => ({ press: (): void => undefined }));
vi.mock('vscode', () => ({
  ProgressLocation: { Notification: 15 },
  window: {
    withProgress: (_options: unknown, run: (progress: unknown, token: unknown) => Promise<unknown>) =>
      run(undefined, { onCancellationRequested: (listener: () => void) => (cancel.press = listener) }),
  },
}));

test('gives what came of it, or why nothing did', async () => {
  expect(await cancellable('Counting…', () => Promise.resolve(5))).toBe(5);
  await expect(cancellable('Counting…', () => Promise.reject(new Error('no broker')))).rejects.toThrow('no broker');
});

test('ends with the person’s word, also where what runs hears nothing or fails of it', async () => {
  const signals: AbortSignal[] = [];
  const deaf = cancellable('Connecting…', (signal) => {
    signals.push(signal);
    return new Promise<never>(() => undefined);
  });
  cancel.press();
  expect(await deaf).toBeUndefined();
  const failing = cancellable('Connecting…', (signal) => {
    signals.push(signal);
    return new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
  });
  cancel.press();
  expect(await failing).toBeUndefined();
  expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
});
