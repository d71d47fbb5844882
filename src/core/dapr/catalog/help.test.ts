import { describe, expect, it } from 'vitest';
import { helpTexts } from '../../../../scripts/helpTexts.mjs';
import { COMPONENTS, fieldsOf } from './catalog.ts';
import { completableFields, completableValues } from './completion.ts';
import { fieldHelp, valueHelp } from './help.ts';

const texts = helpTexts('.');

describe('help', () => {
  it('explains every key of the 15 pub/sub types and of bindings.kafka that is not an older name', () => {
    expect(COMPONENTS).toHaveLength(16);
    const silent = COMPONENTS.flatMap(({ type }) =>
      fieldsOf(type)
        .filter((field) => field.deprecated === undefined && fieldHelp(type, field.name, texts)?.meaning === undefined)
        .map((field) => `${type} ${field.name}`),
    );
    expect(silent).toEqual([]);
  });

  it('explains nothing that no type reads', () => {
    const types = (of: string) =>
      COMPONENTS.map(({ type }) => type).filter(
        (type) => of === 'shared' || of === type || (of === 'kafka' && type.endsWith('.kafka')),
      );
    const unknown = Object.entries(texts.keys).flatMap(([of, keys]) =>
      Object.keys(keys)
        .filter((key) => !types(of).some((type) => fieldsOf(type).some(({ name }) => name === key)))
        .map((key) => `${of} ${key}`),
    );
    expect(unknown).toEqual([]);
  });

  it('tells what a key means, and what happens when it is wrong', () => {
    expect(fieldHelp('pubsub.pulsar', 'subscribeInitialPosition', texts)).toMatchObject({
      meaning: 'Where a new subscription starts: latest or earliest.',
      wrong: 'Another word stops daprd; another spelling of the key is ignored.',
    });
    // By an older name of the type, and a key that several types share.
    expect(fieldHelp('pubsub.azure.servicebus', 'azureTenantId', texts)?.meaning).toBe('Id of the Entra ID tenant.');
  });

  it('tells the default of the code beside the documented one', () => {
    expect(fieldHelp('pubsub.kafka', 'consumeRetryEnabled', texts)?.facts).toEqual([
      'true or false.',
      'Default in code: true (the documentation says false).',
      'Since Dapr 1.8.0; an older one ignores it without a message.',
    ]);
    expect(fieldHelp('pubsub.pulsar', 'subscribeInitialPosition', texts)?.facts[0]).toBe(
      'Decides where a new subscriber starts; earliest delivers the messages that are there already.',
    );
    expect(fieldHelp('pubsub.kafka', 'nothing', texts)).toBeUndefined();
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

/** As the components themselves did: test/fixtures/component-values.json. */
it('tells of other brokers, too, what a wrong value does', () => {
  const wrong = (type: string, name: string) => fieldHelp(type, name, texts)?.wrong;
  expect(wrong('pubsub.rabbitmq', 'prefetchCount')).toBe('What is no whole number from 0 to 255 stops daprd.');
  expect(wrong('pubsub.pulsar', 'subscribeType')).toBe('Any other word stops daprd.');
  expect(wrong('pubsub.jetstream', 'ackPolicy')).toBe('Any other word does not stop daprd.');
  expect(wrong('pubsub.redis', 'redisDB')).toBe('Empty, or no whole number: daprd stops.');
  expect(wrong('pubsub.rabbitmq', 'clientName')).toBeUndefined();
});
