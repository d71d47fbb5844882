import { describe, expect, it } from 'vitest';
import { brokerTopic, effectiveGroup, type MetadataValue } from './group.ts';
import { misspeltTemplate } from './template.ts';

const identity = { appId: 'app1', namespace: 'team-a', podName: null };
const m = (pairs: Record<string, string | null>): MetadataValue[] =>
  Object.entries(pairs).map(([name, value]) => ({ name, value }));

describe('effectiveGroup', () => {
  it.each([
    ['a-none', {}, 'app1', 'appId'],
    ['a-consumerID', { consumerID: 'cid' }, 'cid', 'consumerID'],
    ['a-both', { consumerGroup: 'cg', consumerID: 'cid' }, 'cg', 'consumerGroup'],
    ['a-group-empty', { consumerGroup: '' }, 'app1', 'appId'],
    ['a-group-empty with id', { consumerGroup: '', consumerID: 'cid' }, 'cid', 'consumerID'],
    ['a-group-padded', { consumerGroup: ' cg ' }, ' cg ', 'consumerGroup'],
    ['a-group-spaces', { consumerGroup: '   ' }, '   ', 'consumerGroup'],
    ['a-cid-padded', { consumerID: ' cid ' }, 'cid', 'consumerID'],
    ['a-cid-empty', { consumerID: ' ' }, 'app1', 'appId'],
    ['a-groupcase-consumergroup', { consumergroup: 'cg' }, 'cg', 'consumerGroup'],
    ['a-unknown-groupId', { groupId: 'x', 'group.id': 'y' }, 'app1', 'appId'],
    ['a-tpl-{appID}-x', { consumerGroup: '{appID}-x' }, 'app1-x', 'consumerGroup'],
    ['a-tpl-{namespace}', { consumerGroup: '{namespace}' }, 'team-a.app1', 'consumerGroup'],
    ['a-tpl-{UUID}', { consumerGroup: '{UUID}' }, '{UUID}', 'consumerGroup'],
    ['double braces', { consumerGroup: '{{appID}}' }, '{app1}', 'consumerGroup'],
  ])('%s', (_id, metadata, group, source) => {
    expect(effectiveGroup(m(metadata as Record<string, string>), identity)).toMatchObject({ group, source });
  });

  it('is the last of a key that stands there twice', () => {
    const twice = (name: string) => ['first', 'last'].map((value) => ({ name, value }));
    expect(effectiveGroup(twice('consumerGroup'), identity).group).toBe('last');
    expect(effectiveGroup(twice('consumerID'), identity).group).toBe('last');
  });

  it('says what cannot be known', () => {
    expect(effectiveGroup(m({ consumerGroup: 'g-{uuid}' }), identity)).toEqual({
      group: null,
      source: 'unknown',
      unknown: 'uuid',
      template: 'g-{uuid}',
      fresh: true,
    });
    expect(effectiveGroup(m({ consumerGroup: '{podName}' }), identity)).toMatchObject({
      group: null,
      source: 'unknown',
      unknown: 'podName',
      fresh: false,
    });
    expect(effectiveGroup(m({ consumerGroup: '{podName}' }), { ...identity, podName: 'pod-7' })).toMatchObject({
      group: 'pod-7',
      source: 'consumerGroup',
    });
    expect(effectiveGroup(m({ consumerGroup: null, consumerID: 'cid' }), identity)).toMatchObject({
      group: null,
      unknown: 'secret',
    });
    expect(effectiveGroup([], { ...identity, appId: null })).toMatchObject({
      group: null,
      source: 'unknown',
      unknown: 'appId',
    });
  });

  it('gives a binding no app id', () => {
    expect(effectiveGroup([], identity, 'bindings')).toMatchObject({ group: '' });
    expect(effectiveGroup(m({ consumerID: 'b' }), identity, 'bindings')).toMatchObject({
      group: 'b',
      source: 'consumerID',
    });
  });
});

describe('brokerTopic', () => {
  it('prefixes the namespace without a separator when any value names it', () => {
    expect(brokerTopic('orders', m({ clientID: '{namespace}' }), 'team-a')).toBe('team-aorders');
    expect(brokerTopic('orders', m({ clientID: '{appID}' }), 'team-a')).toBe('orders');
    expect(brokerTopic('orders', m({ clientID: '{namespace}' }), null)).toBeNull();
  });
});

describe('misspeltTemplate', () => {
  it.each([
    ['{UUID}', { found: '{UUID}', meant: '{uuid}' }],
    ['x-{podname}', { found: '{podname}', meant: '{podName}' }],
    ['{app-id}', { found: '{app-id}', meant: '{appID}' }],
    ['{{appID}}', { found: '{{appID}}', meant: '{appID}' }],
    ['{appID}-{uuid}', undefined],
    ['{other}', undefined],
  ])('%s', (value, expected) => {
    expect(misspeltTemplate(value)).toEqual(expected);
  });
});
