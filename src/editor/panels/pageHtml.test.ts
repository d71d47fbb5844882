import { expect, test } from 'vitest';
import { pageHtml } from './pageHtml.ts';

const html = (texts: Record<string, unknown> | null, about: object | null = null) =>
  pageHtml({
    scriptUrl: 'https://x/group.js',
    styleUrl: 'https://x/group.css',
    cspSource: 'https://x',
    nonce: 'N0NCE',
    title: 'shop "a" <b>',
    language: 'ko',
    texts,
    about,
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

test('what a page is about stands beside the texts, and cannot end its block either', () => {
  const about = { focus: { group: 'a</script><script>alert(1)' } };
  const block = /id="about" nonce="N0NCE">(.*?)<\/script>/s.exec(html(null, about))?.[1] ?? '';
  expect(JSON.parse(block)).toEqual(about);
  expect(html(null)).not.toContain('id="about"');
});
