import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REFERENCE, VERSION } from './component.ts';
import { COMPONENTS } from './catalog.ts';
import type { CatalogField } from './component.ts';

type Fact = Pick<CatalogField, 'name' | 'type' | 'required' | 'allowedValues' | 'sensitive'> & { default?: string };
interface Profile {
  title: string | null;
  builtin: string | null;
  fields: Fact[];
}
interface Facts {
  title: string;
  status: string;
  version: string;
  url: string;
  fields: Fact[];
  authenticationProfiles: Profile[];
}

/** The facts of the metadata.yaml files of dapr/components-contrib, as its `source` says. */
const { pubsub } = JSON.parse(
  readFileSync(new URL('../../../../test/fixtures/dapr-catalog.json', import.meta.url), 'utf8'),
) as { pubsub: Record<string, Facts> };

function differences(where: string, facts: readonly Fact[], fields: readonly CatalogField[]): string[] {
  const ours = new Map(fields.map((field) => [field.name, field]));
  const found = facts.flatMap((fact) => {
    const field = ours.get(fact.name);
    ours.delete(fact.name);
    if (!field) return [`${where} ${fact.name}: missing`];
    const documented = { ...field, default: field.documentedDefault ?? field.codeDefault };
    return (['type', 'required', 'default', 'allowedValues', 'sensitive'] as const).flatMap((key) => {
      const [theirs, here] = [JSON.stringify(fact[key]), JSON.stringify(documented[key])];
      return theirs === here ? [] : [`${where} ${fact.name}: ${key} ${theirs ?? '-'} → ${here ?? '-'}`];
    });
  });
  return [...found, ...[...ours.keys()].map((name) => `${where} ${name}: not documented`)];
}

it('says of every component what its metadata.yaml says', () => {
  for (const { type, title, status = 'stable', page } of COMPONENTS) {
    const facts = pubsub[type];
    expect({ type, title, status, version: VERSION, url: REFERENCE + page }).toEqual({
      type,
      title: facts?.title,
      status: facts?.status,
      version: facts?.version,
      url: facts?.url,
    });
  }
});

/** Read by the code of both Kafka components and documented in neither, beside what the login profiles document. */
const KAFKA_CODE = [
  'authType: not documented',
  'authRequired: not documented',
  'caCert: not documented',
  'backOffPolicy: not documented',
  'backOffDuration: not documented',
  'backOffInitialInterval: not documented',
  'backOffRandomizationFactor: not documented',
  'backOffMultiplier: not documented',
  'backOffMaxInterval: not documented',
  'backOffMaxElapsedTime: not documented',
  'backOffMaxRetries: not documented',
];
const KAFKA_VALUES = [
  'schemaRegistryAPIKey: sensitive - → true',
  'schemaRegistryAPISecret: sensitive - → true',
  'compression: allowedValues - → ["none","gzip","snappy","lz4","zstd"]',
  'excludeHeaderMetaRegex: default "" → -',
  'producerRequiredAcks: allowedValues - → ["all","local","none"]',
];

it('says of every field what its metadata.yaml says, but where the code of the component differs', () => {
  const found = COMPONENTS.flatMap(({ type, fields }) => differences(type, pubsub[type]?.fields ?? [], fields));
  const expected = [
    ...[...KAFKA_VALUES, ...KAFKA_CODE].flatMap((text) => [`bindings.kafka ${text}`, `pubsub.kafka ${text}`]),
    // An input binding publishes nothing; what the code reads besides.
    'bindings.kafka publishTopic: required true → -',
    'bindings.kafka channelBufferSize: not documented',
    'bindings.kafka consumerFetchMin: not documented',
    'bindings.kafka consumerFetchDefault: not documented',
    'bindings.kafka consumerID: not documented',
    'bindings.kafka direction: not documented',
    // The runtime fills in the app id.
    'pubsub.azure.eventhubs consumerID: required true → -',
    'pubsub.azure.eventhubs storageAccountKey: sensitive - → true',
    'pubsub.azure.eventhubs storageConnectionString: sensitive - → true',
    // Without it JetStream itself takes all.
    'pubsub.jetstream deliverPolicy: required true → -',
    'pubsub.jetstream deliverPolicy: default - → "all"',
    'pubsub.pulsar batchingMaxSize: default "\\"131072\\" (128 KB)" → "131072"',
    'pubsub.pulsar privateKey: sensitive - → true',
    'pubsub.pulsar subscribeType: allowedValues - → ["shared","exclusive","failover","key_shared"]',
    'pubsub.pulsar subscribeInitialPosition: allowedValues - → ["latest","earliest"]',
    'pubsub.pulsar subscribeMode: allowedValues - → ["durable","non_durable"]',
    'pubsub.redis clientKey: sensitive - → true',
  ];
  expect(found.toSorted()).toEqual(expected.toSorted());
});

it('says of every field of a login what its metadata.yaml says', () => {
  const found = COMPONENTS.filter(({ type }) => !type.endsWith('.kafka')).flatMap(({ type, authProfiles }) =>
    (pubsub[type]?.authenticationProfiles ?? []).flatMap(({ title, fields }, i) =>
      differences(`${type}, ${title}`, fields, authProfiles[i]?.fields ?? []),
    ),
  );
  expect(found).toEqual([
    'pubsub.jetstream, Token Authentication token: sensitive - → true',
    'pubsub.jetstream, JWT Authentication jwt: sensitive - → true',
    'pubsub.jetstream, JWT Authentication seedKey: sensitive - → true',
    'pubsub.jetstream, TLS Authentication tls_client_key: sensitive - → true',
    'pubsub.kubemq, Token Authentication authToken: sensitive - → true',
    'pubsub.redis, Username and password redisUsername: default "" → -',
    'pubsub.redis, Username and password redisPassword: default "" → -',
    'pubsub.redis, Username and password sentinelUsername: default "" → -',
    'pubsub.redis, Username and password sentinelPassword: default "" → -',
    'pubsub.rocketmq, Credential Authentication accessKey: sensitive - → true',
    'pubsub.rocketmq, Credential Authentication secretKey: sensitive - → true',
    'pubsub.rocketmq, Credential Authentication securityToken: sensitive - → true',
  ]);
});

// Each profile names only its own authType; PLAINTEXT is what the documentation calls PLAIN.
it.each(['pubsub.kafka', 'bindings.kafka'])(
  'knows every login field of %s, in profiles as the code branches',
  (type) => {
    const component = COMPONENTS.find((c) => c.type === type)!;
    const ours = [...component.fields, ...component.authProfiles.flatMap((profile) => profile.fields)];
    // Whether a field is required is a matter of its profile.
    const facts = pubsub[type]!.authenticationProfiles.flatMap((profile) => profile.fields);
    const byName = [...new Map(facts.map(({ required: _, ...fact }) => [fact.name, fact])).values()];
    const known = byName.map(({ name }) => ours.find((field) => field.name === name)!);
    expect(known).not.toContain(undefined);
    const found = differences(
      type,
      byName,
      known.map(({ required: _, ...field }) => field),
    );
    expect(found).toEqual([
      `${type} authType: allowedValues ["awsiam"] → ["none","password","oidc","oidc_private_key_jwt","mtls","certificate","awsiam"]`,
      `${type} saslMechanism: allowedValues ["SHA-512","SHA-256","PLAINTEXT"] → ["PLAIN","SHA-256","SHA-512"]`,
      `${type} awsAccessKey: sensitive - → true`,
    ]);
  },
);
