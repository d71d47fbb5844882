import { stringify } from 'lossless-json';
import { expect, test } from 'vitest';
import { headersJson } from './headers.ts';

test('headers keep their order, their digits, what is null and what is no text', () => {
  const headers = headersJson([
    ['h', btoa('1')],
    ['h', null],
    ['context', btoa('{"n":9007199254740993}')],
    ['broken', btoa('{"n":')],
    ['empty', ''],
    ['b', btoa('\xff')],
  ]);
  expect(stringify(headers)).toBe(
    '[{"key":"h","value":"1"},{"key":"h","value":null},{"key":"context","value":{"n":9007199254740993}},' +
      '{"key":"broken","value":"{\\"n\\":"},{"key":"empty","value":""},{"key":"b","valueBase64":"/w=="}]',
  );
});
