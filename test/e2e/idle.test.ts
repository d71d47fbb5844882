// A cluster in which nothing happens: what is asked of it, and what of the tree is drawn again, while somebody looks on.
import { once } from 'node:events';
import net from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence } from './evidence.ts';
import { seed, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
const broker = bootstrap.split(',')[0] ?? '';
/** Numbers of Kafka's requests, each as often as it was sent. */
const asked: number[] = [];
let proxy: net.Server;
/** Nothing gets through, and who tries is sent away. */
let cut = false;
const sockets = new Set<net.Socket>();
let window: TestWindow;
let data: Seeded;

/** Forwards to the broker and notes the kind of each request. */
async function startProxy(): Promise<string> {
  const [host = '', port] = broker.split(':');
  proxy = net.createServer((client) => {
    if (cut) return void client.destroy();
    sockets.add(client.on('close', () => sockets.delete(client)));
    const upstream = net.connect(Number(port), host);
    let rest = Buffer.alloc(0);
    client.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= 6 && rest.length >= 4 + rest.readInt32BE(0)) {
        asked.push(rest.readInt16BE(4));
        rest = rest.subarray(4 + rest.readInt32BE(0));
      }
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    client.on('close', () => upstream.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return `127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
}

const FETCH = 1;
const LIST_OFFSETS = 2;
const DESCRIBE_GROUPS = 15;
const DESCRIBE_CONFIGS = 32;
const DESCRIBE_CLUSTER_QUORUM = 55;

/** Waits until this was asked some more times. */
async function rounds(request: number): Promise<void> {
  asked.length = 0;
  await until(`rounds of request ${request}`, () => asked.filter((key) => key === request).length >= 4);
}

/** Changes of the trees' rows from now on; texts and attributes too. */
const watchRows = () =>
  window.page.evaluate(() => {
    const changes: string[] = [];
    const watcher = new MutationObserver((seen) => changes.push(...seen.map(({ type }) => type)));
    for (const tree of document.querySelectorAll('.customview-tree .monaco-list-rows'))
      watcher.observe(tree, { subtree: true, childList: true, attributes: true, characterData: true });
    Object.assign(globalThis, { rowChanges: changes });
  });
const rowChanges = () => window.page.evaluate(() => (globalThis as unknown as { rowChanges: string[] }).rowChanges);

keepEvidence(() => window);
beforeAll(async () => {
  data = await seed(bootstrap);
  const address = await startProxy();
  const profile = { id: 'idle', name: 'idle shop', bootstrap: [address], addressMap: { [broker]: address } };
  const component = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: idle-pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${broker}"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "new-${data.id}"
`;
  const subscription = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: idle
spec:
  pubsubname: idle-pubsub
  topic: ${data.topic}
  routes:
    default: /idle
`;
  window = await openWindow(
    { 'components/idle.yaml': component, 'components/orders.yaml': subscription },
    { clusters: [{ profile }], settings: { 'kafkaDapr.explorer.refreshSeconds': 1 } },
  );
});
afterAll(async () => {
  await window?.close();
  await data?.close();
  proxy?.close();
});

it('nothing of the trees is drawn again, and no record or setting is read again, while nothing happens', async () => {
  const { workbench } = window;
  await workbench.openFile('idle.yaml');
  await workbench.openSideBar('Kafka & Dapr');
  const view = workbench.view('Clusters');
  await workbench.filter(data.id);
  await workbench.expand(view, 'idle shop');
  await workbench.expand(view, 'Topics');
  await workbench.expand(view, 'Brokers');
  await until('the size of the topic', async () =>
    / B$/.test((await workbench.row(view, data.topic).getAttribute('aria-label')) ?? ''),
  );
  // What was on its way when the folders were opened.
  await rounds(DESCRIBE_CLUSTER_QUORUM);
  await watchRows();
  await rounds(DESCRIBE_CLUSTER_QUORUM);
  expect(await rowChanges()).toEqual([]);
  expect(asked.filter((key) => key === FETCH || key === DESCRIBE_CONFIGS)).toEqual([]);
});

it('what was open below a cluster is followed again when the cluster was closed and is opened', async () => {
  const { workbench, page } = window;
  const view = workbench.view('Clusters');
  await workbench.row(view, 'idle shop').click();
  await page.keyboard.press('ArrowLeft');
  await until('the closed cluster', async () => (await view.getByRole('treeitem').count()) === 1);
  // Of what is hidden nothing is asked; the file's own figures are.
  asked.length = 0;
  await until('the closed cluster to be left alone', () => {
    if (asked.includes(DESCRIBE_GROUPS)) asked.length = 0;
    return asked.filter((key) => key === LIST_OFFSETS).length >= 4;
  });
  await workbench.expand(view, 'idle shop');
  await workbench.row(view, data.topic).waitFor();
  await rounds(DESCRIBE_GROUPS);
  const shown = () => workbench.row(view, data.topic).getAttribute('aria-label');
  expect(await shown()).toContain('7 messages');
  const producer = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic: data.topic, messages: [{ value: '{}' }] });
  await producer.disconnect();
  await until('the eighth message', async () => (await shown())?.includes('8 messages'));
});

it('what "Collapse All" has hidden is asked about no more, nor when its cluster alone is opened again', async () => {
  const { workbench, page } = window;
  const view = workbench.view('Clusters');
  const leftAlone = () =>
    until('the closed list to be left alone', () => {
      if (asked.includes(DESCRIBE_GROUPS)) asked.length = 0;
      return asked.filter((key) => key === LIST_OFFSETS).length >= 4;
    });
  await view.locator('.pane-header').hover();
  await view.getByRole('button', { name: 'Collapse All' }).click();
  await until('the closed list', async () => (await view.getByRole('treeitem').count()) === 1);
  await leftAlone();
  await workbench.expand(view, 'idle shop');
  await workbench.row(view, 'Topics').waitFor();
  asked.length = 0;
  await leftAlone();
  await workbench.expand(view, 'Topics');
  await rounds(DESCRIBE_GROUPS);
  // By the key, too.
  await workbench.row(view, 'Topics').click();
  await page.keyboard.press('ControlOrMeta+ArrowLeft');
  await until('the closed list', async () => (await view.getByRole('treeitem').count()) === 1);
  await leftAlone();
});

it('a forecast that could not look takes that back as soon as it can, though nothing has moved', async () => {
  await window.driver.eval((vscode) =>
    vscode.commands.executeCommand('kafkaDapr.openForecast', { component: 'idle-pubsub', clusterId: 'idle' }),
  );
  const page = await window.workbench.webview('replay-page .summary');
  const problem = page.locator('main > .problem');
  expect(await problem.count()).toBe(0);
  const figures = await page.locator('.summary').innerText();
  cut = true;
  for (const socket of sockets) socket.destroy();
  await problem.waitFor();
  cut = false;
  await problem.waitFor({ state: 'detached', timeout: 60_000 });
  expect(await page.locator('.summary').innerText()).toBe(figures);
});
