// What pages show when a cluster does not answer, forbids something or is away: each with its reason and the next step,
// and everything is there again once the cluster is.
import { randomUUID } from 'node:crypto';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { startSilentProxy, type SilentProxy } from '../support/silentProxy.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const id = randomUUID().slice(0, 8);
const topic = `states-${id}`;
/** The user `limited` may not see topics named so. */
const forbidden = `forbidden-${id}`;
const [group, secret] = [`readers-${id}`, `secret-${id}`];
const NO_TOPIC = `You lack the right Describe on topic ${forbidden}. Ask for an ACL that allows it.`;
const NO_GROUP = `You lack the right Describe on group ${secret}. Ask for an ACL that allows it.`;

let kafka: KafkaLab;
let tool: KafkaTool;
let silent: SilentProxy;
let window: TestWindow;

const component = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: shop
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: localhost:9092
  - name: authType
    value: none
  - name: consumerGroup
    value: ${group}
scopes: [walker]
`;
const subscription = (name: string) => `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: ${name}
spec:
  pubsubname: shop
  topic: ${name}
  routes:
    default: /${name}
`;

keepEvidence(() => window);
beforeAll(async () => {
  kafka = await startKafka({ version: inject('kafka').version, listeners: ['sasl'] });
  tool = openTool(kafka);
  for (const name of [topic, forbidden]) {
    await tool.create(name, 1);
    await tool.produce(
      name,
      ['a', 'b', 'c'].map((value) => ({ partition: 0, key: value, value })),
    );
  }
  await tool.commit(group, topic, { 0: 1 });
  await tool.commit(secret, topic, { 0: 2 });
  await tool.run('forbid', 'limited', 'group', secret, 'describe');
  silent = await startSilentProxy(kafka.bootstrap);
  const login = { mechanism: 'plain', username: 'limited' } as const;
  window = await openWindow(
    {
      'components/shop.yaml': component,
      // Longer than what is read of a file nobody has open.
      'data/huge.yaml': `# ${'x'.repeat(1022)}\n`.repeat(10 * 1024 + 1),
      'components/subs.yaml': `${subscription(topic)}---\n${subscription(forbidden)}`,
    },
    {
      clusters: [
        { profile: { id: 'shop', name: 'shop', bootstrap: [kafka.bootstrap] } },
        { profile: { id: 'limited', name: 'limited', bootstrap: [kafka.sasl!], sasl: login } },
        {
          profile: {
            id: 'silent',
            name: 'silent',
            bootstrap: [silent.address],
            addressMap: { [kafka.bootstrap]: silent.address },
            // Only the person ends the wait.
            connectTimeoutMs: 600_000,
          },
        },
      ],
      settings: { 'kafkaDapr.explorer.refreshSeconds': 1 },
    },
  );
  await window.workbench.openSideBar('Kafka & Dapr');
});
afterAll(async () => {
  await window?.close();
  await silent?.stop();
  await tool?.close();
  await kafka?.stop();
});

const clusters = () => window.workbench.view('Clusters');
const labelOf = (row: string) => window.workbench.row(clusters(), row).getAttribute('aria-label');
const closeAll = () => window.workbench.command('View: Close All Editors');
/** Starts a command and does not wait for what it asks. */
const run = (command: string, args: object) =>
  window.driver.eval(
    (vscode, given: { command: string; args: object }) => {
      void vscode.commands.executeCommand(`kafkaDapr.${given.command}`, given.args);
    },
    { command, args },
  );
const alertOf = async (frame: FrameLocator, text: string) =>
  frame.getByRole('alert').filter({ hasText: text }).waitFor();

describe('a broker that takes connections and says nothing', () => {
  it('is waited for until the person has enough of it', async () => {
    await run('editCluster', { clusterId: 'silent' });
    const form = await window.workbench.webview('#save');
    await form.locator('#test').click();
    await form.locator('.step', { hasText: 'TCP' }).waitFor();
    await picture(window, 'states-connection-testing');
    await form.getByText('Cancel test').click();
    await form.locator('.verdict.cancelled').waitFor();
    await picture(window, 'states-connection-cancelled');
    expect(await form.locator('.verdict').innerText()).toBe('Cancelled.');
  });

  it('is waited for in the tree, too, and left at once', async () => {
    const { workbench } = window;
    await closeAll();
    await workbench.expand(clusters(), 'silent');
    const waiting = workbench.row(clusters(), `Waiting for ${silent.address}`);
    await waiting.waitFor();
    await until('the state', async () => (await labelOf('silent'))?.includes('connecting…'));
    await picture(window, 'states-tree-connecting');
    await workbench.press(waiting, /Disconnect/, workbench.row(clusters(), 'Connect again'));
    expect(await labelOf('silent')).toBe('silent · disconnected');
    await picture(window, 'states-tree-disconnected');
  });

  it('is there once it speaks', async () => {
    silent.speak();
    await window.workbench.row(clusters(), 'Connect again').click();
    await until('the connection', async () => (await labelOf('silent'))?.includes('1 broker'));
    await closeAll();
  });
});

describe('a login that may not see one topic and one group', () => {
  beforeAll(async () => {
    await run('editCluster', { clusterId: 'limited' });
    const form = await window.workbench.webview('#save');
    await form.locator('#secret-password input').fill('limited-secret');
    await form.locator('#save').click();
    await window.workbench.expand(clusters(), 'limited');
    await until('the login', async () => (await labelOf('limited'))?.includes('SASL'));
    await closeAll();
  });

  it('is told so on the messages page', async () => {
    await run('tailMessages', { clusterId: 'limited', topic: forbidden });
    const page = await window.workbench.webview('messages-page');
    await alertOf(page, NO_TOPIC);
    await page.getByText('Try again').waitFor();
    await picture(window, 'states-messages-forbidden');
    await closeAll();
  });

  it('is told so on the page of the group and of who reads the topic', async () => {
    await run('openGroup', { clusterId: 'limited', group: secret });
    const page = await window.workbench.webview('group-page');
    await page.getByText(NO_GROUP).first().waitFor();
    expect(await page.locator('table.bars').count()).toBe(0);
    await picture(window, 'states-group-forbidden');
    await closeAll();
    await run('openReaders', { clusterId: 'limited', topic: forbidden });
    const readers = await window.workbench.webview('group-page');
    await alertOf(readers, NO_TOPIC);
    expect(await readers.getByText('Nobody reads').count()).toBe(0);
    await picture(window, 'states-readers-forbidden');
    await closeAll();
  });

  it('is told so on the produce page, with a way to try again', async () => {
    await run('produce', { clusterId: 'limited', topic: forbidden });
    const page = await window.workbench.webview('produce-page');
    await alertOf(page, NO_TOPIC);
    await page.getByText('Try again').waitFor();
    await picture(window, 'states-produce-forbidden');
    await closeAll();
  });

  it('is told so in the forecast, beside the figures of the other topic', async () => {
    await run('openForecast', { component: 'shop', app: 'walker', clusterId: 'limited' });
    const page = await window.workbench.webview('replay-page .summary');
    await page.getByText(NO_TOPIC, { exact: true }).waitFor();
    await page.getByText('Committed 1: resumes there, 2 will be delivered').waitFor();
    await page.getByText('data/huge.yaml is larger than 10 MiB and is not read.').waitFor();
    await picture(window, 'states-replay-forbidden');
    await closeAll();
  });
});

describe('what is not there', () => {
  it('is said by the page of a group, of readers, and of producing', async () => {
    await run('openGroup', { clusterId: 'shop', group: 'never-seen' });
    const page = await window.workbench.webview('group-page');
    await alertOf(page, 'Group never-seen does not exist, or you lack the right Describe on it.');
    await page.getByText('A group exists from its first member or commit').waitFor();
    await picture(window, 'states-group-missing');
    await closeAll();
    await run('openReaders', { clusterId: 'shop', topic: forbidden });
    const readers = await window.workbench.webview('group-page');
    await readers.getByText(`Nobody reads ${forbidden}`).waitFor();
    await picture(window, 'states-readers-nobody');
    await closeAll();
    await run('produce', { clusterId: 'shop', topic: 'never-made' });
    await alertOf(await window.workbench.webview('produce-page'), 'Topic never-made does not exist.');
    await picture(window, 'states-produce-missing');
    await closeAll();
  });

  it('is said by the messages page', async () => {
    await run('tailMessages', { clusterId: 'shop', topic: 'never-made' });
    await alertOf(await window.workbench.webview('messages-page'), 'Topic never-made does not exist.');
    await picture(window, 'states-messages-missing');
    await closeAll();
  });
});

describe('a broker that goes away and comes back', () => {
  let messages: MessagesPage;

  it('leaves what was read, and says what it is trying', async () => {
    messages = await MessagesPage.openByCommand(window, { clusterId: 'shop', topic });
    await messages.from('earliest');
    await messages.to('follow');
    await messages.button('Start reading').click();
    await messages.rowsWhen(3);
    await messages.status('following');
    await tool.close();
    await kafka.stopNode(1);
    await messages.frame.locator('.connection', { hasText: 'reconnecting' }).waitFor();
    await picture(window, 'states-messages-reconnecting');
    expect((await messages.rows()).map((row) => row['value'])).toEqual(['a', 'b', 'c']);
  });

  it('is an error with its reason in the tree, on the page of a group, in the forecast and on the produce page', async () => {
    await run('openGroup', { clusterId: 'shop', group });
    const page = await window.workbench.webview('group-page');
    await alertOf(page, kafka.bootstrap);
    await page.getByText('as of', { exact: false }).waitFor();
    await picture(window, 'states-group-away');
    await run('openForecast', { component: 'shop', app: 'walker', clusterId: 'shop' });
    const forecast = await window.workbench.webview('replay-page [role=alert]');
    expect(await forecast.getByRole('alert').first().innerText()).toContain(kafka.bootstrap);
    // The row is closed: nobody asks for it, and it knows from the pages.
    await until('the row to tell', async () => (await labelOf('shop'))?.includes('no answer since'));
    expect(await labelOf('shop')).toContain(kafka.bootstrap);
    await picture(window, 'states-replay-away');
    await run('produce', { clusterId: 'shop', topic });
    const produce = await window.workbench.webview('produce-page [role=alert]');
    expect(await produce.getByRole('alert').first().innerText()).toContain(kafka.bootstrap);
    await picture(window, 'states-produce-away');
  });

  it('is read on when it is back, and each page tries again', async () => {
    await kafka.startNode(1);
    const produce = await window.workbench.webview('produce-page [role=alert]');
    await produce.getByText('Try again').click();
    await produce.locator('#value').waitFor();
    await until('the row to tell', async () => (await labelOf('shop'))?.includes('1 broker'));
    expect(await labelOf('shop')).not.toContain('no answer');
    await window.workbench.tab(topic);
    await messages.status('following');
    await until('no more reconnecting', async () => (await messages.frame.locator('.connection').count()) === 0);
    tool = openTool(kafka);
    await tool.produce(topic, [{ partition: 0, key: 'd', value: 'd' }]);
    await messages.rowsWhen(4);
    await picture(window, 'states-messages-back');
  });
});
