import { expect, it } from 'vitest';
import { dryRun, dryRunSetup } from './dryRun.ts';
import { planForecast } from './plan.ts';

const binding = (items: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: inbox
spec:
  type: bindings.kafka
  version: v1
  metadata:
  - name: brokers
    value: "k:9092"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "g"
  - name: topics
    value: "orders"
${items}`;

it('an input binding hands over what is no JSON, to the path of its name or its route', async () => {
  const records = ['no json', '{"expiration":"2020-01-01T00:00:00Z"}', ''].map((text, offset) => ({
    partition: 0,
    offset,
    value: new TextEncoder().encode(text),
    headers: [],
  }));
  const tried = (items: string) => {
    const { reader } = planForecast([{ path: 'b.yaml', text: binding(items) }], {}).readers[0]!;
    const environment = { now: Date.now(), daprVersion: '1.18.0', http: true, evaluate: () => undefined };
    return dryRun(records, dryRunSetup(reader, undefined, { ...environment, compileRegex: () => () => false }));
  };
  expect(await tried('')).toMatchObject({ records: 3, delivered: { '/inbox': 3 }, blockades: [] });
  expect((await tried('  - name: route\n    value: "/in"\n')).delivered).toEqual({ '/in': 3 });
});
