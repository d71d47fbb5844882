import type { CatalogComponent } from './component.ts';

/** Azure Service Bus Queues. */
export const azureServicebusQueues: CatalogComponent = {
  type: 'pubsub.azure.servicebus.queues',
  aliases: ['pubsub.azure.servicebusqueues'],
  title: 'Azure Service Bus Queues',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-azure-servicebus-queues',
  fields: [
    { name: 'maxRetriableErrorsPerSec', type: 'number', default: '10', example: '2' },
    { name: 'minConnectionRecoveryInSec', type: 'number', default: '2', example: '5' },
    { name: 'maxConnectionRecoveryInSec', type: 'number', default: '300', example: '600' },
    { name: 'maxActiveMessages', type: 'number', default: '1000', example: '2000' },
    { name: 'maxConcurrentHandlers', type: 'number', default: '0', example: '10' },
    { name: 'lockRenewalInSec', type: 'number', default: '20', example: '20' },
    { name: 'timeoutInSec', type: 'number', default: '60', example: '30' },
    { name: 'disableEntityManagement', type: 'bool', default: 'false', example: 'true' },
    { name: 'lockDurationInSec', type: 'number', example: '5' },
    { name: 'autoDeleteOnIdleInSec', type: 'number', default: '0', example: '3600' },
    { name: 'defaultMessageTimeToLiveInSec', type: 'number', example: '10' },
    { name: 'maxDeliveryCount', type: 'number', example: '10' },
    { name: 'handlerTimeoutInSec', type: 'number', default: '60', example: '30' },
    { name: 'publishMaxRetries', type: 'number', default: '5', example: '10' },
    { name: 'publishInitialRetryIntervalInMs', type: 'number', default: '500', example: '1000' },
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
    {
      id: 'azure-ad-managed-identity',
      title: 'Azure AD: Managed identity',
      fields: [
        { name: 'azureClientId', type: 'string', example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' },
        {
          name: 'azureEnvironment',
          type: 'string',
          default: 'AzurePublicCloud',
          allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
          example: 'AzurePublicCloud',
        },
        { name: 'namespaceName', type: 'string', required: true, example: 'namespace.servicebus.windows.net' },
      ],
    },
    {
      id: 'azure-ad-client-credentials',
      title: 'Azure AD: Client credentials',
      fields: [
        { name: 'azureTenantId', type: 'string', required: true, example: 'cd4b2887-304c-47e1-b4d5-65447fdd542a' },
        { name: 'azureClientId', type: 'string', required: true, example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' },
        {
          name: 'azureClientSecret',
          type: 'string',
          required: true,
          example: 'Ecy3XG7zVZK3/vl/a2NSB+a1zXLa8RnMum/IgD0E',
          sensitive: true,
        },
        {
          name: 'azureEnvironment',
          type: 'string',
          default: 'AzurePublicCloud',
          allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
          example: 'AzurePublicCloud',
        },
        { name: 'namespaceName', type: 'string', required: true, example: 'namespace.servicebus.windows.net' },
      ],
    },
    {
      id: 'azure-ad-client-certificate',
      title: 'Azure AD: Client certificate',
      fields: [
        { name: 'azureTenantId', type: 'string', required: true, example: 'cd4b2887-304c-47e1-b4d5-65447fdd542a' },
        { name: 'azureClientId', type: 'string', required: true, example: 'c7dd251f-811f-4ba2-a905-acd4d3f8f08b' },
        { name: 'azureCertificate', type: 'string', sensitive: true, pem: true },
        { name: 'azureCertificateFile', type: 'string', example: '/path/to/file.pem' },
        { name: 'azureCertificatePassword', type: 'string', example: 'password', sensitive: true },
        {
          name: 'azureEnvironment',
          type: 'string',
          default: 'AzurePublicCloud',
          allowedValues: ['AzurePublicCloud', 'AzureChinaCloud', 'AzureUSGovernmentCloud'],
          example: 'AzurePublicCloud',
        },
        { name: 'namespaceName', type: 'string', required: true, example: 'namespace.servicebus.windows.net' },
      ],
    },
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
  replay: {
    default: 'oldest',
    identity: 'the queue itself',
    source: 'CC:pubsub/azure/servicebus/queues/servicebus.go:149-162',
  },
};
