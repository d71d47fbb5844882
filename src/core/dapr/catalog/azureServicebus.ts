import { azureProfiles } from './azureProfiles.ts';
import type { CatalogComponent } from './component.ts';

/** What queues and topics of Azure Service Bus accept alike. */
export const SERVICEBUS_FIELDS: CatalogComponent['fields'] = [
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
];

export const SERVICEBUS_PROFILES: CatalogComponent['authProfiles'] = [
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
];

export const SERVICEBUS_ALSO_READ: string[] = [
  'spnTenantId',
  'spnClientId',
  'spnClientSecret',
  'spnCertificate',
  'spnCertificateFile',
  'spnCertificatePassword',
  'tenantId',
  'clientId',
  'clientSecret',
];
