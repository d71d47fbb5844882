import type { AuthProfile, CatalogField } from '../../core/dapr/catalog/component.ts';

/** A Kafka component for one way to log in, as a snippet of VS Code's syntax. */
export function componentSnippet(profile: AuthProfile): string {
  let stop = 4;
  // AWS's region has an older name, so that neither is required by itself.
  const needed = profile.fields.filter(
    ({ name, required }) => (required === true && name !== 'authType') || name === 'region',
  );
  const isSecret = (field: CatalogField) => field.sensitive === true || field.pem === true;
  const fields = needed.map((field) =>
    isSecret(field)
      ? `    - name: ${field.name}\n      secretKeyRef:\n        name: \${${stop++}:kafka}\n        key: ${field.name}\n`
      : `    - name: ${field.name}\n      value: "\${${stop++}:${field.example ?? ''}}"\n`,
  );
  const secrets = needed.some(isSecret);
  return `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: \${1:kafka-pubsub}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: "\${2:localhost:9092}"
    - name: authType
      value: ${profile.authType ?? 'none'}
${fields.join('')}    # Where partitions start for which the group has no committed offset: newest would never deliver what is there already.
    - name: initialOffset
      value: \${3|oldest,newest|}
${secrets ? `auth:\n  secretStore: \${${stop}:local-secret-store}\n` : ''}`;
}

export function subscriptionSnippet(pubsubname: string): string {
  return `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: \${1:orders-subscription}
spec:
  pubsubname: ${pubsubname}
  topic: \${2:orders}
  routes:
    default: \${3:/orders}
scopes:
  - \${4:orders-api}
`;
}
