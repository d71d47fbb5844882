import type { AuthProfile, CatalogComponent, CatalogField } from './component.ts';
import { RUNTIME_FIELDS } from './component.ts';
import { awsSnssqs } from './awsSnssqs.ts';
import { azureEventhubs } from './azureEventhubs.ts';
import { azureServicebusQueues } from './azureServicebusQueues.ts';
import { azureServicebusTopics } from './azureServicebusTopics.ts';
import { bindingsKafka } from './bindingsKafka.ts';
import { gcpPubsub } from './gcpPubsub.ts';
import { inMemory } from './inMemory.ts';
import { jetstream } from './jetstream.ts';
import { kafka } from './kafka.ts';
import { kubemq } from './kubemq.ts';
import { mqtt3 } from './mqtt3.ts';
import { nearest } from './nearest.ts';
import { pulsar } from './pulsar.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import { rocketmq } from './rocketmq.ts';
import { solaceAmqp } from './solaceAmqp.ts';

/** The 15 pub/sub components and the Kafka binding. */
export const COMPONENTS: readonly CatalogComponent[] = [
  awsSnssqs,
  azureEventhubs,
  azureServicebusQueues,
  azureServicebusTopics,
  bindingsKafka,
  gcpPubsub,
  inMemory,
  jetstream,
  kafka,
  kubemq,
  mqtt3,
  pulsar,
  rabbitmq,
  redis,
  rocketmq,
  solaceAmqp,
];

const BY_TYPE: ReadonlyMap<string, CatalogComponent> = new Map(
  COMPONENTS.flatMap((component) => [component.type, ...(component.aliases ?? [])].map((type) => [type, component])),
);

/** Fields of every type by their name, and the first of each name in lower case. */
const FIELDS: ReadonlyMap<
  CatalogComponent,
  { byName: ReadonlyMap<string, CatalogField>; byLowerCase: ReadonlyMap<string, CatalogField> }
> = new Map(COMPONENTS.map((component) => [component, fieldTable(component)]));

function fieldTable(component: CatalogComponent) {
  const fields = new Map<string, CatalogField>();
  const add = (field: CatalogField) => {
    if (!fields.has(field.name)) fields.set(field.name, field);
  };
  component.fields.forEach(add);
  // Within a profile a field may be required that is optional elsewhere: outside its profile it is not.
  for (const profile of component.authProfiles) profile.fields.forEach((field) => add({ ...field, required: false }));
  if (component.type.startsWith('pubsub.')) RUNTIME_FIELDS.forEach(add);
  const byLowerCase = new Map<string, CatalogField>();
  for (const [name, field] of fields) {
    const lower = name.toLowerCase();
    if (!byLowerCase.has(lower)) byLowerCase.set(lower, field);
  }
  return { byName: fields, byLowerCase };
}

/** Compared in lower case, as daprd does after the category prefix (`pubsub.Kafka` loads). */
export function componentOf(type: string): CatalogComponent | undefined {
  return BY_TYPE.get(type) ?? BY_TYPE.get(type.toLowerCase());
}

/** Every field a type reads, of all its auth profiles, the runtime's own ones included; empty for an unknown type. Names are unique. */
export function fieldsOf(type: string): readonly CatalogField[] {
  const component = componentOf(type);
  return [...((component && FIELDS.get(component)?.byName.values()) ?? [])];
}

export function authProfiles(type: string): readonly AuthProfile[] {
  return componentOf(type)?.authProfiles ?? [];
}

/** The field of that exact name, or of that name in another letter case. */
export function fieldOf(type: string, name: string): CatalogField | undefined {
  const component = componentOf(type);
  const fields = component && FIELDS.get(component);
  return fields?.byName.get(name) ?? fields?.byLowerCase.get(name.toLowerCase());
}

/** Whether a type reads a name at all: a field, an undocumented name, or a per-topic one such as `orders.jsonschema`. */
export function isKnownField(type: string, name: string): boolean {
  if (fieldOf(type, name)) return true;
  const component = componentOf(type);
  const lower = name.toLowerCase();
  if (component?.alsoRead?.some((other) => other.toLowerCase() === lower)) return true;
  return (
    component?.fields.some(
      (field) =>
        field.name.startsWith('<') && lower.endsWith(field.name.slice(field.name.indexOf('>') + 1).toLowerCase()),
    ) ?? false
  );
}

/** Misspellings seen often enough to be known, none of them near in letters. */
const FREQUENT: Record<string, string> = {
  rebalanceStrategy: 'consumerGroupRebalanceStrategy',
  backOffDelay: 'backOffDuration',
  backOffMaxDelay: 'backOffMaxInterval',
  maxRetries: 'backOffMaxRetries',
};

/** The field somebody most likely meant by an unknown name, or undefined when none is near. */
export function nearestField(type: string, name: string): string | undefined {
  const names = fieldsOf(type).map((field) => field.name);
  const frequent = Object.hasOwn(FREQUENT, name) ? FREQUENT[name] : undefined;
  if (frequent !== undefined && names.includes(frequent)) return frequent;
  return nearest(name, names);
}
