// A person who changes a cluster: what each dialog asks, the preview of exactly what will happen, the result, and who
// is stopped before anything happens.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { topicSettings } from '../../src/core/kafka/topics/settings.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';

const { bootstrap } = inject('kafka');
const ID = `alter-${Date.now().toString(36)}`;
const CREATED = `${ID}-created`;

let window: TestWindow;
let tool: KafkaTool;
let client: ClusterClient;

keepEvidence(() => window);
beforeAll(async () => {
  tool = openTool(inject('kafka'));
  const profile = { id: 'check', name: 'check', bootstrap: bootstrap.split(',') };
  client = createClusterClient(await connectCluster(profile, {}));
  for (const name of ['one', 'two', 'three']) {
    await tool.create(`${ID}-${name}`, 2);
    await tool.produce(
      `${ID}-${name}`,
      Array.from({ length: 10 }, (_, i) => ({ partition: i % 2, value: `v${i}` })),
    );
  }
  const cluster = (id: string, mode: 'normal' | 'production' | 'read-only') => ({
    profile: { id, name: id, bootstrap: bootstrap.split(','), mode },
  });
  const clusters = [cluster('lab', 'normal'), cluster('live', 'production'), cluster('locked', 'read-only')];
  window = await openWindow({ 'readme.txt': '' }, { clusters });
  const { workbench } = window;
  await workbench.openSideBar('Kafka & Dapr');
  await workbench.command('Filter Topics and Groups');
  await workbench.answer('Filter topics and groups', ID);
});
afterAll(async () => {
  await Promise.all([window?.close(), client?.close(), tool?.close()]);
});

const view = () => window.workbench.view('Clusters');
const dialog = () => window.page.locator('.monaco-dialog-box');
const rows = () => window.page.locator('.quick-input-list .monaco-list-row');
const settingsList = () => window.page.getByPlaceholder('Tick what shall differ from the broker’s defaults');
const notice = (text: string) =>
  window.page.locator('.notification-toast, .notifications-center').getByText(text).first().waitFor();

/** Starts a command without waiting for its dialogs. */
const start = (command: string, args: Record<string, unknown>) =>
  window.driver.eval(
    (vscode, given: { command: string; args: Record<string, unknown> }) => {
      void vscode.commands.executeCommand(`kafkaDapr.${given.command}`, given.args);
    },
    { command, args },
  );

/** The open question with everything it says; its answer. */
async function confirm(shows: readonly string[], button: string): Promise<void> {
  await dialog().waitFor();
  const text = await dialog().innerText();
  for (const part of shows) expect(text).toContain(part);
  await dialog().getByRole('button', { name: button }).click();
  await dialog().waitFor({ state: 'detached' });
}

const ends = async (topic: string) =>
  (await client.offsets(await client.topics([topic])))[0]?.partitions.map((p) => [p.logStart, p.highWatermark]);
const names = async () => (await client.topics()).map((t) => t.name).filter((name) => name.startsWith(ID));
const overrides = async (topic: string) =>
  (await topicSettings(client.connection, topic))
    .filter((s) => s.source === 'topic')
    .map((s) => `${s.name}=${s.value}`);

describe('creating a topic', () => {
  it('judges the name, explains every setting, shows what will be made, and makes it', async () => {
    const { workbench, page } = window;
    await start('createTopic', { clusterId: 'lab' });
    const box = page.locator('.quick-input-widget input.input');
    await page.locator('.quick-input-widget', { hasText: 'Create a topic on lab' }).waitFor();
    await box.fill('no such name');
    await page.getByText('A topic name has only ASCII letters').waitFor();
    await workbench.answer('Name', CREATED);
    await workbench.answer('Partitions. Empty', '3');
    await workbench.answer('Replicas of each partition', '');
    const retention = rows().filter({ hasText: 'retention.ms' }).first();
    await settingsList().waitFor();
    await box.fill('retention.ms');
    await retention.waitFor();
    expect(await retention.innerText()).toContain('maximum time we will retain a log');
    await picture(window, 'create-topic-settings');
    await retention.click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await page.locator('.quick-input-widget', { hasText: 'maximum time we will retain a log' }).waitFor();
    await box.fill('3600000');
    await box.press('Enter');
    await dialog().waitFor();
    await picture(window, 'create-topic-preview');
    await confirm(
      [
        `Create the topic ${CREATED} on lab`,
        'partitions: 3',
        "replicas of each: the broker's default",
        'retention.ms = 3600000',
      ],
      'Do it',
    );
    await notice(`The topic ${CREATED} was created.`);
    expect((await ends(CREATED))?.length).toBe(3);
    expect(await overrides(CREATED)).toEqual(['retention.ms=3600000']);
  });

  it('shows in the tree', async () => {
    const { workbench } = window;
    await workbench.expand(view(), 'lab');
    await workbench.expand(view(), 'Topics');
    const row = workbench.row(view(), CREATED);
    await until('the new topic', async () => (await row.getAttribute('aria-label'))?.includes('3 partitions'));
  });

  it('says what the broker refuses before it asks whether to go on', async () => {
    const { workbench, page } = window;
    await start('createTopic', { clusterId: 'lab' });
    await workbench.answer('Name', CREATED);
    await workbench.answer('Partitions. Empty', '');
    await workbench.answer('Replicas of each partition', '');
    await settingsList().waitFor();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await dialog().waitFor();
    await picture(window, 'create-topic-refused');
    await confirm(
      ['Nothing was changed.', `${CREATED}: A topic of this name exists already: choose another name.`],
      'OK',
    );
  });
});

describe('changing a topic', () => {
  it('adds partitions after saying what that does to keys', async () => {
    await start('addPartitions', { clusterId: 'lab', topic: CREATED });
    await window.workbench.answer('It has 3 partitions now', '5');
    await dialog().waitFor();
    await picture(window, 'add-partitions-preview');
    await confirm(
      ['3 → 5 partitions; this cannot be undone', 'records with the same key may go to another partition'],
      'Do it',
    );
    await notice(`${CREATED} has 5 partitions now.`);
    await until('five partitions', async () => (await ends(CREATED))?.length === 5);
  });

  it('edits one setting, with its documentation, and keeps the other', async () => {
    const { page } = window;
    await start('editTopicSetting', { clusterId: 'lab', topic: CREATED });
    await page.locator('.quick-input-widget', { hasText: `Configuration of ${CREATED}` }).waitFor();
    expect(await rows().first().innerText()).toMatch(/retention\.ms[\s\S]*set on the topic/);
    await picture(window, 'edit-config');
    await page.locator('.quick-input-widget input.input').fill('cleanup.policy');
    await rows().filter({ hasText: 'cleanup.policy' }).first().click();
    await page.locator('.quick-input-widget', { hasText: 'retention policy' }).waitFor();
    await page.locator('.quick-input-widget input.input').fill('compact');
    await page.locator('.quick-input-widget input.input').press('Enter');
    await confirm([`Change the configuration of ${CREATED}`, 'cleanup.policy: delete → compact'], 'Do it');
    await notice(`cleanup.policy of ${CREATED} was changed.`);
    expect(await overrides(CREATED)).toEqual(['cleanup.policy=compact', 'retention.ms=3600000']);
  });

  it('deletes records of one partition below an offset', async () => {
    await start('deleteRecords', { clusterId: 'lab', topic: `${ID}-one`, partition: 1 });
    await window.workbench.answer('Everything below this offset is deleted', '3');
    await dialog().waitFor();
    await picture(window, 'delete-records-preview');
    await confirm(
      [`Delete records of ${ID}-one on lab`, 'this cannot be undone', 'P1: everything below offset 3 (now from 0)'],
      'Do it',
    );
    await notice(`${ID}-one P1: everything below offset 3 was deleted.`);
    expect(await ends(`${ID}-one`)).toEqual([[0, 5], [3, 5]]); // prettier-ignore
  });
});

describe('copying where another group stands', () => {
  const group = `${ID}-late`;
  const other = `${ID}-ahead`;
  const stands = async (of: string) =>
    Object.fromEntries(
      ((await client.describeGroups([of]))[0]?.offsets ?? [])
        .filter((o) => o.committed !== null)
        .map((o) => [`${o.topic.slice(ID.length + 1)} P${o.partition}`, o.committed]),
    );
  /** The parts of a row stand apart on the screen, but not in its text. */
  const bare = (text: string) => text.replace(/\s+/g, '');
  beforeAll(async () => {
    await tool.commit(group, `${ID}-one`, { 0: 1, 1: 5 });
    // Below the log start of P1, which is 3; and on a topic of which the first group knows nothing.
    await tool.commit(other, `${ID}-one`, { 0: 4, 1: 2 });
    await tool.commit(other, `${ID}-two`, { 1: 5 });
  });

  it('shows old, new and both lags by the menu of the group, and commits what stays ticked', async () => {
    const { workbench, page } = window;
    await workbench.expand(view(), 'Consumer groups');
    const row = workbench.row(view(), group);
    await until('the lag', async () => (await row.getAttribute('aria-label'))?.includes('lag 4 on P0'));
    await workbench.choose(row, 'Reset Offsets…', rows().filter({ hasText: 'Another group…' }));
    await rows().filter({ hasText: 'Another group…' }).click();
    await page.getByPlaceholder('Copy from which group?').waitFor();
    await page.keyboard.type(other);
    await rows().filter({ hasText: other }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Nothing is changed yet.').waitFor();
    await picture(window, 'copy-group-offsets');
    const shown = [
      `${ID}-one P0 1 → 4 lag 4 → 1`,
      `${ID}-one P1 5 → 3 lag 0 → 2`,
      `${ID}-two P1 none → 5 never committed → lag 0`,
      `${ID}-two P0: ${other} never committed here, there is no position to copy. stay as they are`,
    ];
    expect((await rows().allInnerTexts()).map(bare)).toEqual(shown.map(bare));
    expect(await stands(group)).toEqual({ 'one P0': 1, 'one P1': 5 });
    await rows()
      .filter({ hasText: `${ID}-one P1` })
      .click();
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await confirm([`Reset the offsets of ${group} on lab`, `${ID}-one P0: 1 → 4`, `${ID}-two P1: none → 5`], 'Do it');
    await notice(`${group}: 2 partitions were reset.`);
    expect(await stands(group)).toEqual({ 'one P0': 4, 'one P1': 5, 'two P1': 5 });
    expect(await stands(other)).toEqual({ 'one P0': 4, 'one P1': 2, 'two P1': 5 });
    await until('the new lag', async () => (await row.getAttribute('aria-label'))?.includes('lag 1 on P0'));
  });
});

describe('on a production cluster', () => {
  it('several topics go only when their number is typed', async () => {
    const { workbench, page } = window;
    await workbench.row(view(), 'lab').click();
    await page.keyboard.press('ArrowLeft');
    await workbench.expand(view(), 'live');
    await workbench.expand(view(), 'Topics');
    // Everything about a topic is known, then its row stays as it is.
    for (const name of ['two', 'three']) await workbench.row(view(), `${ID}-${name}`).getByText(/ B$/).waitFor();
    await workbench.row(view(), `${ID}-two`).click();
    await workbench.row(view(), `${ID}-three`).click({ modifiers: ['ControlOrMeta'] });
    await workbench.choose(workbench.row(view(), `${ID}-two`), 'Delete Topic…', dialog());
    await picture(window, 'delete-topics-preview');
    await confirm(
      [
        'Delete 2 topics on live (production)',
        'this cannot be undone',
        `${ID}-two: 10 messages`,
        `${ID}-three: 10 messages`,
      ],
      'Continue',
    );
    await page.locator('.quick-input-widget', { hasText: 'This is a production cluster. Type 2 to go on.' }).waitFor();
    const box = page.locator('.quick-input-widget input.input');
    await box.fill('1');
    await box.press('Enter');
    await page.getByText('Type exactly 2.').waitFor();
    await picture(window, 'delete-topics-typed');
    expect((await names()).length).toBe(4);
    await box.fill('2');
    await box.press('Enter');
    await notice('Deleted: ');
    await until('the two to go', async () => (await names()).length === 2);
    expect(await names()).toEqual([CREATED, `${ID}-one`]);
  });

  it('nothing happens when the person thinks better of it', async () => {
    await start('deleteTopic', { clusterId: 'live', topic: CREATED });
    await confirm([`Delete the topic ${CREATED} on live (production)`], 'Cancel');
    expect(await names()).toContain(CREATED);
  });
});

describe('a person is stopped at once', () => {
  it('on a read-only cluster, before any question', async () => {
    await start('createTopic', { clusterId: 'locked' });
    await notice('locked is saved as read-only: nothing can be changed.');
    expect(await window.page.locator('.quick-input-widget').isVisible()).toBe(false);
    await picture(window, 'read-only-refused');
  });

  it('by a running group, with the members to stop', async () => {
    const group = `${ID}-group`;
    await tool.join({ kind: 'classic', group, clientId: 'billing-7', topics: [`${ID}-one`] });
    await start('resetOffsets', { clusterId: 'lab', group });
    await notice(`${group} is running: stop its members first (billing-7 127.0.0.1).`);
    await tool.leave(group);
  });
});

it('leaves no error in the console', () => {
  // The editor writes every error notification to its console.
  const expected = /locked is saved as read-only|is running: stop its members first/;
  expect(window.problems.filter((problem) => !expected.test(problem))).toEqual([]);
});
