import { describe, expect, it } from 'vitest';
import { Workspace } from '../workspace.ts';
import { handlerSetup } from './handlerSetup.ts';

const component = (items: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: kpub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: b:9092
${items}`;
const SUBSCRIPTION = `apiVersion: dapr.io/v2alpha1
kind: Subscription
spec:
  pubsubname: kpub
  topic: orders
  routes: { default: /orders }
`;
const RESILIENCY = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: r }
spec:
  policies:
    timeouts: { slow: 2s }
    retries:
      few: { policy: constant, duration: 100ms, maxRetries: 2 }
      always: { policy: constant }
  targets:
    components:
      kpub: { inbound: { retry: few, timeout: slow } }
`;

function setupOf(items: string, more: Record<string, string> = {}, subscription = SUBSCRIPTION) {
  const workspace = new Workspace();
  workspace.set('c.yaml', component(items));
  workspace.set('s.yaml', subscription);
  for (const [path, text] of Object.entries(more)) workspace.set(path, text);
  return handlerSetup(workspace.subscriptions[0]!, workspace.components[0]!, workspace, '1.18.0').setup;
}
const item = (name: string, value: string) => `  - name: ${name}\n    value: "${value}"\n`;

describe('handlerSetup', () => {
  it('has the defaults of the component', () => {
    expect(setupOf('')).toEqual({
      deadLetterTopic: false,
      retryEnabled: true,
      maxRetries: null,
      maxElapsedMs: null,
      backOffMs: 5000,
      resiliency: null,
      timeoutMs: null,
      daprVersion: '1.18.0',
    });
  });

  it('reads the settings of retries, each by its own rule of letter case', () => {
    expect(
      setupOf(item('ConsumeRetryEnabled', 'no') + item('backOffMaxRetries', '3') + item('backOffDuration', '500')),
    ).toMatchObject({ retryEnabled: false, maxRetries: 3, backOffMs: 500 });
    expect(setupOf(item('backoffMaxRetries', '3'))).toMatchObject({ maxRetries: null });
    expect(setupOf(item('backOffPolicy', 'exponential'))).toMatchObject({ maxElapsedMs: 900_000, backOffMs: 60_000 });
  });

  it('reads the dead letter topic and the Resiliency that targets the component', () => {
    const dead = SUBSCRIPTION.replace('  routes', '  deadLetterTopic: orders-dead\n  routes');
    expect(setupOf('', { 'r.yaml': RESILIENCY }, dead)).toMatchObject({
      deadLetterTopic: true,
      resiliency: { maxRetries: 2, durationMs: 100 },
      timeoutMs: 2000,
    });
    expect(setupOf('', { 'r.yaml': RESILIENCY.replace('retry: few', 'retry: always') })).toMatchObject({
      resiliency: { maxRetries: null, durationMs: 5000 },
    });
  });

  it('takes the default policies of daprd for a component without a target, the nearest first', () => {
    const defaults = (names: string[], component = 'other') =>
      RESILIENCY.replace('kpub:', `${component}:`).replace(
        '      few:',
        names
          .map((name, i) => `      ${name}: { policy: constant, duration: ${i + 1}s, maxRetries: ${i} }\n`)
          .join('') + '      few:',
      );
    const policy = (names: string[], component?: string) =>
      setupOf('', { 'r.yaml': defaults(names, component) }).resiliency;
    expect(policy(['DefaultRetryPolicy'])).toEqual({ maxRetries: 0, durationMs: 1000 });
    expect(policy(['DefaultRetryPolicy', 'DefaultPubsubComponentInboundRetryPolicy'])).toMatchObject({ maxRetries: 1 });
    expect(policy(['DefaultComponentRetryPolicy', 'DefaultComponentInboundRetryPolicy'])).toMatchObject({
      maxRetries: 1,
    });
    expect(policy(['DefaultComponentOutboundRetryPolicy', 'DefaultAppRetryPolicy'])).toBeNull();
    expect(policy(['DefaultRetryPolicy'], 'kpub')).toEqual({ maxRetries: 2, durationMs: 100 });
    const outbound = defaults(['DefaultRetryPolicy'], 'kpub').replace('inbound:', 'outbound:');
    expect(setupOf('', { 'r.yaml': outbound })).toMatchObject({ resiliency: null });
  });

  it('leaves a Resiliency alone that is not the first document of its file, or targets another component', () => {
    expect(setupOf('', { 'r.yaml': `a: 1\n---\n${RESILIENCY}` })).toMatchObject({ resiliency: null });
    expect(setupOf('', { 'r.yaml': RESILIENCY.replace('kpub:', 'other:') })).toMatchObject({ resiliency: null });
  });
});
