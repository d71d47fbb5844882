import { describe, expect, it } from 'vitest';
import { editedFile } from './componentEdit.ts';

const text = `# ours
apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: k   # the one
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    # where
    - name: brokers
      value: b:9092
    - name: initialOffset
      value: 'newest' # for now
    - name: authType
      value: "none"
scopes:
  - app
---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s
spec:
  pubsubname: k
  topic: t
`;
const edited = (source: string, edit: Parameters<typeof editedFile>[2], name = 'k') =>
  editedFile({ path: 'k.yaml', text: source }, name, edit);

describe('editedFile', () => {
  it('changes a value in its own quotes and adds an item in the indentation of the list', () => {
    expect(edited(text, { initialOffset: 'oldest', consumerGroup: 'app-v2' })).toBe(
      text
        .replace("'newest' # for now", "'oldest' # for now")
        .replace('value: "none"\n', 'value: "none"\n    - name: consumerGroup\n      value: "app-v2"\n'),
    );
  });

  it('adds two items in order, also with Windows line ends and behind another document', () => {
    const bare = `${text.slice(text.indexOf('---') + 4)}---\n${text
      .slice(0, text.indexOf('---'))
      .replace("    - name: initialOffset\n      value: 'newest' # for now\n", '')}`.replaceAll('\n', '\r\n');
    expect(edited(bare, { initialOffset: 'oldest', consumerGroup: 'g' })).toBe(
      bare.replace(
        'value: "none"\r\n',
        'value: "none"\r\n    - name: initialOffset\r\n      value: "oldest"\r\n    - name: consumerGroup\r\n      value: "g"\r\n',
      ),
    );
  });

  it('adds a second component behind the file and leaves the first as it is', () => {
    const both = edited(text, { copyAs: 'k-2', consumerGroup: 'app-v2', initialOffset: 'oldest' });
    expect(both.startsWith(text)).toBe(true);
    expect(both.slice(text.length)).toBe(
      `---\n${text.slice(0, text.indexOf('---'))}`
        .replace('name: k ', 'name: k-2 ')
        .replace("'newest'", "'oldest'")
        .replace('value: "none"\n', 'value: "none"\n    - name: consumerGroup\n      value: "app-v2"\n'),
    );
  });

  it('says what it cannot edit', () => {
    expect(() => edited(text, { initialOffset: 'oldest' }, 'other')).toThrow('other is no longer in k.yaml.');
    const secret = text.replace("value: 'newest' # for now", 'secretKeyRef: {name: s, key: k}');
    expect(() => edited(secret, { initialOffset: 'oldest' })).toThrow('k takes initialOffset from elsewhere.');
    const alias = text.replace('metadata:\n    #', 'metadata: &m\n    #');
    expect(edited(alias, { consumerGroup: 'g' })).toContain('    - name: consumerGroup\n      value: "g"\n');
  });

  it('keeps a JSON file one that JSON can read, and leaves a second component in it to a person', () => {
    const json = JSON.stringify({
      apiVersion: 'dapr.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'k' },
      spec: { type: 'pubsub.kafka', version: 'v1', metadata: [{ name: 'initialOffset', value: 'newest' }] },
    });
    const inJson = (edit: Parameters<typeof editedFile>[2]) => editedFile({ path: 'k.json', text: json }, 'k', edit);
    expect(inJson({ initialOffset: 'oldest' })).toBe(json.replace('newest', 'oldest'));
    const byHand = 'The metadata of k is written in a way that only a person can edit.';
    expect(inJson({ consumerGroup: 'g' })).toBe(
      json.replace('"newest"}', '"newest"}, {"name": "consumerGroup", "value": "g"}'),
    );
    expect(() => inJson({ initialOffset: 'oldest', copyAs: 'k-2' })).toThrow(byHand);
  });
});
