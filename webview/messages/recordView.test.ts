import { expect, test } from 'vitest';
import type { RecordDetail } from '../../src/shared/messagesPage.ts';
import { partView } from './recordView.ts';

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
