import { azureProfiles } from './azureProfiles.ts';
import { number, text, type CatalogComponent, flag } from './component.ts';

/** What queues and topics of Azure Service Bus accept alike. */
export const SERVICEBUS_FIELDS: CatalogComponent['fields'] = [
  number('maxRetriableErrorsPerSec', { codeDefault: '10' }),
  number('minConnectionRecoveryInSec', { codeDefault: '2' }),
  number('maxConnectionRecoveryInSec', { codeDefault: '300' }),
  number('maxActiveMessages', { codeDefault: '1000' }),
  number('maxConcurrentHandlers', { codeDefault: '0' }),
  number('lockRenewalInSec', { codeDefault: '20' }),
  number('timeoutInSec', { codeDefault: '60' }),
  flag('disableEntityManagement'),
  number('lockDurationInSec'),
  number('autoDeleteOnIdleInSec', { codeDefault: '0' }),
  number('defaultMessageTimeToLiveInSec'),
  number('maxDeliveryCount'),
  number('handlerTimeoutInSec', { codeDefault: '60' }),
  number('publishMaxRetries', { codeDefault: '5' }),
  number('publishInitialRetryIntervalInMs', { codeDefault: '500' }),
];

export const SERVICEBUS_PROFILES: CatalogComponent['authProfiles'] = [
  {
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
