import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeholders, sourceTexts, textsOf, translations, type SourceTexts } from './translations.ts';

const root = path.dirname(import.meta.dirname);
const json = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;

describe('finding texts', () => {
  it('finds literals of l10n.t and vscode.l10n.t, and reports what is not a literal', () => {
    const found: SourceTexts = { texts: [], notLiteral: [] };
    textsOf(
      'a.ts',
      "l10n.t('one {0}', 1);\nvscode.l10n.t(\n  `two`);\nl10n.t(name);\nother.t('no');\nl10n.t('a' + 'b');",
      found,
    );
    expect(found).toEqual({
      texts: [
        { text: 'one {0}', where: 'a.ts:1' },
        { text: 'two', where: 'a.ts:2' },
      ],
      notLiteral: ['a.ts:4', 'a.ts:6'],
    });
  });
});

describe('Korean', () => {
  const shown = sourceTexts(root);
  const korean = translations(root, 'ko');

  it('can be exported: every text is a literal', () => {
    expect(shown.notLiteral).toEqual([]);
  });

  it('has every text of src/ and webview/', () => {
    const missing = shown.texts.filter(({ text }) => !korean.texts.get(text));
    expect(missing.map(({ text, where }) => `${where}  ${text}`)).toEqual([]);
  });

  it('has no text that nobody shows any more', () => {
    const used = new Set(shown.texts.map(({ text }) => text));
    expect([...korean.texts.keys()].filter((text) => !used.has(text))).toEqual([]);
  });

  it('says the same thing in every part', () => {
    expect(korean.conflicts).toEqual([]);
  });

  it('keeps the placeholders of every text', () => {
    const differing = [...korean.texts].filter(([text, ko]) => placeholders(text).join() !== placeholders(ko).join());
    expect(differing.map(([text]) => text)).toEqual([]);
  });
});

describe('package.json', () => {
  const used = new Set(
    [...readFileSync(path.join(root, 'package.json'), 'utf8').matchAll(/"%([^%"]+)%"/g)].map((m) => m[1]),
  );

  it.each(['package.nls.json', 'package.nls.ko.json'])('%s has exactly the keys that the manifest uses', (file) => {
    expect(Object.keys(json(file)).sort()).toEqual([...used].sort());
  });

  it('is translated: no text is empty', () => {
    for (const file of ['package.nls.json', 'package.nls.ko.json'])
      expect(Object.entries(json(file)).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
