import { AZURE_ALSO_READ } from './azureProfiles.ts';
import { SERVICEBUS_FIELDS, SERVICEBUS_PROFILES } from './azureServicebus.ts';
import type { CatalogComponent } from './component.ts';

/** Azure Service Bus Queues. */
export const azureServicebusQueues: CatalogComponent = {
  type: 'pubsub.azure.servicebus.queues',
  aliases: ['pubsub.azure.servicebusqueues'],
  title: 'Azure Service Bus Queues',
  page: 'supported-pubsub/setup-azure-servicebus-queues',
  fields: SERVICEBUS_FIELDS,
  authProfiles: SERVICEBUS_PROFILES,
  alsoRead: AZURE_ALSO_READ,
  // CC:pubsub/azure/servicebus/queues/servicebus.go:149-162
  replay: { codeDefault: 'oldest', identity: 'the queue itself' },
};
