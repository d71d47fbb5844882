import { bool, number, text, type CatalogComponent } from './component.ts';

/** AWS SNS/SQS. */
export const awsSnssqs: CatalogComponent = {
  type: 'pubsub.aws.snssqs',
  aliases: ['pubsub.snssqs'],
  title: 'AWS SNS/SQS',
  status: 'stable',
  version: 'v1',
  page: 'supported-pubsub/setup-aws-snssqs/',
  fields: [
    text('endpoint', { example: 'http://localhost:4566' }),
    number('messageVisibilityTimeout', { codeDefault: '10' }),
    number('messageReceiveLimit', { codeDefault: '10' }),
    number('messageRetryLimit', { codeDefault: '10' }),
    text('sqsDeadLettersQueueName', { example: 'myapp-dlq' }),
    number('messageWaitTimeSeconds', { codeDefault: '1' }),
    number('messageMaxNumber', { codeDefault: '10' }),
    bool('fifo', { codeDefault: 'false' }),
    text('fifoMessageGroupID', { example: 'app1-mgi' }),
    bool('disableEntityManagement', { codeDefault: 'false' }),
    bool('disableDeleteOnRetryLimit', { codeDefault: 'false' }),
    number('assetsManagementTimeoutSeconds', { codeDefault: '1' }),
    text('concurrencyMode', { codeDefault: 'parallel' }),
    number('concurrencyLimit', { codeDefault: '0' }),
    text('accountId'),
  ],
  authProfiles: [
    {
      id: 'aws-access-key-id-and-secret-access-key',
      title: 'AWS: Access Key ID and Secret Access Key',
      fields: [
        text('region', { example: 'us-east-1' }),
        text('awsRegion', { example: 'us-east-1' }),
        text('accessKey', { example: 'AKIAIOSFODNN7EXAMPLE', sensitive: true }),
        text('secretKey', { example: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', sensitive: true }),
        text('sessionToken', { example: 'TOKEN', sensitive: true }),
      ],
    },
    {
      id: 'aws-assume-iam-role',
      title: 'AWS: Assume IAM Role',
      fields: [
        text('region', { required: true, example: 'us-east-1' }),
        text('assumeRoleArn', { example: 'arn:aws:iam::123456789:role/mskRole' }),
        text('sessionName', { codeDefault: 'DaprDefaultSession' }),
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
        text('trustAnchorArn', {
          required: true,
          example: 'arn:aws:rolesanywhere:us-west-1:012345678910:trust-anchor/01234568-0123-0123-0123-012345678901',
        }),
        text('trustProfileArn', {
          required: true,
          example: 'arn:aws:rolesanywhere:us-west-1:012345678910:profile/01234568-0123-0123-0123-012345678901',
        }),
        text('assumeRoleArn', { required: true, example: 'arn:aws:iam:012345678910:role/exampleIAMRoleName' }),
      ],
    },
  ],
  alsoRead: ['awsEndpoint', 'awsAccountID', 'awsSecret', 'awsToken', 'awsSecretKey', 'awsAccessKey', 'Endpoint'],
  // CC:pubsub/aws/snssqs/snssqs.go:781-857
  replay: { codeDefault: 'only-while-subscribed', identity: 'SQS queue = consumerID, one for all topics' },
};
