import { number, text, type CatalogComponent, flag } from './component.ts';

/** GCP Pub/Sub. */
export const gcpPubsub: CatalogComponent = {
  type: 'pubsub.gcp.pubsub',
  title: 'GCP Pub/Sub',
  page: 'supported-pubsub/setup-gcp-pubsub/',
  fields: [
    flag('enableMessageOrdering'),
    text('orderingKey', { example: 'my-orderingkey' }),
    flag('disableEntityManagement'),
    number('maxReconnectionAttempts', { codeDefault: '30' }),
    number('connectionRecoveryInSec', { codeDefault: '2' }),
    text('deadLetterTopic', { example: 'myapp-dlq' }),
    text('endpoint', { example: 'http://localhost:8085' }),
    number('maxDeliveryAttempts', { codeDefault: '5' }),
    number('maxOutstandingMessages'),
    number('maxOutstandingBytes'),
    number('maxConcurrentConnections'),
    text('ackDeadline', { codeDefault: '20s' }),
  ],
  authProfiles: [
    {
      title: 'GCP API Authentication with Service Account Key',
      fields: [
        text('privateKeyID', { required: true, example: 'privateKeyID', sensitive: true }),
        text('privateKey', { required: true, sensitive: true, pem: true }),
        text('type', { allowedValues: ['service_account'] }),
        text('projectID', { required: true, example: 'projectID' }),
        text('clientEmail', { required: true, example: 'client@email.com' }),
        text('clientID', { required: true, example: '0123456789-0123456789' }),
        text('authURI', { example: 'https://accounts.google.com/o/oauth2/auth' }),
        text('tokenURI', { example: 'https://oauth2.googleapis.com/token' }),
        text('authProviderX509CertURL', { example: 'https://www.googleapis.com/oauth2/v1/certs' }),
        text('clientX509CertURL', {
          example: 'https://www.googleapis.com/robot/v1/metadata/x509/<PROJECT_NAME>.iam.gserviceaccount.com',
        }),
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
  replay: { codeDefault: 'only-while-subscribed', identity: 'subscription <consumerID>-<topic>' },
};
