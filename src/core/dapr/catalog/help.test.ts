import { describe, expect, it } from 'vitest';
import { fieldsOf } from './catalog.ts';
import { completableFields, completableValues } from './completion.ts';
import { fieldHelp, valueHelp } from './help.ts';

describe('help', () => {
  it('explains every key of pubsub.kafka and bindings.kafka that is not an older name', () => {
    const silent = ['pubsub.kafka', 'bindings.kafka'].flatMap((type) =>
      fieldsOf(type)
        .filter((field) => field.deprecated === undefined && fieldHelp(type, field.name)?.meaning === undefined)
        .map((field) => field.name),
    );
    expect(silent).toEqual([]);
  });

  it('tells the default of the code beside the documented one', () => {
    expect(fieldHelp('pubsub.kafka', 'consumeRetryEnabled')?.facts).toEqual([
      'true or false.',
      'Default in code: true (the documentation says false).',
      'Since Dapr 1.8.0; an older one ignores it without a message.',
    ]);
    expect(fieldHelp('pubsub.pulsar', 'subscribeInitialPosition')?.facts[0]).toBe(
      'Decides where a new subscriber starts; earliest delivers the messages that are there already.',
    );
    expect(fieldHelp('pubsub.kafka', 'nothing')).toBeUndefined();
  });

  it('explains values', () => {
    expect(valueHelp('pubsub.kafka', 'initialOffset', 'earliest')).toBe(
      'daprd stops: it knows oldest and newest only.',
    );
    expect(valueHelp('pubsub.kafka', 'disableTls', 'maybe')).toBe('daprd reads false.');
    expect(valueHelp('pubsub.kafka', 'consumerGroup', 'x-{uuid}')).toBe(
      '{uuid} is another text at every start of daprd and at every hot reload.',
    );
  });
});

describe('completion', () => {
  it('offers what is required first, and only the chosen way to log in', () => {
    const fields = completableFields('pubsub.kafka', ['brokers', 'authType', 'SASLUSERNAME'], 'password');
    expect(fields.filter((f) => f.missing).map((f) => f.name)).toEqual(['saslPassword']);
    expect(
      fields.some(
        (f) =>
          f.name === 'oidcClientID' || f.name === 'brokers' || f.name === 'saslUsername' || f.name === 'authRequired',
      ),
    ).toBe(false);
    expect(
      completableFields('pubsub.kafka', [])
        .filter((f) => f.missing)
        .map((f) => f.name),
    ).toEqual(['brokers', 'authType']);
  });

  it('offers values', () => {
    expect(completableValues('pubsub.kafka', 'initialOffset')).toEqual(['newest', 'oldest']);
    expect(completableValues('pubsub.kafka', 'skipVerify')).toEqual(['true', 'false']);
    expect(completableValues('pubsub.kafka', 'sessionTimeout')).toEqual(['10s', '20s']);
    expect(completableValues('pubsub.kafka', 'consumerGroup')).toEqual([
      '{appID}',
      '{namespace}',
      '{podName}',
      '{uuid}',
      'group1',
    ]);
  });
});
