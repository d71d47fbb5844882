import { expect, test } from 'vitest';
import { headersText, headerText, headerViews } from './headerView.ts';

const base64 = (text: string) => btoa(text);

test('a header is text, hex digits or base64; bytes that are no text are hex digits', () => {
  expect(headerText(base64('t-1'), 'text')).toBe('t-1');
  expect(headerText(base64('t-1'), 'json')).toBe('t-1');
  expect(headerText(base64('t-1'), 'hex')).toBe('74 2d 31');
  expect(headerText(base64('t-1'), 'base64')).toBe('dC0x');
  expect(headerText(base64('\xff\x00'), 'text')).toBe('ff 00');
  expect(headerText(null, 'hex')).toBe('null');
});

test('an object or a list in a header is a tree of its own', () => {
  const headers: [string, string | null][] = [
    ['a', base64('[1]')],
    ['b', base64('12')],
    ['c', null],
    ['d', base64('\xff')],
  ];
  expect(headerViews(headers).map(({ name, json }) => [name, json === undefined])).toEqual([
    ['a', false],
    ['b', true],
    ['c', true],
    ['d', true],
  ]);
});

test('all of them are copied in their order, twice where they are twice', () => {
  const headers: [string, string | null][] = [
    ['h', base64('1')],
    ['h', null],
    ['b', base64('\xff')],
  ];
  expect(headersText(headers, 'text')).toBe('h: 1\nh: null\nb: ff');
  expect(JSON.parse(headersText(headers, 'json'))).toEqual([
    { key: 'h', value: '1' },
    { key: 'h', value: null },
    { key: 'b', valueBase64: '/w==' },
  ]);
});
