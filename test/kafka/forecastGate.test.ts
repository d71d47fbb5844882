// The command as a gate before a rollout.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { runCli } from '../support/cli/runCli.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { bootstrap } = inject('kafka');
const { tool } = await openCluster();

const SHOP = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: ${bootstrap}
  - name: authType
    value: none
  - name: consumerGroup
    value: fg-new
  - name: initialOffset
    value: oldest
scopes:
- app
`;

it('lets through what comes twice from the group before, and says so', async () => {
  await tool.create('fg-twice', 1);
  await tool.produce(
    'fg-twice',
    Array.from({ length: 6 }, (_, i) => ({ partition: 0, value: `{"n":${i}}` })),
  );
  await tool.commit('fg-old', 'fg-twice', { 0: 4 });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-gate-'));
  try {
    await writeFile(path.join(folder, 'shop.yaml'), SHOP);
    const gate = ['--topic', 'fg-twice', '--was', 'fg-old', '--fail-on', 'replayed'];
    const run = await runCli(['forecast', 'shop.yaml', '--bootstrap', bootstrap, ...gate], { cwd: folder });
    expect(run.stderr.trimEnd()).toBe(
      'shop (app), topic fg-twice: 4 that the group before handled come again. --fail-on replayed does not count them.',
    );
    expect(run.code).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
