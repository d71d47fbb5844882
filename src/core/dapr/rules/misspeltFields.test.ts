import { describe, expect, it } from 'vitest';
import { applyFix, findingsOf, unmark } from './markedText.ts';

const COMPONENT =
  'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: kpub}\nspec:\n  type: pubsub.kafka\n  version: v1\n';
const SUBSCRIPTION =
  'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: kpub\n  topic: t\n';
const ROUTES = '  routes: {default: /x}\n';

/** Text with « » around what is marked (none: nothing is wrong), and what is meant. */
const CASES: [text: string, ...meant: string[]][] = [
  [COMPONENT + '«scope»:\n- app1 # ours\n', 'scopes'],
  [COMPONENT + 'Scopes: [app1]\nstatus: {}\n'],
  [COMPONENT + 'scopes: [app1]\nscope: [app2]\n'],
  [COMPONENT + '  «ignoreError»: true\n  «init_timeout»: 5s\n', 'ignoreErrors', 'initTimeout'],
  [COMPONENT + '  foo: 1\n  ignoreerrors: true\n'],
  [COMPONENT + 'auth:\n  «secretStores»: s\n', 'secretStore'],
  [COMPONENT + 'auth:\n  secretstore: s\n'],
  [SUBSCRIPTION + ROUTES + '  «deadLetterTopics»: d\n', 'deadLetterTopic'],
  [SUBSCRIPTION + ROUTES + '  «dead-letter-topic»: d\n', 'deadLetterTopic'],
  [SUBSCRIPTION + ROUTES + '  «deadLetter»: d\n', 'deadLetterTopic'],
  [SUBSCRIPTION + ROUTES + '  deadlettertopic: d\n'],
  [SUBSCRIPTION.replace('pubsubname', '«pubsub»') + ROUTES, 'pubsubname'],
  [SUBSCRIPTION.replace('pubsubname', 'pubsubName') + ROUTES],
  [SUBSCRIPTION + ROUTES + '  bulkSubscribe: {enabled: true, «maxMessageCount»: 5}\n', 'maxMessagesCount'],
  [SUBSCRIPTION + ROUTES + '  bulkSubscribe: {enabled: true, «maxAwaitDuration»: 5}\n', 'maxAwaitDurationMs'],
  [SUBSCRIPTION + '  routes:\n    «rule»:\n    - match: "true"\n      path: /a\n    default: /x\n', 'rules'],
  [SUBSCRIPTION + '  routes:\n    rules:\n    - {match: "true", «paths»: /a}\n    default: /x\n', 'path'],
  // S-01 tells of these.
  [SUBSCRIPTION + '  route: /x\n'],
  ['{{ if .x }}\n' + COMPONENT + '{{ end }}\n{{ if .y }}\nscope: [a]\n{{ end }}\n'],
];

describe('C-20', () => {
  it.each(CASES)('%s', (marked, ...meant) => {
    const { text, parts } = unmark(marked);
    const found = findingsOf('C-20', text);
    expect(found.map(({ range }) => range)).toEqual(parts);
    expect(found.map(({ message }) => /Did you mean (\w+)\?/.exec(message)?.[1])).toEqual(meant);
    for (const [at, { range, fixes }] of found.entries()) {
      const fixed = applyFix(text, fixes[0]!);
      expect(fixed).toBe(text.slice(0, range.start) + meant[at] + text.slice(range.end));
      expect(findingsOf('C-20', fixed)).toHaveLength(found.length - 1);
    }
  });
});
