import { expect, test } from 'vitest';
import type { Finding } from '../../core/dapr/finding.ts';
import { disableEdit, fixAllEdits } from './fixes.ts';

const finding = (start: number, end: number, newText: string, preferred = true): Finding => ({
  rule: 'K-03',
  severity: 'error',
  consequence: 'daprd-stops',
  range: { start, end },
  message: '',
  fixes: [{ title: '', edits: [{ range: { start, end }, newText }], preferred }],
});

test('takes preferred fixes, each text once', () => {
  const edits = fixAllEdits([finding(0, 4, 'a'), finding(2, 3, 'b'), finding(4, 6, 'c'), finding(9, 9, 'd', false)]);
  expect(edits.map((e) => e.newText)).toEqual(['a', 'c']);
});

test('the switching comment stands above the line, indented like it, with its line ends', () => {
  const text = 'spec:\r\n    - name: x\r\n';
  const { range, newText } = disableEdit(text, text.indexOf('name'), 'K-07');
  expect(range).toEqual({ start: 7, end: 7 });
  expect(newText).toBe('    # kafka-dapr-disable-next-line K-07\r\n');
});
