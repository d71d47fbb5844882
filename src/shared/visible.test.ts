import { expect, test } from 'vitest';
import { oneLine, visible } from './visible.ts';

test('control and bidi characters and lone surrogates are shown, not obeyed', () => {
  expect(visible('\u001b[31mred\u0000')).toBe('␛[31mred␀');
  expect(visible('a\u202egnp.exe')).toBe('a\\u202egnp.exe');
  expect(visible('x\ud800y')).toBe('x\\ud800y');
  expect(visible('👩‍💻 ok\n\t')).toBe('👩‍💻 ok\n\t');
  expect(oneLine('a\r\nb\nc\td')).toBe('a⏎b⏎c⇥d');
});
