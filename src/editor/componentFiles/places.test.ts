import { expect, test } from 'vitest';
import { Workspace } from '../../core/dapr/workspace.ts';
import { placeAt } from './places.ts';

const text = `apiVersion: v1
kind: Service
---
apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: kafka
spec:
  type: pubsub.kafka
  metadata:
    - name: initialOffset
      value: oldest
`;

function at(needle: string, shift = 1) {
  const workspace = new Workspace();
  workspace.set('a.yaml', text);
  return placeAt(workspace.documents('a.yaml'), text.indexOf(needle) + shift);
}

test('finds the document, the component, the item and the key path', () => {
  const place = at('oldest');
  expect(place?.component?.name).toBe('kafka');
  expect(place?.item?.name).toBe('initialOffset');
  expect(place?.path.map((e) => e.key.text)).toEqual(['spec', 'metadata', 'value']);
  expect(place?.onKey).toBe(false);
  const { start, end } = place?.range ?? { start: 0, end: 0 };
  expect(place?.document.text.slice(start, end)).toBe('oldest');
});

test('tells a key from its value, and a foreign document from one of daprd', () => {
  expect(at('type:')).toMatchObject({ onKey: true, item: undefined });
  expect(at('Service')).toMatchObject({ component: undefined, subscription: undefined });
});
