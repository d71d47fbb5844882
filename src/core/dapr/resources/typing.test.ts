import { describe, expect, it } from 'vitest';
import { createLinter } from '../rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../lintOptions.ts';
import { changeBetween } from './typing.ts';

const COMPONENT = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: pubsub.kafka
  metadata:
  - name: brokers
    value: "b:9092"
  - name: authType
    value: none
  - name: unknownKey
    value: x
  - name: initialOffset
    value: latest
`;
const SUBSCRIPTION =
  'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: shop\n  topic: orders\n  routes: {default: /o}\n';

const typed = COMPONENT.replace('value: none\n', 'value: none\n  - name: cli\n   va\n');

function editor(text: string) {
  const linter = createLinter(DEFAULT_LINT_OPTIONS);
  const say = (now: string) => {
    linter.set('c.yaml', now);
    return linter.findings('c.yaml').map(({ rule, range }) => `${rule} ${now.slice(range.start, range.end)}`);
  };
  return { linter, say, first: say(text) };
}

describe('while a line is being typed', () => {
  it('the rest of the document stays marked as it was, beside the syntax error', () => {
    const { first, say } = editor(COMPONENT);
    expect(first).toEqual(['K-43 metadata', 'K-06 unknownKey', 'K-03 latest']);
    const meanwhile = say(typed);
    expect(meanwhile.filter((finding) => !finding.startsWith('C-13'))).toEqual(first);
    expect(meanwhile).toHaveLength(first.length + 1);
    // Some letters later, and when it parses again.
    expect(say(typed.replace('va\n', 'valu\n')).filter((finding) => !finding.startsWith('C-13'))).toEqual(first);
    expect(say(COMPONENT)).toEqual(first);
  });

  it('what was marked in the line itself is not told any more, and nothing is offered at old places', () => {
    const { linter, say } = editor(COMPONENT);
    expect(say(COMPONENT.replace('value: latest', ' va: lat'))).not.toContain('K-03 latest');
    say(typed);
    for (const { rule, fixes } of linter.findings('c.yaml')) if (rule !== 'C-13') expect(fixes, rule).toEqual([]);
  });

  it('other documents find the component still', () => {
    const { say } = editor(`${COMPONENT}---\n${SUBSCRIPTION}`);
    expect(say(`${typed}---\n${SUBSCRIPTION}`).join('\n')).not.toContain('S-03');
    const fresh = createLinter(DEFAULT_LINT_OPTIONS);
    fresh.set('c.yaml', `${typed}---\n${SUBSCRIPTION}`);
    expect(fresh.workspace.components).toEqual([]);
  });

  it('a document that came broken, or is another one now, tells its fault alone', () => {
    const fresh = createLinter(DEFAULT_LINT_OPTIONS);
    fresh.set('c.yaml', typed);
    expect(fresh.findings('c.yaml').map(({ rule }) => rule)).toEqual(['C-13']);
    const { say } = editor(COMPONENT);
    expect(say('apiVersion: dapr.io/v1alpha1\nkind: Component\n\tx: y\n')).toHaveLength(1);
  });
});

it('changeBetween finds the place, or that there is nothing in common', () => {
  expect(changeBetween('abcdef', 'abXdef')).toEqual({ prefix: 2, suffix: 3 });
  expect(changeBetween('aaaa', 'aaaaa')).toEqual({ prefix: 4, suffix: 0 });
  expect(changeBetween('abcdef', 'uvwxyz')).toBeUndefined();
});
