/** By building block: a word of each block's types. */
const NAMES: Record<string, string> = {
  bindings: `
    alicloud.dingtalk.webhook alicloud.oss alicloud.sls alicloud.tablestore apns aws.dynamodb aws.kinesis
    aws.s3 aws.ses aws.sns aws.sqs azure.blobstorage azure.cosmosdb.gremlinapi azure.cosmosdb azure.eventgrid
    azure.eventhubs azure.openai azure.servicebus.queues azure.signalr azure.storagequeues cloudflare.queues
    commercetools cron dubbo gcp.bucket gcp.pubsub graphql http huawei.obs influx kafka kitex kubemq
    kubernetes localstorage mqtt3 mysql postgres postmark rabbitmq redis rethinkdb.statechange rocketmq sftp
    smtp twilio.sendgrid twilio.sms wasm zeebe.command zeebe.jobworker
  `,
  configuration: `
    azure.appconfig kubernetes postgresql redis
  `,
  conversation: `
    anthropic aws.bedrock deepseek echo googleai huggingface mistral ollama openai
  `,
  crypto: `
    azure.keyvault dapr.jwks dapr.kubernetes.secrets dapr.localstorage
  `,
  lock: `
    redis
  `,
  middleware: `
    http.bearer http.oauth2 http.oauth2clientcredentials http.opa http.ratelimit http.routeralias
    http.routerchecker http.sentinel http.wasm
  `,
  pubsub: `
    aws.snssqs azure.eventhubs azure.servicebus.queues azure.servicebus.topics gcp.pubsub in-memory jetstream
    kafka kubemq mqtt3 pulsar rabbitmq redis rocketmq solace.amqp
  `,
  secretstores: `
    alicloud.parameterstore aws.parameterstore aws.secretmanager azure.keyvault gcp.secretmanager
    hashicorp.vault huaweicloud.csms kubernetes local.env local.file tencentcloud.ssm
  `,
  state: `
    aerospike alicloud.tablestore aws.dynamodb azure.blobstorage azure.cosmosdb azure.tablestorage cassandra
    cloudflare.workerskv cockroachdb coherence couchbase etcd gcp.firestore hashicorp.consul hazelcast
    in-memory jetstream memcached mongodb mysql oci.objectstorage oracledatabase postgresql ravendb redis
    rethinkdb sqlite sqlserver zookeeper
  `,
};

/** Every component type, as `spec.type` writes it and daprd registers it (RT:cmd/daprd/components/*.go), which is not always what the component's metadata.yaml says. */
export const COMPONENT_TYPES: readonly string[] = Object.entries(NAMES).flatMap(([block, names]) =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${block}.${name}`),
);

/** Older names that daprd still accepts (RT:cmd/daprd/components/*.go). */
export const COMPONENT_TYPE_ALIASES: readonly string[] = `
  pubsub.snssqs pubsub.azure.servicebusqueues pubsub.azure.servicebus pubsub.mqtt bindings.azure.servicebusqueues
  bindings.postgresql bindings.mqtt bindings.alicloud.dubbo bindings.dingtalk.webhook
  configuration.postgres state.sqlite3 state.postgres state.consul middleware.http.uppercase
`
  .trim()
  .split(/\s+/);

/** First part of `spec.type`: picks the building block, compared case-sensitively (RT:pkg/runtime/processor/manager.go:96-113). */
export const CATEGORIES: readonly string[] = Object.keys(NAMES);
