import type { CatalogComponent } from './component.ts';

/** GCP Pub/Sub. */
export const gcpPubsub: CatalogComponent = {
  type: 'pubsub.gcp.pubsub',
  title: 'GCP Pub/Sub',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-gcp-pubsub/',
  fields: [
    { name: 'enableMessageOrdering', type: 'bool', default: 'false' },
    { name: 'orderingKey', type: 'string', example: 'my-orderingkey' },
    { name: 'disableEntityManagement', type: 'bool', default: 'false' },
    { name: 'maxReconnectionAttempts', type: 'number', default: '30' },
    { name: 'connectionRecoveryInSec', type: 'number', default: '2' },
    { name: 'deadLetterTopic', type: 'string', example: 'myapp-dlq' },
    { name: 'endpoint', type: 'string', example: 'http://localhost:8085' },
    { name: 'maxDeliveryAttempts', type: 'number', default: '5' },
    { name: 'maxOutstandingMessages', type: 'number' },
    { name: 'maxOutstandingBytes', type: 'number' },
    { name: 'maxConcurrentConnections', type: 'number' },
    { name: 'ackDeadline', type: 'string', default: '20s' },
  ],
  authProfiles: [
    {
      id: 'gcp-api-authentication-with-service-account-key',
      title: 'GCP API Authentication with Service Account Key',
      fields: [
        { name: 'privateKeyID', type: 'string', required: true, example: 'privateKeyID', sensitive: true },
        { name: 'privateKey', type: 'string', required: true, sensitive: true, pem: true },
        { name: 'type', type: 'string', allowedValues: ['service_account'] },
        { name: 'projectID', type: 'string', required: true, example: 'projectID' },
        { name: 'clientEmail', type: 'string', required: true, example: 'client@email.com' },
        { name: 'clientID', type: 'string', required: true, example: '0123456789-0123456789' },
        { name: 'authURI', type: 'string', example: 'https://accounts.google.com/o/oauth2/auth' },
        { name: 'tokenURI', type: 'string', example: 'https://oauth2.googleapis.com/token' },
        { name: 'authProviderX509CertURL', type: 'string', example: 'https://www.googleapis.com/oauth2/v1/certs' },
        {
          name: 'clientX509CertURL',
          type: 'string',
          example: 'https://www.googleapis.com/robot/v1/metadata/x509/<PROJECT_NAME>.iam.gserviceaccount.com',
        },
      ],
    },
  ],
  alsoRead: [
    'project_id',
    'private_key_id',
    'private_key',
    'client_email',
    'client_id',
    'auth_uri',
    'token_uri',
    'auth_provider_x509_cert_url',
    'client_x509_cert_url',
    'identityProjectID',
  ],
  // CC:pubsub/gcp/pubsub/pubsub.go:281-299,319-320,464-497
  replay: { default: 'only-while-subscribed', identity: 'subscription <consumerID>-<topic>' },
};
