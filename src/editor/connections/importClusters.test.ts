import { beforeEach, expect, test, vi } from 'vitest';
import * as engine from '../../core/kafka/engine.late.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { ClusterStore } from './clusterStore.ts';
import { importClusters } from './importClusters.late.ts';
import type { SecretStore } from './secretStore.ts';

/** Path -> text, or why the editor does not get it. */
const files = vi.hoisted(() => new Map<string, string | Error>());
const warnings = vi.hoisted(() => [] as string[]);
const source = vi.hoisted(() => ({ label: '' }));
vi.mock('vscode', () => ({
  window: {
    showQuickPick: (items: { label: string }[], { canPickMany = false }: { canPickMany?: boolean }) =>
      Promise.resolve(canPickMany ? items : items.find(({ label }) => label === source.label)),
    showWarningMessage: (text: string) => Promise.resolve(void warnings.push(text)),
  },
  workspace: {
    findFiles: () => Promise.resolve([...files.keys()].map((path) => ({ path: `/work/${path}` }))),
    asRelativePath: ({ path }: { path: string }) => path.slice('/work/'.length),
    fs: {
      readFile: ({ path }: { path: string }) => {
        const found = files.get(path.slice('/work/'.length));
        return typeof found === 'string' ? Promise.resolve(new TextEncoder().encode(found)) : Promise.reject(found!);
      },
    },
  },
}));

beforeEach(() => {
  files.clear();
  warnings.length = 0;
});

const component = (name: string, brokers: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - { name: brokers, value: '${brokers}' }
    - { name: authType, value: none }
`;

/** Name and brokers of each cluster that is saved when everything is ticked that the source offers. */
async function imported(label: string): Promise<string[]> {
  source.label = label;
  const saved: string[] = [];
  const save = ({ name, bootstrap }: ClusterProfile) =>
    Promise.resolve(void saved.push(`${name} ${bootstrap.join(',')}`));
  await importClusters({
    store: { save } as unknown as ClusterStore,
    secrets: {} as SecretStore,
    loadEngine: () => Promise.resolve(engine),
  });
  return saved;
}

test('a file that cannot be read is named with the reason, and the others are taken', async () => {
  files.set('a/pubsub.yaml', component('orders', 'one:9092'));
  files.set('b/pubsub.yaml', Object.assign(new Error('EACCES: permission denied, open'), { code: 'NoPermissions' }));
  files.set('c/pubsub.yaml', Object.assign(new Error('ENOENT'), { code: 'FileNotFound' }));
  files.set('d/pubsub.yaml', new Error('EIO: i/o error, read.'));
  files.set('e/pubsub.yaml', component('payments', 'two:9092'));
  expect(await imported('Dapr component files of this workspace')).toEqual(['orders one:9092', 'payments two:9092']);
  expect(warnings.join()).toBe(
    [
      'The file b/pubsub.yaml cannot be read: your user account has no right to read it.',
      'The file c/pubsub.yaml cannot be read: it is not there any more, or is a link to a file that is gone.',
      'The file d/pubsub.yaml cannot be read: EIO: i/o error, read.',
    ].join(' '),
  );
});

test('a broken document hides no other of its file, and one that is not about Kafka is nobody’s problem', async () => {
  files.set(
    'all.yaml',
    [
      component('orders', 'one:9092'),
      'kind: {{ .Values.kind }}\n',
      component('broken', 'two:9092').replace('spec:', 'spec: ]'),
      component('payments', 'three:9092'),
    ].join('---\n'),
  );
  expect(await imported('Dapr component files of this workspace')).toEqual(['orders one:9092', 'payments three:9092']);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^The file all\.yaml cannot be read: .*\(18:7\)\.$/);
});

test('one compose file that is not YAML hides no other', async () => {
  files.set('broken/compose.yaml', 'services: [');
  files.set(
    'compose.yaml',
    `services:
  events:
    image: apache/kafka:4.1.0
    ports: ['9092:9092']
`,
  );
  expect(await imported('Docker Compose files of this workspace')).toEqual(['events localhost:9092']);
  expect(warnings[0]).toMatch(/^The file broken\/compose\.yaml cannot be read: /);
});
