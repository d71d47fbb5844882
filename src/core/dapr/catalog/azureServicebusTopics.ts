import { AZURE_ALSO_READ } from './azureProfiles.ts';
import { SERVICEBUS_FIELDS, SERVICEBUS_PROFILES } from './azureServicebus.ts';
import { text, type CatalogComponent } from './component.ts';

/** Azure Service Bus Topics. */
export const azureServicebusTopics: CatalogComponent = {
  type: 'pubsub.azure.servicebus.topics',
  aliases: ['pubsub.azure.servicebus'],
  title: 'Azure Service Bus Topics',
  page: 'supported-pubsub/setup-azure-servicebus-topics',
  fields: [text('consumerID', { codeDefault: 'The ID of the app' }), ...SERVICEBUS_FIELDS],
  authProfiles: SERVICEBUS_PROFILES,
  alsoRead: AZURE_ALSO_READ,
  // CC:pubsub/azure/servicebus/topics/servicebus.go:167-168
  replay: { codeDefault: 'only-while-subscribed', identity: 'subscription = consumerID' },
};
