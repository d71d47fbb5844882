import { describe, expect, it } from 'vitest';
import { createLinter } from '../rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { explainLogLine } from './explain.ts';
import { placesOf } from './places.ts';

const component = (name: string, offset: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: b:9092
  - name: authType
    value: none
  - name: initialOffset
    value: ${offset}
`;
const LINE =
  'time="…" level=fatal msg="Fatal error from runtime: [INIT_COMPONENT_FAILURE]: initialization error occurred for one (pubsub.kafka/v1): kafka error: invalid initialOffset: earliest"';

function marked(line: string, files: Record<string, string>): string[] {
  const linter = createLinter(DEFAULT_LINT_OPTIONS);
  for (const [path, text] of Object.entries(files)) linter.set(path, text);
  return placesOf(explainLogLine(line)!, linter).map(
    ({ file, range, finding }) =>
      `${file} ${finding?.rule ?? '-'} ${(files[file] ?? '').slice(range.start, range.end)}`,
  );
}

describe('placesOf', () => {
  it('finds the fault in the component that the line names', () => {
    const text = `${component('two', 'latest')}---\n${component('one', 'earliest')}`;
    expect(marked(LINE, { 'c.yaml': text })).toEqual(['c.yaml K-03 earliest']);
  });

  it('finds it everywhere when the line names no component', () => {
    const files = { 'a.yaml': component('one', 'earliest'), 'b.yaml': component('two', 'latest') };
    expect(marked('kafka error: invalid initialOffset: earliest', files)).toEqual([
      'a.yaml K-03 earliest',
      'b.yaml K-03 latest',
    ]);
  });

  it('shows the component itself when its file has been repaired', () => {
    expect(marked(LINE, { 'a.yaml': component('one', 'oldest') })).toEqual(['a.yaml - one']);
    expect(marked(LINE, { 'a.yaml': component('other', 'oldest') })).toEqual([]);
  });
});
