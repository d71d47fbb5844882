import { azureProfiles } from './azureProfiles.ts';
import type { CatalogComponent } from './component.ts';

/** Azure Service Bus Topics. */
export const azureServicebusTopics: CatalogComponent = {
  type: 'pubsub.azure.servicebus.topics',
  aliases: ['pubsub.azure.servicebus'],
  title: 'Azure Service Bus Topics',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-azure-servicebus-topics',
  fields: [
    { name: 'consumerID', type: 'string', default: 'The ID of the app' },
    { name: 'maxRetriableErrorsPerSec', type: 'number', default: '10' },
    { name: 'minConnectionRecoveryInSec', type: 'number', default: '2' },
    { name: 'maxConnectionRecoveryInSec', type: 'number', default: '300' },
    { name: 'maxActiveMessages', type: 'number', default: '1000' },
    { name: 'maxConcurrentHandlers', type: 'number', default: '0' },
    { name: 'lockRenewalInSec', type: 'number', default: '20' },
    { name: 'timeoutInSec', type: 'number', default: '60' },
    { name: 'disableEntityManagement', type: 'bool', default: 'false' },
    { name: 'lockDurationInSec', type: 'number' },
    { name: 'autoDeleteOnIdleInSec', type: 'number', default: '0' },
    { name: 'defaultMessageTimeToLiveInSec', type: 'number' },
    { name: 'maxDeliveryCount', type: 'number' },
    { name: 'handlerTimeoutInSec', type: 'number', default: '60' },
    { name: 'publishMaxRetries', type: 'number', default: '5' },
    { name: 'publishInitialRetryIntervalInMs', type: 'number', default: '500' },
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
            'Endpoint=sb://{ServiceBusNamespace}.servicebus.windows.net/;SharedAccessKeyName={PolicyName};SharedAccessKey={Key};Enti',
          sensitive: true,
        },
      ],
    },
    ...azureProfiles([
      { name: 'namespaceName', type: 'string', required: true, example: 'namespace.servicebus.windows.net' },
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
  // CC:pubsub/azure/servicebus/topics/servicebus.go:167-168
  replay: { default: 'only-while-subscribed', identity: 'subscription = consumerID' },
};
