import { azureProfiles } from './azureProfiles.ts';
import { bool, number, text, type CatalogComponent } from './component.ts';

/** What queues and topics of Azure Service Bus accept alike. */
export const SERVICEBUS_FIELDS: CatalogComponent['fields'] = [
  number('maxRetriableErrorsPerSec', { default: '10' }),
  number('minConnectionRecoveryInSec', { default: '2' }),
  number('maxConnectionRecoveryInSec', { default: '300' }),
  number('maxActiveMessages', { default: '1000' }),
  number('maxConcurrentHandlers', { default: '0' }),
  number('lockRenewalInSec', { default: '20' }),
  number('timeoutInSec', { default: '60' }),
  bool('disableEntityManagement', { default: 'false' }),
  number('lockDurationInSec'),
  number('autoDeleteOnIdleInSec', { default: '0' }),
  number('defaultMessageTimeToLiveInSec'),
  number('maxDeliveryCount'),
  number('handlerTimeoutInSec', { default: '60' }),
  number('publishMaxRetries', { default: '5' }),
  number('publishInitialRetryIntervalInMs', { default: '500' }),
];

export const SERVICEBUS_PROFILES: CatalogComponent['authProfiles'] = [
  {
    id: 'connection-string',
    title: 'Connection string',
    fields: [
      text('connectionString', {
        required: true,
        example:
          'Endpoint=sb://{ServiceBusNamespace}.servicebus.windows.net/;SharedAccessKeyName={PolicyName};SharedAccessKey={Key};Enti',
        sensitive: true,
      }),
    ],
  },
  ...azureProfiles([text('namespaceName', { required: true, example: 'namespace.servicebus.windows.net' })]),
];
