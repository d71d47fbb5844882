import type { CatalogComponent } from './component.ts';

/** AWS SNS/SQS. */
export const awsSnssqs: CatalogComponent = {
  type: 'pubsub.aws.snssqs',
  aliases: ['pubsub.snssqs'],
  title: 'AWS SNS/SQS',
  status: 'stable',
  version: 'v1',
  url: 'https://docs.dapr.io/reference/components-reference/supported-pubsub/setup-aws-snssqs/',
  fields: [
    { name: 'endpoint', type: 'string', example: 'http://localhost:4566' },
    { name: 'messageVisibilityTimeout', type: 'number', default: '10' },
    { name: 'messageReceiveLimit', type: 'number', default: '10' },
    { name: 'messageRetryLimit', type: 'number', default: '10' },
    { name: 'sqsDeadLettersQueueName', type: 'string', example: 'myapp-dlq' },
    { name: 'messageWaitTimeSeconds', type: 'number', default: '1' },
    { name: 'messageMaxNumber', type: 'number', default: '10' },
    { name: 'fifo', type: 'bool', default: 'false' },
    { name: 'fifoMessageGroupID', type: 'string', example: 'app1-mgi' },
    { name: 'disableEntityManagement', type: 'bool', default: 'false' },
    { name: 'disableDeleteOnRetryLimit', type: 'bool', default: 'false' },
    { name: 'assetsManagementTimeoutSeconds', type: 'number', default: '1' },
    { name: 'concurrencyMode', type: 'string', default: 'parallel' },
    { name: 'concurrencyLimit', type: 'number', default: '0' },
    { name: 'accountId', type: 'string' },
  ],
  authProfiles: [
    {
      id: 'aws-access-key-id-and-secret-access-key',
      title: 'AWS: Access Key ID and Secret Access Key',
      fields: [
        { name: 'region', type: 'string', example: 'us-east-1' },
        { name: 'awsRegion', type: 'string', example: 'us-east-1' },
        { name: 'accessKey', type: 'string', example: 'AKIAIOSFODNN7EXAMPLE', sensitive: true },
        { name: 'secretKey', type: 'string', example: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', sensitive: true },
        { name: 'sessionToken', type: 'string', example: 'TOKEN', sensitive: true },
      ],
    },
    {
      id: 'aws-assume-iam-role',
      title: 'AWS: Assume IAM Role',
      fields: [
        { name: 'region', type: 'string', required: true, example: 'us-east-1' },
        { name: 'assumeRoleArn', type: 'string', example: 'arn:aws:iam::123456789:role/mskRole' },
        { name: 'sessionName', type: 'string', default: 'DaprDefaultSession' },
      ],
    },
    {
      id: 'aws-credentials-from-environment-variables',
      title: 'AWS: Credentials from Environment Variables',
      fields: [],
    },
    {
      id: 'aws-iam-roles-anywhere',
      title: 'AWS: IAM Roles Anywhere',
      fields: [
        {
          name: 'trustAnchorArn',
          type: 'string',
          required: true,
          example: 'arn:aws:rolesanywhere:us-west-1:012345678910:trust-anchor/01234568-0123-0123-0123-012345678901',
        },
        {
          name: 'trustProfileArn',
          type: 'string',
          required: true,
          example: 'arn:aws:rolesanywhere:us-west-1:012345678910:profile/01234568-0123-0123-0123-012345678901',
        },
        {
          name: 'assumeRoleArn',
          type: 'string',
          required: true,
          example: 'arn:aws:iam:012345678910:role/exampleIAMRoleName',
        },
      ],
    },
  ],
  alsoRead: ['awsEndpoint', 'awsAccountID', 'awsSecret', 'awsToken', 'awsSecretKey', 'awsAccessKey', 'Endpoint'],
  // CC:pubsub/aws/snssqs/snssqs.go:781-857
  replay: { default: 'only-while-subscribed', identity: 'SQS queue = consumerID, one for all topics' },
};
