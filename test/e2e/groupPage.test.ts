// The page "who reads what": several groups of one topic side by side, drawn from real members, refreshed by itself.
import type { FrameLocator, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTool, type KafkaTool } from '../support/kafka/tool.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
const ID = `who-${Date.now().toString(36)}`;
/** Shared by three members, one of them more than there are partitions. */
const SHARED = `${ID}-billing`;
/** One member that has stopped after three messages. */
const STUCK = `${ID}-stuck`;
/** A share group with more members than partitions, all of which read. */
const TOGETHER = `${ID}-together`;
const SHARERS = ['together-1', 'together-2', 'together-3'];
/** Nobody reads; it committed on P0 only. */
const GONE = `${ID}-gone`;

let window: TestWindow;
let tool: KafkaTool;
let frame: FrameLocator;

const append = (partition: number, count: number) =>
  tool.produce(
    ID,
    Array.from({ length: count }, (_, i) => ({ partition, key: `k${i}`, value: `v${i}` })),
  );

keepEvidence(() => window);
beforeAll(async () => {
  tool = openTool(inject('kafka'));
  await tool.create(ID, 2);
  await append(0, 10);
  await append(1, 10);
  await tool.commit(GONE, ID, { 0: 4 });
  for (const clientId of ['billing-1', 'billing-2', 'billing-3'])
    await tool.join({ kind: 'classic', group: SHARED, clientId, topics: [ID] });
  for (const clientId of SHARERS) await tool.join({ kind: 'share', group: TOGETHER, clientId, topics: [ID] });
  const settings = { max: '3', 'max.poll.records': '1' };
  await tool.join({ kind: 'consumer', group: STUCK, clientId: 'stuck-1', topics: [ID], settings });
  const clusters = [{ profile: { id: 'shop', name: 'shop', bootstrap: bootstrap.split(',') } }];
  window = await openWindow({ 'readme.txt': '' }, { clusters, settings: { 'kafkaDapr.explorer.refreshSeconds': 1 } });
  const { workbench } = window;
  await workbench.openSideBar('Kafka & Dapr');
  await workbench.command('Filter Topics and Groups');
  await workbench.answer('Filter topics and groups', ID);
  await workbench.expand(view(), 'shop');
  await workbench.expand(view(), 'Consumer groups');
  await workbench.row(view(), STUCK).waitFor();
  // By its command: the rows of groups that are just being joined are drawn anew, every second.
  await window.driver.eval(
    (vscode, group: object) => {
      void vscode.commands.executeCommand('kafkaDapr.openGroup', group);
    },
    { clusterId: 'shop', group: STUCK },
  );
  frame = await workbench.webview('group-page');
  await frame.locator('table.matrix').waitFor();
});
afterAll(async () => {
  await Promise.all([window?.close(), tool?.close()]);
});

const view = () => window.workbench.view('Clusters');
const block = (group: string): Locator => frame.locator(`tbody[aria-label="Group ${group}"]`);
const head = (group: string) => block(group).locator('tr.group').innerText();
const member = (group: string, name: string): Locator => block(group).locator('tr', { hasText: name }).last();
/** What a person sees in the cells of a row: `■ 0`, `·`. */
const cells = async (row: Locator) =>
  (await row.locator('td.cell').all()).length === 0
    ? []
    : Promise.all(
        (await row.locator('td.cell').all()).map(async (cell) => {
          const held = cell.locator('.held');
          if ((await held.count()) === 0) return '·';
          return `${await held.locator('.block').innerText()} ${await held.locator('.number').innerText()}`;
        }),
      );

describe('who reads what', () => {
  it('draws every group of the topic side by side, each with who reads which partition', async () => {
    await until('the commits', async () => (await head(SHARED)).includes('lag 0'));
    expect(await frame.locator('table.matrix thead').innerText()).toMatch(new RegExp(`${ID}[\\s\\S]*P0\\s+P1`));
    // The page was opened for this group: it stands first.
    const order = await frame
      .locator('tbody[aria-label^="Group "]')
      .evaluateAll((all) => all.map((body) => body.getAttribute('aria-label')));
    expect(order).toEqual([STUCK, SHARED, GONE, TOGETHER].map((group) => `Group ${group}`));
    expect(await head(STUCK)).toContain('running · new protocol (KIP-848) · uniform · coordinator: broker 1');
    expect(await head(SHARED)).toContain('running · classic protocol · range · coordinator: broker 1');
    expect(await head(GONE)).toContain('nobody reading');
    const shared = await Promise.all(['billing-1', 'billing-2', 'billing-3'].map((m) => cells(member(SHARED, m))));
    expect(shared.toSorted()).toEqual([['·', '·'], ['·', '■ 0'], ['■ 0', '·']]); // prettier-ignore
  });

  it('marks the idle member, the partition without a reader, and where nothing was committed', async () => {
    const idle = block(SHARED).locator('tr', { hasText: 'idle' });
    expect(await idle.count()).toBe(1);
    expect(await cells(idle)).toEqual(['·', '·']);
    expect(await cells(member(GONE, '(nobody)'))).toEqual(['□ 6', '□ none']);
    await picture(window, 'group-page');
  });

  it('draws more members of a share group than there are partitions, each with what it reads', async () => {
    const held = async () => {
      const rows = await Promise.all(SHARERS.map((name) => cells(member(TOGETHER, name))));
      return rows.map((row) => row.filter((cell) => cell.startsWith('■')).length);
    };
    await until('three readers of two partitions', async () => (await held()).every((count) => count > 0));
    expect(await head(TOGETHER)).toContain('running · share group (KIP-932)');
    expect(await block(TOGETHER).innerText()).not.toMatch(/idle|of other topics|nobody/);
    expect(await frame.locator('.caption').innerText()).toContain('several members may read a partition');
    await picture(window, 'group-page-share');
  });

  it('draws the lag of each partition of the group as a bar with its numbers', async () => {
    const bars = frame.locator('table.bars tbody tr');
    expect(await bars.count()).toBe(2);
    const rows = await bars.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td.num')].map((cell) => cell.textContent?.trim())),
    );
    // Three messages were read, from whichever partitions came first.
    expect(rows.reduce((sum, [, , , lag]) => sum + Number(lag), 0)).toBe(17);
    for (const [start, committed, end, lag] of rows) {
      expect([start, end]).toEqual(['0', '10']);
      expect(Number(committed === 'none' ? 0 : committed) + Number(lag)).toBe(10);
    }
    expect(await bars.first().locator('svg.bar').getAttribute('aria-label')).toMatch(/committed.*lag/);
  });

  it('refreshes by itself: new messages show as lag, and as growth', async () => {
    await append(0, 7);
    await until('the new lag', async () => (await head(STUCK)).includes('lag 24'));
    expect(await frame.locator('.when').innerText()).toMatch(/every 1 s/);
  });

  it('counts rebalances since it was opened', async () => {
    const holder = 'billing-1';
    await tool.leave(SHARED, holder);
    await until('the rebalance', async () => /rebalances since opening: [1-9]/.test(await head(SHARED)));
    await until('two members', async () => (await block(SHARED).locator('th.member').count()) === 2);
    expect(await block(SHARED).innerText()).not.toContain(holder);
  });

  it('says after 30 s where a member is stuck, and shows the very message', async () => {
    const stuck = block(STUCK).locator('button.stuck').first();
    await until('the stuck member', async () => (await stuck.count()) > 0, 60_000);
    const [, offset] = /^stuck at offset (\d+) for \d+ s – show message$/.exec((await stuck.innerText()).trim()) ?? [];
    expect(offset).toMatch(/^\d+$/);
    await picture(window, 'group-page-stuck');
    await stuck.click();
    const page = await MessagesPage.find(window.workbench);
    const shown = await until('the message', async () => (await page.rows()).find((row) => row.offset === offset));
    expect(shown).toMatchObject({ offset, value: `v${offset}` });
    expect((await page.rows()).every((row) => Number(row.offset) >= Number(offset))).toBe(true);
    await picture(window, 'group-page-message');
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
