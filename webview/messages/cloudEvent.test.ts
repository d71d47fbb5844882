import { expect, test } from 'vitest';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { cloudEventOf } from './cloudEvent.ts';
import { partView } from './recordView.ts';

const read = (value: string | null, headers: [string, string | null][] = []) => {
  const detail = { value: value === null ? null : btoa(value) } as RecordDetail;
  return cloudEventOf(
    headers.map(([name, text]) => [name, text === null ? null : btoa(text)]),
    partView(detail, 'value'),
  );
};
const event = (more: string) => read(`{"specversion":"1.0","type":"t","source":"s","id":"1"${more}}`);

test('an event in structured mode is recognised by what is required of it, without a header', () => {
  expect(event('')).toEqual({
    mode: 'structured',
    attributes: [
      ['specversion', '1.0'],
      ['type', 't'],
      ['source', 's'],
      ['id', '1'],
    ],
    data: null,
    place: '/data',
  });
  expect(read('{"type":"t","source":"s"}')).toBeNull();
  expect(read('{"specversion":1.0,"type":"t","source":"s"}')).toBeNull();
  expect(read('[]')).toBeNull();
  expect(read(null)).toBeNull();
});

test('its data stands alone: JSON digit for digit, text without quotes, bytes as they are', () => {
  const data = event(',"priority":9007199254740993,"data":{"x":9007199254740993}');
  expect(data?.data).toMatchObject({
    form: 'json',
    text: '{\n  "x": 9007199254740993\n}',
    base64: btoa('{\n  "x": 9007199254740993\n}'),
  });
  expect(data?.attributes.at(-1)).toEqual(['priority', '9007199254740993']);
  expect(event(',"data":"<a>\\u00e9"')?.data).toMatchObject({ form: 'text', text: '<a>é', json: undefined });
  expect(event(',"data":null')?.data).toMatchObject({ form: 'text', text: 'null' });
  expect(event(',"data_base64":"/wA="')?.data).toMatchObject({
    form: 'hex',
    text: null,
    bytes: Uint8Array.of(255, 0),
  });
});

const HEADERS: [string, string | null][] = [
  ['ce_specversion', '1.0'],
  ['ce_type', 'order.paid'],
  ['trace', 't-1'],
  ['ce_source', '/shop'],
  ['ce_id', '7'],
  ['content-type', 'application/json'],
];

test('an event in binary mode has its attributes in headers and its data in the value', () => {
  expect(read('{"n":1}', HEADERS)).toMatchObject({
    mode: 'binary',
    attributes: [
      ['specversion', '1.0'],
      ['type', 'order.paid'],
      ['source', '/shop'],
      ['id', '7'],
      ['datacontenttype', 'application/json'],
    ],
    data: { form: 'json', text: '{"n":1}' },
    place: '',
  });
  expect(read(null, HEADERS)?.data).toBeNull();
  // The data of an event may itself look like one.
  expect(read('{"specversion":"1.0","type":"t","source":"s"}', HEADERS)?.mode).toBe('binary');
});

test.each(['ce_specversion', 'ce_type', 'ce_source'])('headers without a text in %s are no event', (missing) => {
  const headers = (value: string | null) =>
    HEADERS.map(([name, text]): [string, string | null] => [name, name === missing ? value : text]);
  const without = HEADERS.filter(([name]) => name !== missing);
  expect(read('{}', without)).toBeNull();
  expect(read('{}', headers(null))).toBeNull();
  expect(read('{}', headers('\xff'))).toBeNull();
});
