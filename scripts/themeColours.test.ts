import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);

/** Variables of VS Code's themes that its own themes fill with what nobody can see, and what to take instead. */
const UNREADABLE: [variable: RegExp, why: string][] = [
  [/charts[-.]orange/, 'a search highlight, one third opaque, in Dark Modern and Light Modern: charts-purple'],
  [/testing[-.]iconPassed/, 'a pale green, of a contrast of 2 on white: charts-green'],
  [/(?<!list-warningForeground, var\(--vscode-)editorWarning-foreground/, 'too pale for words: list-warningForeground'],
];

it('takes no colour that one of VS Code’s own themes makes unreadable', () => {
  const files = globSync(['webview/**/*.{ts,css}', 'src/**/*.ts', '!**/*.test.ts'], { cwd: root });
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        UNREADABLE.filter(([variable]) => variable.test(line)).map(
          ([, why]) => `${file}:${at + 1} ${line.trim()} (${why})`,
        ),
      ),
  );
  expect(found).toEqual([]);
});
