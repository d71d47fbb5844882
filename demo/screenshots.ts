// Pictures of the product as it is, taken in a real window.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { launchHost, type Host, type HostOptions } from '../test/support/vscode/launchHost.ts';
import { until } from '../test/support/vscode/until.ts';
import { Workbench } from '../test/support/vscode/workbench.ts';

export interface ScreenshotOptions extends HostOptions {
  /** The folder that the pictures go to. */
  into: string;
  say: (text: string) => void;
}

export async function takeScreenshots({ into, say, ...options }: ScreenshotOptions): Promise<void> {
  await mkdir(into, { recursive: true });
  const host = await launchHost({ ...options, say });
  try {
    const workbench = new Workbench(host.page);
    for (const [name, show] of Object.entries(PICTURES)) {
      let file = path.join(into, `${name}.png`);
      try {
        await show(workbench, host);
      } catch (error) {
        file = path.join(into, `${name}-failed.png`);
        throw new Error(`No picture of "${name}" (what there was instead: ${file}).`, { cause: error });
      } finally {
        await host.page.screenshot({ path: file });
        say(file);
      }
    }
  } finally {
    await host.close();
  }
}

const PICTURES: Record<string, (workbench: Workbench, host: Host) => Promise<void>> = {
  async tree(workbench) {
    await workbench.openSideBar('Kafka & Dapr');
    const clusters = workbench.view('Clusters');
    await workbench.expand(clusters, 'demo');
    await workbench.expand(clusters, 'Consumer groups');
    await workbench.expand(clusters, 'Topics');
    await workbench.expand(clusters, 'favourite · orders');
    await until('the counts of orders', async () =>
      (await workbench.row(clusters, 'favourite · orders').getAttribute('aria-label'))?.includes('messages'),
    );
  },

  async messages(workbench, { driver }) {
    await driver.eval(async (vscode) => {
      await vscode.commands.executeCommand('kafkaDapr.tailMessages', { clusterId: 'demo', topic: 'orders' });
    });
    const frame = await workbench.webview('messages-page');
    await frame.getByLabel('From').first().selectOption('earliest');
    await frame.locator('vscode-button[aria-label="Start reading"]').click();
    await frame.locator('record-grid .layer .row .cell.value', { hasText: /\S/ }).first().waitFor();
    await frame.getByRole('button', { name: 'Group billing stands here' }).first().waitFor();
  },

  async group(workbench, { driver }) {
    await driver.eval(async (vscode) => {
      await vscode.commands.executeCommand('kafkaDapr.openGroup', { clusterId: 'demo', group: 'billing' });
    });
    await (await workbench.webview('group-page')).getByText('P2').first().waitFor();
  },

  async replay(workbench, { driver }) {
    await driver.eval(async (vscode) => {
      const target = { component: 'kafka-pubsub', app: 'orders-api', clusterId: 'demo' };
      await vscode.commands.executeCommand('kafkaDapr.openForecast', target);
    });
    // The last that comes: times and how long the app may be away.
    await (await workbench.webview('replay-page')).getByText('The app may').first().waitFor();
  },

  async 'component-file'(workbench, { page }) {
    await workbench.openFile('kafka-earliest.yaml');
    await page.locator('.squiggly-error').first().waitFor();
    await page.locator('.codelens-decoration', { hasText: 'group archive' }).waitFor();
  },

  async 'live-file'(workbench, { page }) {
    await workbench.openFile('kafka.yaml');
    await page.locator('.codelens-decoration', { hasText: 'will never be received' }).waitFor();
  },
};
