import { azureProfiles } from './azureProfiles.ts';
import type { CatalogComponent } from './component.ts';

/** Azure Event Hubs. */
export const azureEventhubs: CatalogComponent = {
  type: 'pubsub.azure.eventhubs',
  title: 'Azure Event Hubs',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-azure-eventhubs/',
  fields: [
    { name: 'storageAccountKey', type: 'string', example: '112233445566778899', sensitive: true },
    {
      name: 'storageConnectionString',
      type: 'string',
      example: 'BlobEndpoint=https://storagesample.blob.core.windows.net;...',
      sensitive: true,
    },
    { name: 'storageAccountName', type: 'string', required: true, example: 'myeventhubstorage' },
    { name: 'storageContainerName', type: 'string', required: true, example: 'myeventhubstoragecontainer' },
    { name: 'consumerID', type: 'string', example: 'group1' },
    { name: 'getAllMessageProperties', type: 'string', default: 'false' },
  ],
  authProfiles: [
    {
      id: 'connection-string',
      title: 'Connection string',
      fields: [
        {
          name: 'connectionString',
          type: 'string',
          required: true,
          example:
            'Endpoint=sb://{EventHubNamespace}.servicebus.windows.net/;SharedAccessKeyName={PolicyName};SharedAccessKey={Key};Entity',
          sensitive: true,
        },
      ],
    },
    ...azureProfiles([
      { name: 'eventHubNamespace', type: 'string', required: true, example: 'namespace' },
      { name: 'enableEntityManagement', type: 'bool', default: 'false' },
      { name: 'enableInOrderMessageDelivery', type: 'bool', default: 'false' },
      { name: 'resourceGroupName', type: 'string', example: 'test-rg' },
      { name: 'subscriptionId', type: 'string', example: '00112233-4455-6677-8899-aabbccddeeff' },
      { name: 'messageRetentionInDays', type: 'number', default: '1' },
      { name: 'partitionCount', type: 'number', default: '1' },
    ]),
  ],
  alsoRead: [
    'spnTenantId',
    'spnClientId',
    'spnClientSecret',
    'spnCertificate',
    'spnCertificateFile',
    'spnCertificatePassword',
    'tenantId',
    'clientId',
    'clientSecret',
  ],
  // CC:common/component/azure/eventhubs/eventhubs.go:41,407-421,575
  replay: { default: 'newest', identity: 'consumer group = consumerID; checkpoints in blob storage' },
};
