// Every page in every kind of theme: axe finds nothing to complain about, and there is a picture to look at.
import type { FrameLocator } from 'playwright-core';
import type { CodeLens } from 'vscode';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { THEMES, violations, wear, type Theme } from './accessibility.ts';
import { STOPPING_COMPONENT } from './componentFile.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { seed, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
let window: TestWindow;
let data: Seeded;

const subscription = (topic: string) => `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: orders
spec:
  pubsubname: shop
  topic: ${topic}
  routes:
    default: /orders
`;
const component = (group: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${bootstrap.split(',')[0] ?? ''}"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "${group}"
`;

keepEvidence(() => window);
beforeAll(async () => {
  data = await seed(bootstrap);
  const profile = { id: 'live', name: 'live', bootstrap: bootstrap.split(',') };
  window = await openWindow(
    {
      'components/stopping.yaml': STOPPING_COMPONENT,
      'components/shop.yaml': component(data.group),
      'components/subscription.yaml': subscription(data.topic),
    },
    { clusters: [{ profile }] },
  );
  // Axe measures only what is not covered: nothing but the page has a place in the window.
  await window.workbench.command('View: Close Primary Side Bar');
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
});

/** Starts a command and does not wait for what it asks. */
const run = (command: string, args: object) =>
  window.driver.eval(
    (vscode, given: { command: string; args: object }) => {
      void vscode.commands.executeCommand(given.command, given.args);
    },
    { command, args },
  );

interface Case {
  name: string;
  open: () => Promise<FrameLocator>;
  /** What of the page is ours; default: all. */
  part?: string;
}

const target = () => ({ clusterId: 'live', topic: data.topic });

const CASES: Case[] = [
  {
    name: 'messages',
    open: async () => {
      const page = await MessagesPage.openByCommand(window, target());
      await page.from('earliest');
      await page.to('end');
      await page.readAll();
      await page.rowsWhen(7);
      await page.frame.locator('record-grid .layer .row').nth(1).dblclick();
      await page.frame.locator('json-tree .node').first().waitFor();
      return page.frame;
    },
  },
  {
    name: 'messages-matched',
    open: async () => {
      const page = await MessagesPage.find(window.workbench);
      await page.frame.locator('#filter').fill('o-');
      await page.frame.locator('#verdict', { hasText: '✓ matches the first row' }).waitFor();
      return page.frame;
    },
  },
  {
    name: 'messages-unjudged',
    open: async () => {
      const page = await MessagesPage.find(window.workbench);
      await page.frame.getByLabel('Filter language').selectOption('cel');
      await page.frame.locator('#filter').fill('value.price > 10');
      await page.frame.locator('#verdict.warning').waitFor();
      return page.frame;
    },
  },
  {
    name: 'messages-tools',
    open: async () => {
      const page = await MessagesPage.find(window.workbench);
      await page.frame.locator('#filter').fill('(');
      await page.frame.getByLabel('Filter language').selectOption('regex');
      await page.frame.locator('#verdict.error').waitFor();
      await page.from('offset', 'x');
      await page.frame.getByRole('tab', { name: 'Headers' }).click();
      await page.frame.locator('page-tools vscode-button', { hasText: 'Columns' }).click();
      await page.frame.locator('page-tools .list').waitFor();
      return page.frame;
    },
  },
  {
    name: 'messages-goto',
    open: async () => {
      const page = await MessagesPage.find(window.workbench);
      await page.frame.locator('page-tools vscode-button', { hasText: 'Columns' }).click();
      await page.frame.getByRole('tab', { name: 'Record' }).click();
      await page.frame.locator('timeline-bar .bars').press('ArrowRight');
      await page.frame.getByRole('grid').press('g');
      await page.frame.locator('goto-box input').fill('nowhere');
      await page.frame.locator('goto-box input').press('Enter');
      await page.frame.locator('goto-box .error').waitFor();
      return page.frame;
    },
  },
  {
    name: 'messages-export',
    open: async () => {
      const page = await MessagesPage.find(window.workbench);
      await page.frame.locator('goto-box input').press('Escape');
      await page.frame.locator('page-tools vscode-button', { hasText: 'Export' }).click();
      await page.frame.locator('page-tools .list').waitFor();
      return page.frame;
    },
  },
  {
    name: 'redrive',
    open: async () => {
      const page = await MessagesPage.find(window.workbench);
      await page.from('earliest');
      await page.frame.locator('page-tools vscode-button', { hasText: 'Redrive' }).click();
      await page.frame.getByText('All that the filter finds in the range…').click();
      const frame = await window.workbench.webview('redrive-page #target');
      await frame.locator('#target').fill(data.topic);
      await frame.locator('#target').press('Tab');
      await frame.locator('.plan, [role=alert]').first().waitFor();
      return frame;
    },
  },
  {
    name: 'produce',
    open: async () => {
      await run('kafkaDapr.produce', target());
      const frame = await window.workbench.webview('produce-page');
      await frame.locator('#add-header').click();
      await frame.locator('.plan .wrong').waitFor();
      return frame;
    },
  },
  {
    name: 'produce-plan',
    open: async () => {
      const frame = await window.workbench.webview('produce-page');
      await frame.getByLabel('Name of header 1').fill('trace');
      await frame.locator('#value').fill('{"id":"o-77"}');
      await frame.locator('.plan li').first().waitFor();
      return frame;
    },
  },
  {
    name: 'connection',
    open: async () => {
      await run('kafkaDapr.editCluster', { clusterId: 'live' });
      const frame = await window.workbench.webview('#save');
      await frame.locator('#field-sasl').click();
      await frame.locator('vscode-option[value="scram-sha-512"]').click();
      await frame.locator('#save').click();
      await frame.getByText('Enter the user name.').waitFor();
      return frame;
    },
  },
  {
    name: 'connection-doctor',
    open: async () => {
      const frame = await window.workbench.webview('#save');
      await frame.locator('#field-username input').fill('alice');
      await frame.locator('#secret-password input').fill('wonderland');
      await frame.locator('#test').click();
      await frame.locator('.verdict.failed').waitFor();
      return frame;
    },
  },
  {
    name: 'group',
    open: async () => {
      await run('kafkaDapr.openGroup', { clusterId: 'live', group: data.group });
      return window.workbench.webview('group-page table.bars');
    },
  },
  {
    name: 'readers',
    open: async () => {
      await run('kafkaDapr.openReaders', target());
      return window.workbench.webview('group-page:not(:has(table.bars)) table');
    },
  },
  {
    name: 'replay',
    open: async () => {
      await run('kafkaDapr.openForecast', { component: 'shop' });
      const frame = await window.workbench.webview('replay-page .summary');
      await frame.locator('vscode-button', { hasText: 'A new group' }).click();
      await frame.locator('.change tr').first().waitFor();
      await frame.locator('#wish').click();
      await frame.locator('vscode-option', { hasText: 'receive everything that Kafka still keeps' }).click();
      await frame.locator('.way').first().waitFor();
      return frame;
    },
  },
  {
    name: 'handler',
    // Around it, and behind it, is VS Code's own preview of Markdown.
    part: '.markdown-body table',
    open: async () => {
      await window.driver.eval(async (vscode) => {
        const [file] = await vscode.workspace.findFiles('components/subscription.yaml');
        if (!file) throw new Error('there is no subscription');
        await vscode.window.showTextDocument(file);
        const lenses = await vscode.commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', file, 100);
        const command = lenses.find((lens) => lens.command?.title.startsWith('If the handler fails'))?.command;
        if (!command) throw new Error(`no lens of the handler: ${JSON.stringify(lenses)}`);
        await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
      });
      return window.workbench.webview('h1:has-text("If the handler of")');
    },
  },
];

describe.each(CASES)('the page $name', ({ name, open, part }) => {
  let frame: FrameLocator;

  it('opens', async () => {
    frame = await open();
  });

  it.each(Object.keys(THEMES) as Theme[])('has no violation in the theme %s', async (theme) => {
    await wear(window, theme, frame);
    await picture(window, `axe-${name}-${theme.replaceAll(' ', '-').toLowerCase()}`);
    expect(await violations(frame, part)).toEqual([]);
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
