// What no file tells: the app that reads, and what it subscribes in code. A person says it, or a sidecar is asked.
import { mkdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { STOPPING_COMPONENT } from './componentFile.ts';
import { keepEvidence } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

let window: TestWindow;
let sidecar: http.Server;

/** The answer of daprd's metadata endpoint for an app that subscribes one topic in code and one by a file. */
const METADATA = {
  id: 'orders-api',
  runtimeVersion: '1.18.0',
  subscriptions: [
    { pubsubname: 'pubsub', topic: 'orders', rules: [{ match: '', path: '/orders' }], type: 'PROGRAMMATIC' },
    { pubsubname: 'pubsub', topic: 'filed', rules: [{ match: '', path: '/f' }], type: 'DECLARATIVE' },
  ],
};

keepEvidence(() => window);
beforeAll(async () => {
  sidecar = http.createServer((request, response) => {
    const asked = request.url === '/v1.0/metadata';
    response.writeHead(asked ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(METADATA));
  });
  await new Promise<void>((resolve) => sidecar.listen(0, 'localhost', resolve));
  window = await openWindow({ 'components/pubsub.yaml': STOPPING_COMPONENT.replace('earliest', 'oldest') });
});
afterAll(async () => {
  sidecar?.close();
  await window?.close();
});

const remembered = () =>
  readFile(path.join(window.folder, 'kafka-dapr.config.yaml'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

it('asks once which app reads, and names its group from then on', async () => {
  const { workbench, page } = window;
  await workbench.openFile('pubsub.yaml');
  await page.locator('.codelens-decoration a', { hasText: 'Which app reads here?' }).click();
  await workbench.answer('App id', 'orders-api');
  await page.locator('.codelens-decoration a', { hasText: 'group orders-api (app id)' }).waitFor();
  expect(await remembered()).toBe('apps:\n  - appID: orders-api\n');
});

it('reads from a running sidecar what its app subscribes in code, and tells where that is from', async () => {
  const { workbench, page } = window;
  const { port } = sidecar.address() as AddressInfo;
  await workbench.command('Read the Subscriptions of a Running Sidecar');
  await workbench.answer('HTTP port of daprd', String(port));
  await until('the subscription', async () => /topic: orders/.test(await remembered()));
  expect(await remembered()).toMatch(
    new RegExp(
      `^apps:\\n  - appID: orders-api\\n    subscriptions:\\n      - \\{ pubsubname: pubsub, topic: orders, route: /orders, from: "sidecar localhost:${port}, \\d{4}-\\d\\d-\\d\\d" \\}\\n$`,
    ),
  );
  await workbench.openSideBar('Kafka & Dapr');
  const row = page.getByRole('treeitem', { name: /orders → orders-api/ });
  await row.waitFor();
  expect(await row.innerText()).toContain('in code');
  await mkdir(path.resolve('out/e2e'), { recursive: true });
  await page.screenshot({ path: path.resolve('out/e2e/told.png') });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});

it('says what to do when no sidecar answers', async () => {
  const { workbench, page } = window;
  const { port } = sidecar.address() as AddressInfo;
  await new Promise((resolve) => sidecar.close(resolve));
  await workbench.command('Read the Subscriptions of a Running Sidecar');
  await workbench.answer('HTTP port of daprd', String(port));
  await page
    .getByText(/Start the app with its sidecar, or declare the subscription by hand/)
    .first()
    .waitFor();
});
