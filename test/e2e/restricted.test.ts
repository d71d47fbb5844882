// A folder that nobody has said to trust: whatever it or its settings name, nothing is connected to. The helper for
// component files needs no trust.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { repairComponent, STOPPING_COMPONENT } from './componentFile.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

let window: TestWindow;
let listener: Server;
let connections = 0;

keepEvidence(() => window);
beforeAll(async () => {
  listener = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
  const bootstrap = [`127.0.0.1:${(listener.address() as AddressInfo).port}`];
  window = await openWindow(
    { 'components/pubsub.yaml': STOPPING_COMPONENT },
    { clusters: [{ profile: { id: 'shop', name: 'shop', bootstrap } }], restricted: true },
  );
});
afterAll(async () => {
  await window?.close();
  listener?.close();
});

it('is restricted', async () => {
  expect(await window.driver.eval((vscode) => vscode.workspace.isTrusted)).toBe(false);
});

it('still repairs a component file', async () => {
  await repairComponent(window);
});

it('connects to nothing, and says why, in the tree and in the form', async () => {
  const { workbench } = window;
  const view = workbench.view('Clusters');
  await workbench.openSideBar('Kafka & Dapr');
  await workbench.row(view, 'shop').click();
  await window.page.keyboard.press('ArrowRight');
  await until('the reason', async () =>
    /not trusted/.test((await workbench.row(view, 'shop').getAttribute('aria-label')) ?? ''),
  );
  await picture(window, 'restricted-tree');
  await window.driver.eval((vscode) => {
    void vscode.commands.executeCommand('kafkaDapr.editCluster', { clusterId: 'shop' });
  });
  const form = await workbench.webview('#save');
  await form.locator('#test').click();
  await form
    .getByText(/not trusted/)
    .first()
    .waitFor();
  await picture(window, 'restricted-form');
  expect(connections).toBe(0);
});
