import { AZURE_ALSO_READ, azureProfiles } from './azureProfiles.ts';
import { number, text, type CatalogComponent, flag } from './component.ts';

/** Azure Event Hubs. */
export const azureEventhubs: CatalogComponent = {
  type: 'pubsub.azure.eventhubs',
  title: 'Azure Event Hubs',
  page: 'supported-pubsub/setup-azure-eventhubs/',
  fields: [
    text('storageAccountKey', { example: '112233445566778899', sensitive: true }),
    text('storageConnectionString', {
      example: 'BlobEndpoint=https://storagesample.blob.core.windows.net;...',
      sensitive: true,
    }),
    text('storageAccountName', { required: true, example: 'myeventhubstorage' }),
    text('storageContainerName', { required: true, example: 'myeventhubstoragecontainer' }),
    text('consumerID', { example: 'group1' }),
    text('getAllMessageProperties', { codeDefault: 'false' }),
  ],
  authProfiles: [
    {
      title: 'Connection string',
      fields: [
        text('connectionString', {
          required: true,
          example:
            'Endpoint=sb://{EventHubNamespace}.servicebus.windows.net/;SharedAccessKeyName={PolicyName};SharedAccessKey={Key};Entity',
          sensitive: true,
        }),
      ],
    },
    ...azureProfiles([
      text('eventHubNamespace', { required: true, example: 'namespace' }),
      flag('enableEntityManagement'),
      flag('enableInOrderMessageDelivery'),
      text('resourceGroupName', { example: 'test-rg' }),
      text('subscriptionId', { example: '00112233-4455-6677-8899-aabbccddeeff' }),
      number('messageRetentionInDays', { codeDefault: '1' }),
      number('partitionCount', { codeDefault: '1' }),
    ]),
  ],
  alsoRead: AZURE_ALSO_READ,
  // CC:common/component/azure/eventhubs/eventhubs.go:41,407-421,575
  replay: { codeDefault: 'newest', identity: 'consumer group = consumerID; checkpoints in blob storage' },
};
