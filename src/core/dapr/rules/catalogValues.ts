import * as l10n from '@vscode/l10n';
import type { CatalogField } from '../catalog/component.ts';
import { componentOf, fieldOf } from '../catalog/catalog.ts';
import { isKafka, itemOf, looseItemOf, valueOf, type Component, type MetadataItem } from '../resources/component.ts';
import { isBooleanText, isTrueText } from './booleans.ts';
import { addItem, setValue } from './edits.ts';
import { hasNoList, missingRange } from './initialOffset.ts';
import { isPair } from './pem.ts';
import { amqpError, refusal, SCHEME } from './refusals.ts';
import type { Problem, Rule } from './rule.ts';

const SERVICE_BUS = {
  names: ['connectionString', 'namespaceName'],
  error: 'either one of connection string or namespace name are required',
  both: 'connectionString and namespaceName cannot both be specified',
};

/** Without one of these no component of the type starts, and what it says then (executed with components-contrib 1.18.0). */
const NEEDED: Record<string, { names: readonly string[]; error?: string; both?: string }> = {
  'pubsub.azure.eventhubs': {
    names: ['connectionString', 'eventHubNamespace'],
    error: 'one of connectionString or eventHubNamespace is required',
    both: 'only one of connectionString or eventHubNamespace should be passed',
  },
  'pubsub.azure.servicebus.queues': SERVICE_BUS,
  'pubsub.azure.servicebus.topics': SERVICE_BUS,
  'pubsub.gcp.pubsub': { names: ['projectID', 'project_id'], error: 'gcp pubsub error: missing attribute projectId' },
  'pubsub.jetstream': { names: ['natsURL'], error: 'missing nats URL' },
  'pubsub.kubemq': { names: ['address'], error: 'invalid kubeMQ address, address is empty' },
  'pubsub.mqtt3': { names: ['url'], error: 'missing url' },
  'pubsub.pulsar': { names: ['host'], error: 'pulsar error: missing pulsar host' },
  'pubsub.redis': { names: ['redisHost'] },
  'pubsub.solace.amqp': { names: ['url'], error: 'amqp pub sub error: missing url' },
};

/** Of JetStream: one without the other stops daprd. */
const TOGETHER = [
  ['jwt', 'seedKey'],
  ['tls_client_cert', 'tls_client_key'],
];

/** Fields that go together or exclude each other: the one at fault, and the component's words. */
function* clashes(component: Component, type: string): Generator<[name: string, error: string]> {
  const text = (name: string) => {
    const value = valueOf(looseItemOf(component, name));
    return value.known ? value.text : undefined;
  };
  const isSet = (name: string) => text(name) !== '';
  const isOn = (name: string) => isTrueText(text(name) ?? '');
  switch (type) {
    case 'pubsub.jetstream':
      for (const pair of TOGETHER)
        for (const [name = '', other = ''] of [pair, [...pair].reverse()])
          if (isSet(name) && !isSet(other)) yield [name, `missing ${other.replace('K', ' k').replaceAll('_', ' ')}`];
      return;
    case 'pubsub.solace.amqp':
      if (text('anonymous') !== undefined && !isOn('anonymous'))
        for (const name of ['username', 'password'])
          if (!isSet(name)) yield [name, 'amqp pub sub error: missing username'];
      return;
    case 'pubsub.aws.snssqs': {
      const queue = 'sqsDeadLettersQueueName';
      const limit = 'messageReceiveLimit';
      const times = Number(text(limit)?.replaceAll('_', ''));
      if (isSet(queue) ? times === 0 : times > 0)
        yield [
          isSet(queue) ? queue : limit,
          `to use SQS dead letters queue, ${limit} and ${queue} must both be set to a value`,
        ];
      if (text(queue) && isOn('disableDeleteOnRetryLimit'))
        yield ['disableDeleteOnRetryLimit', `configuration conflict: beside ${queue} it cannot be true`];
      return;
    }
    case 'pubsub.rabbitmq': {
      const [protocol, url] = [
        text('protocol'),
        text('connectionString') === '' ? text('host') : text('connectionString'),
      ];
      if (
        protocol &&
        url !== undefined &&
        url.replace(/:.*/s, '').toLowerCase() !== protocol &&
        (url !== '' || !/^amqps?$/i.test(protocol))
      )
        yield ['protocol', url === '' ? SCHEME : 'protocol does not match connection string'];
      const certificates = ['caCert', 'clientCert', 'clientKey'];
      if (isOn('saslExternal') && !certificates.every(isSet))
        yield ['saslExternal', `saslExternal needs ${certificates.join(', ')}`];
      const error = text('connectionString') === '' && url ? amqpError(url) : undefined;
      if (error !== undefined)
        yield ['host', `rabbitmq pub/sub error: invalid connection string: ${url}, err: ${error}`];
      const hostname = url === '' ? text('hostname') : undefined;
      const wrong = hostname && (/[\s/@?#%]/.test(hostname) ? 'invalid URL escape' : amqpError(`amqp://${hostname}`));
      if (wrong) yield ['hostname', wrong];
      if (isPair(valueOf(itemOf(component, 'clientCert')), valueOf(itemOf(component, 'clientKey'))) === false)
        yield ['clientKey', 'unable to load client certificate and key pair'];
      return;
    }
    case 'pubsub.pulsar': {
      const url = text('token') === '' ? text('oauth2TokenURL') : undefined;
      if (url && text('oauth2Scopes') === '')
        yield [
          'oauth2Scopes',
          'could not instantiate oauth2 token provider: oauth2 client_credentials token source requires at least one scope',
        ];
      else if (url && !/^https?:/i.test(url))
        yield ['oauth2TokenURL', `error fetching initial oauth2 client_credentials token: Post ${JSON.stringify(url)}`];
      for (const item of component.metadata) {
        const kind = /\.(json|avro)schema$/.exec(item.name)?.[1];
        const schema = valueOf(item);
        if (kind !== undefined && schema.known && !isSchema(schema.text))
          yield [
            item.name,
            `failed to parse ${kind} schema for topic ${JSON.stringify(item.name.slice(0, -kind.length - 7))}`,
          ];
      }
    }
  }
}

/** Pulsar's schemas are Avro's, written in JSON; what their types are is not looked at. */
function isSchema(text: string): boolean {
  try {
    const schema: unknown = JSON.parse(text);
    return typeof schema === 'object' && schema !== null
      ? Array.isArray(schema) || 'type' in schema
      : typeof schema === 'string';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Items of a component other than Kafka (whose fields have rules of their own) with a text the file tells. */
function* values(component: Component): Generator<{ item: MetadataItem; field: CatalogField; text: string }> {
  if (isKafka(component)) return;
  for (const item of component.metadata) {
    const field = fieldOf(component.type, item.name);
    const value = valueOf(item);
    if (field === undefined || !value.known || item.nameNode === undefined || itemOf(component, item.name) !== item)
      continue;
    if (field.exactCase === true && field.name !== item.name) continue;
    yield { item, field, text: value.text };
  }
}

function refusalOf({ type }: Component, { name }: MetadataItem, field: CatalogField, text: string): string | undefined {
  return refusal(componentOf(type)?.type ?? '', field, text, name);
}

/** The value, or the name where there is none. */
function shown({ valueNode, nameNode, node }: MetadataItem) {
  return (valueNode !== undefined && valueNode.range.end > valueNode.range.start ? valueNode : (nameNode ?? node))
    .range;
}

function replacements(
  component: Component,
  item: MetadataItem,
  texts: readonly string[],
): NonNullable<Problem['fixes']> {
  return texts.flatMap((text) => {
    const edit = setValue(item, text, component.document);
    return edit === undefined ? [] : [{ title: l10n.t('Replace by {0}', text), edits: [edit] }];
  });
}

/** A word that the component ignores without a message. */
function unknownWord({ allowedValues }: CatalogField, text: string): string | undefined {
  return text === '' || allowedValues === undefined || allowedValues.some((w) => w.toLowerCase() === text.toLowerCase())
    ? undefined
    : l10n.t('{0} is none of: {1}.', text, allowedValues.join(', '));
}

/** For every catalogued component but Kafka: what its metadata declares about types and values. */
export const catalogValueRules: readonly Rule[] = [
  {
    id: 'K-27',
    severity: 'error',
    consequence: 'daprd-stops',
    *check(component) {
      if (component.document.conditional || component.metadata.some((item) => item.nameNode?.templated === true))
        return;
      if (hasNoList(component)) return;
      const type = componentOf(component.type)?.type ?? '';
      for (const [name, error] of clashes(component, type)) {
        const item = looseItemOf(component, name);
        yield { range: item?.nameNode?.range ?? missingRange(component), message: l10n.t('daprd stops: {0}', error) };
      }
      const needed = NEEDED[type];
      const [name] = needed?.names ?? [];
      if (needed === undefined || name === undefined) return;
      const values = needed.names.map((one) => valueOf(looseItemOf(component, one)));
      const given = values.filter((value) => !value.known || value.text !== '');
      const item = looseItemOf(component, name);
      if (given.length > 1 && needed.both !== undefined)
        yield {
          range: item?.nameNode?.range ?? missingRange(component),
          message: l10n.t('daprd stops: {0}', needed.both),
        };
      if (given.length > 0) return;
      const example = fieldOf(component.type, name)?.example ?? 'localhost';
      const edit = item === undefined ? addItem(component, name, example) : setValue(item, example, component.document);
      yield {
        range: item?.nameNode?.range ?? missingRange(component),
        ...(needed.error === undefined
          ? { message: l10n.t('Without {0} daprd dials localhost.', name), severity: 'warning', consequence: 'runs' }
          : { message: l10n.t('daprd stops: {0}', needed.error) }),
        fixes: edit === undefined ? [] : [{ title: l10n.t('Add {0}', name), edits: [edit] }],
      };
    },
  },
  {
    id: 'K-25',
    severity: 'warning',
    *check(component) {
      for (const { item, field, text } of values(component)) {
        const range = shown(item);
        const wanted =
          field.allowedValues ??
          (field.codeDefault === undefined || field.codeDefault === '' ? [] : [field.codeDefault]);
        const refused = refusalOf(component, item, field, text);
        if (refused !== undefined) {
          yield {
            range,
            severity: 'error',
            consequence: 'daprd-stops',
            message: l10n.t('daprd stops: {0}', refused),
            fixes: replacements(component, item, wanted),
          };
          continue;
        }
        const problem = unknownWord(field, text);
        if (problem !== undefined) yield { range, message: problem, fixes: replacements(component, item, wanted) };
      }
    },
  },
  {
    id: 'K-23',
    severity: 'warning',
    *check(component) {
      for (const { item, field, text } of values(component)) {
        if (field.type !== 'bool' || isBooleanText(text)) continue;
        if (refusalOf(component, item, field, text) !== undefined) continue;
        yield {
          range: shown(item),
          message: l10n.t('This is no boolean: {0} counts as false.', text),
          fixes: replacements(component, item, ['true', 'false']),
        };
      }
    },
  },
];
