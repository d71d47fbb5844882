import { expect, test } from 'vitest';
import { cursorContext } from './cursorContext.ts';

function at(text: string) {
  const offset = text.indexOf('|');
  const context = cursorContext(text.replace('|', ''), offset);
  return context && { path: context.path.join('.'), at: context.at, typed: context.typed, siblings: context.siblings };
}

const head = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: k
spec:
  type: pubsub.kafka
  version: v1
`;

test('the value of a metadata item, and its name beside it', () => {
  expect(at(`${head}  metadata:\n    - name: initialOffset\n      value: ol|`)).toEqual({
    path: 'spec.metadata.[].value',
    at: 'value',
    typed: 'ol',
    siblings: { name: 'initialOffset' },
  });
});

test('a list whose dashes stand in the column of its key', () => {
  expect(at(`${head}  metadata:\n  - name: brokers\n    value: x\n  - name: |\n    value: y`)).toEqual({
    path: 'spec.metadata.[].name',
    at: 'value',
    typed: '',
    siblings: { value: 'y' },
  });
});

test('a new list item, a new key, and a value at the top', () => {
  expect(at(`${head}  metadata:\n    - name: brokers\n    - |`)).toMatchObject({
    path: 'spec.metadata.[]',
    at: 'item',
  });
  expect(at(`${head}  ign|`)).toMatchObject({ path: 'spec', at: 'key', typed: 'ign' });
  expect(at('apiVersion: v1\n---\nkind: |\n---\nkind: x')).toMatchObject({ path: 'kind', at: 'value' });
});

test('scopes and nested lists', () => {
  expect(at(`${head}scopes:\n  - or|`)).toMatchObject({ path: 'scopes.[]', at: 'key', typed: 'or' });
  expect(at(`spec:\n  routes:\n    rules:\n      - match: a\n        path: |`)).toMatchObject({
    path: 'spec.routes.rules.[].path',
    siblings: { match: 'a' },
  });
});

test('nothing inside a comment', () => {
  expect(at(`${head}  # ty|`)).toBeNull();
});
