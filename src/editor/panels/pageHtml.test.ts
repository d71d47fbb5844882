import { expect, test } from 'vitest';
import { pageHtml } from './pageHtml.ts';

const html = (texts: Record<string, unknown> | null) =>
  pageHtml({
    scriptUrl: 'https://x/group.js',
    styleUrl: 'https://x/group.css',
    cspSource: 'https://x',
    nonce: 'N0NCE',
    title: 'shop "a" <b>',
    language: 'ko',
    texts,
  });

test('the policy allows nothing but the nonce, the own styles and fonts', () => {
  const policy = /content="(default-src[^"]*)"/.exec(html(null))?.[1];
  expect(policy).toBe(
    "default-src 'none'; script-src 'nonce-N0NCE'; " +
      "style-src https://x 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src https://x; img-src https://x data:",
  );
});

test('a text cannot end the data block, and comes out as it went in', () => {
  const texts = { '</script><script>alert(1)</script>': '위험 </script>' };
  const block =
    /<script type="application\/json" id="texts" nonce="N0NCE">(.*?)<\/script>/s.exec(html(texts))?.[1] ?? '';
  expect(JSON.parse(block)).toEqual(texts);
});

test('a title is text, not markup', () => {
  expect(html(null)).toContain('<title>shop &quot;a&quot; &lt;b></title>');
});
