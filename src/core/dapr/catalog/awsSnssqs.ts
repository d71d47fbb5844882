import { ROLE, rolesAnywhere, SECRET_KEY } from './awsExamples.ts';
import { number, text, type CatalogComponent, flag } from './component.ts';

/** AWS SNS/SQS. */
export const awsSnssqs: CatalogComponent = {
  type: 'pubsub.aws.snssqs',
  aliases: ['pubsub.snssqs'],
  title: 'AWS SNS/SQS',
  page: 'supported-pubsub/setup-aws-snssqs/',
  fields: [
    text('endpoint', { example: 'http://localhost:4566' }),
    number('messageVisibilityTimeout', { codeDefault: '10' }),
    number('messageReceiveLimit', { codeDefault: '10' }),
    number('messageRetryLimit', { codeDefault: '10' }),
    text('sqsDeadLettersQueueName', { example: 'myapp-dlq' }),
    number('messageWaitTimeSeconds', { codeDefault: '1' }),
    number('messageMaxNumber', { codeDefault: '10' }),
    flag('fifo'),
    text('fifoMessageGroupID', { example: 'app1-mgi' }),
    flag('disableEntityManagement'),
    flag('disableDeleteOnRetryLimit'),
    number('assetsManagementTimeoutSeconds', { codeDefault: '1' }),
    text('concurrencyMode', { codeDefault: 'parallel' }),
    number('concurrencyLimit', { codeDefault: '0' }),
    text('accountId'),
  ],
  authProfiles: [
    {
      title: 'AWS: Access Key ID and Secret Access Key',
      fields: [
        text('region', { example: 'us-east-1' }),
        text('awsRegion', { example: 'us-east-1' }),
        text('accessKey', { example: 'AKIAIOSFODNN7EXAMPLE', sensitive: true }),
        text('secretKey', { example: SECRET_KEY, sensitive: true }),
        text('sessionToken', { example: 'TOKEN', sensitive: true }),
      ],
    },
    {
      title: 'AWS: Assume IAM Role',
      fields: [
        text('region', { required: true, example: 'us-east-1' }),
        text('assumeRoleArn', { example: ROLE }),
        text('sessionName', { codeDefault: 'DaprDefaultSession' }),
      ],
    },
    {
      title: 'AWS: Credentials from Environment Variables',
      fields: [],
    },
    {
      title: 'AWS: IAM Roles Anywhere',
      fields: [
        text('trustAnchorArn', {
          required: true,
          example: rolesAnywhere('trust-anchor'),
        }),
        text('trustProfileArn', {
          required: true,
          example: rolesAnywhere('profile'),
        }),
        text('assumeRoleArn', { required: true, example: 'arn:aws:iam:012345678910:role/exampleIAMRoleName' }),
      ],
    },
  ],
  alsoRead: ['awsEndpoint', 'awsAccountID', 'awsSecret', 'awsToken', 'awsSecretKey', 'awsAccessKey', 'Endpoint'],
  // CC:pubsub/aws/snssqs/snssqs.go:781-857
  replay: { codeDefault: 'only-while-subscribed', identity: 'SQS queue = consumerID, one for all topics' },
};
