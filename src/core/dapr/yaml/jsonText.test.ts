import { expect, it } from 'vitest';
import { createLinter } from '../rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { maskJsonComments } from './jsonText.ts';

const TASKS = `{
  // See the documentation
  "version": "2.0.0",
  "tasks": [
    { "label": "run", "command": "dapr run --app-id orders-api -- npm start", /* by hand */ },
    { "label": "up", "type": "dapr", "appId": "mail", }, // the extension's own
    { "label": "x", "type": "shell", "args": ["--url", "http://x//y"] },
  ],
}
`;

it('blanks comments and trailing commas out and keeps texts and every offset', () => {
  const masked = maskJsonComments(TASKS);
  expect(masked).toHaveLength(TASKS.length);
  expect(JSON.parse(masked)).toMatchObject({
    tasks: [{ label: 'run' }, { appId: 'mail' }, { args: ['--url', 'http://x//y'] }],
  });
  expect(maskJsonComments('{"a": "// no", "b": ",]"}')).toBe('{"a": "// no", "b": ",]"}');
});

it('app ids of tasks are known, in the form of VS Code', () => {
  const linter = createLinter(DEFAULT_LINT_OPTIONS);
  linter.set('.vscode/tasks.json', TASKS);
  expect(linter.workspace.apps.map(({ id, source }) => [id, source])).toEqual([
    ['mail', 'annotation'],
    ['orders-api', 'argument'],
  ]);
});
