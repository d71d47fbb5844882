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

it('an input binding gives a record up whose header HTTP refuses, unless it is told to try again', async () => {
  const record = { partition: 0, offset: 0, value: new TextEncoder().encode('{}') };
  const refused = [{ ...record, headers: [['x-bad', new TextEncoder().encode('a\nb')] as const] }];
  const tried = (items: string) => {
    const { reader } = planForecast([{ path: 'b.yaml', text: binding(items) }], {}).readers[0]!;
    const environment = { now: Date.now(), daprVersion: '1.18.0', http: true, evaluate: () => undefined };
    return dryRun(refused, dryRunSetup(reader, undefined, { ...environment, compileRegex: () => () => false }));
  };
  expect(await tried('')).toMatchObject({
    again: [{ partition: 0, offset: 0, count: 1, reason: 'header-refused' }],
    blockades: [],
  });
  expect(await tried('  - name: consumeRetryEnabled\n    value: "true"\n')).toMatchObject({
    again: [],
    blockades: [{ offset: 0, reason: 'a header value that HTTP refuses' }],
  });
  expect((await tried('  - name: escapeHeaders\n    value: "true"\n')).delivered).toEqual({ '/inbox': 1 });
});
