import { expect, test } from 'vitest';
import { withoutMarkup } from './settings.ts';

test.each([
  ['The level if compression.type is set to <code>gzip</code>.', 'The level if compression.type is set to gzip.'],
  ['Markers for <a href="https://x/#c">log compacted</a> topics,<br> in ms', 'Markers for log compacted topics, in ms'],
  ['<ul><li>one</li>\n<li>two</li></ul>', 'one two'],
  ['valid when a &lt; b &amp; c', 'valid when a < b & c'],
  ['fewer than 5 < 6 bytes', 'fewer than 5 < 6 bytes'],
])('the documentation of a setting as text: %s', (html, text) => {
  expect(withoutMarkup(html)).toBe(text);
});
