import { expect, test } from 'vitest';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { cloudEvent, eventDataView, partView } from './recordView.ts';

const detail = (value: string | Uint8Array | null): RecordDetail => ({
  partition: 0,
  offset: 1,
  timestamp: 0,
  timestampType: 'create',
  key: null,
  value: value === null ? null : btoa(typeof value === 'string' ? value : String.fromCharCode(...value)),
  headers: [],
  codec: 'none',
  producerId: -1,
  producerEpoch: -1,
  batchBaseOffset: 1,
});

test('objects open as JSON, other text as text, other bytes as hex, null as null', () => {
  expect(partView(detail('{"a":1}'), 'value').form).toBe('json');
  expect(partView(detail('12'), 'value')).toMatchObject({ form: 'text', text: '12' });
  expect(partView(detail(Uint8Array.of(0xff, 0)), 'value')).toMatchObject({ form: 'hex', text: null });
  expect(partView(detail(null), 'value')).toMatchObject({ base64: null, bytes: null });
});

const event = (more: string) =>
  partView(detail(`{"specversion":"1.0","type":"t","source":"s","id":"1"${more}}`), 'value').json;

test('a CloudEvent is recognised by its three required fields', () => {
  expect(cloudEvent(event(''))).toEqual({ data: null });
  expect(cloudEvent(partView(detail('{"type":"t"}'), 'value').json)).toBeNull();
  expect(eventDataView(partView(detail('{"type":"t"}'), 'value').json)).toBeNull();
});

test('the data of a CloudEvent stands alone: JSON digit for digit, text without quotes, bytes as they are', () => {
  const json = eventDataView(event(',"data":{"x":9007199254740993}'));
  expect(json).toMatchObject({ form: 'json', text: '{\n  "x": 9007199254740993\n}', base64: btoa(json?.text ?? '') });
  expect(eventDataView(event(',"data":"<a>\\u00e9"'))).toMatchObject({ form: 'text', text: '<a>é', json: undefined });
  expect(eventDataView(event(',"data_base64":"/wA="'))).toMatchObject({
    form: 'hex',
    text: null,
    bytes: Uint8Array.of(255, 0),
  });
});
