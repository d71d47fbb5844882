// A component file beside a cluster: connect by the file, facts in the file as they are, and as they change.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence } from './evidence.ts';
import { seed, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

const { bootstrap } = inject('kafka');
const broker = bootstrap.split(',')[0] ?? '';
let window: TestWindow;
let data: Seeded;

const component = (group: string) => `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: live-pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${broker}"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "${group}"
  - name: initialOffset
    value: "newest"
scopes:
- walker
`;
const subscription = (topic: string) => `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: live
spec:
  pubsubname: live-pubsub
  topic: ${topic}
  routes:
    default: /live
`;

keepEvidence(() => window);
beforeAll(async () => {
  data = await seed(bootstrap);
  window = await openWindow(
    { 'components/live.yaml': component(`new-${data.id}`), 'components/orders.yaml': subscription(data.topic) },
    { settings: { 'kafkaDapr.explorer.refreshSeconds': 1 }, committed: true },
  );
  await window.workbench.openFile('live.yaml');
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
});

async function picture(name: string): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '../../out/e2e');
  await mkdir(folder, { recursive: true });
  await window.page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const finding = (rule: string) =>
  window.driver.eval((vscode, id) => {
    const ruleOf = (code: unknown) => (code as { value?: string } | undefined)?.value;
    return vscode.languages
      .getDiagnostics()
      .flatMap(([, list]) => list)
      .find((d) => ruleOf(d.code) === id)?.message;
  }, rule);
const clusters = () => window.workbench.view('Clusters');
/**
 * From the menu of a row, once everything about it and its folder is known: then nothing is drawn anew while it is chosen,
 * and the editor's tree, which takes the focus back after that, does not close what opens.
 */
const choose = async (
  folder: 'Topics' | 'Consumer groups',
  label: string,
  known: RegExp,
  item: string,
  opened: Locator,
) => {
  const row = window.workbench.row(clusters(), label);
  await window.workbench.row(clusters(), folder).getByText(/^\d+$/).waitFor();
  await row.getByText(known).waitFor();
  await window.workbench.choose(row, item, opened);
};
const lens = (text: string | RegExp) => window.page.locator('.codelens-decoration a', { hasText: text });

describe('before a cluster is connected', () => {
  it('says what holds for every cluster, and offers to connect by the file', async () => {
    await lens(`Connect to ${broker}`).waitFor();
    expect(await finding('K-01')).toMatch(/^Starts at newest \(Kafka: latest\)/);
    expect(await window.page.locator('.codelens-decoration').first().innerText()).toContain(
      `group new-${data.id} (consumerGroup) · starts at newest (Kafka: latest)`,
    );
  });
});

describe('a wish from the file', () => {
  it('connects by the file where no saved cluster has its brokers, and opens the planner', async () => {
    await lens('I want to…').click();
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'receive everything since a time' }).click();
    const title = `Which cluster does live-pubsub belong to? Its file names ${broker}.`;
    await window.page.locator('.quick-input-title', { hasText: title }).waitFor();
    expect(await rows.first().getAttribute('aria-label')).toContain(
      `Connect to ${broker}, with the login of components/live.yaml`,
    );
    await picture('choose-cluster');
    await rows.first().click();
    const page = await window.workbench.webview('replay-page .summary');
    expect((await page.locator('.summary').innerText()).replace(/\s+/g, ' ')).toContain('7 never received');
    const time = page.locator('wish-box input');
    await until('the planner to wait for a time', () => time.evaluate((input) => input === document.activeElement));
    await time.fill('2000-01-01T00:00');
    await time.press('Enter');
    const way = page.locator('.way').first();
    await way.waitFor();
    // The group does not exist: there are no offsets to reset yet.
    const steps = (await way.locator('li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    expect(steps.slice(1, 3)).toEqual([
      `Start the app until it has handled a message: group new-${data.id} does not exist before.`,
      'Stop every instance of the app: Kafka refuses while the group has members.',
    ]);
    await picture('wish-from-file');
  });

  it('keeps the wish while the page is hidden, and offers the connection again without the cluster', async () => {
    await window.workbench.tab('live.yaml');
    await window.workbench.tab('Forecast: live-pubsub');
    const page = await window.workbench.webview('replay-page .way');
    expect(await page.locator('wish-box input').inputValue()).toBe('2000-01-01T00:00');
    await window.workbench.command('View: Close Editor');
    await window.workbench.openSideBar('Kafka & Dapr');
    const dialog = window.page.locator('.monaco-dialog-box');
    await window.workbench.choose(window.workbench.row(clusters(), 'live-pubsub'), 'Remove Cluster…', dialog);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await lens(`Connect to ${broker}`).waitFor();
  });
});

describe('on a connected cluster', () => {
  it('counts what would be lost, in the diagnostic, the lens and the hover', async () => {
    await lens(`Connect to ${broker}`).click();
    await lens('will never be received').waitFor();
    expect(await finding('K-01')).toMatch(
      new RegExp(
        `^${data.topic} holds 7 messages; group new-${data.id} has never committed: with newest it receives none of them\\. Starts`,
      ),
    );
    expect(await lens('starts at newest').innerText()).toContain(`7 messages of ${data.topic} will never be received`);
    expect(await lens('Browse from earliest').count()).toBe(1);
    await window.page.locator('.view-line').getByText('newest').click();
    await window.driver.eval((vscode) => vscode.commands.executeCommand('editor.action.showHover'));
    const rows = window.page.locator('.monaco-hover table tr');
    await rows.nth(3).waitFor();
    const cells = await rows.nth(1).locator('td').allInnerTexts();
    expect(cells.slice(0, 7)).toEqual(['P0', '0', '4', '–', '4', '0', '4']);
    expect(cells[7]).toBe('Never committed, newest: starts at 4; 4 never received.');
    await picture('file-live');
  });

  it('shows the cluster and the loss in the tree of the workspace', async () => {
    await window.workbench.openSideBar('Kafka & Dapr');
    const row = window.page.locator('.monaco-list-row', { hasText: `${data.topic} → walker` });
    await row.waitFor();
    expect((await row.innerText()).replace(/\s+/g, ' ')).toContain('7 never received');
    const parent = window.page.locator('.monaco-list-row', { hasText: 'components/live.yaml → live-pubsub' });
    expect(await parent.count()).toBe(1);
    await picture('tree-live');
  });

  it('follows the group: no loss is left to warn of when it has committed everywhere', async () => {
    const admin = new Kafka({ clientId: 'live', brokers: [broker], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const offsets = [4, 1, 0].map((offset, partition) => ({ partition, offset: String(offset) }));
    await admin.setOffsets({ groupId: `new-${data.id}`, topic: data.topic, partitions: offsets });
    await admin.disconnect();
    await lens('resumes, nothing missed').waitFor();
    expect(await finding('K-01')).toBeUndefined();
    expect(await lens('starts at newest').innerText()).toContain('resumes, nothing missed · 2 will be delivered');
  });

  it('sees in sampled records that the partition will block, in the file of the Subscription', async () => {
    await data.append('bad', 'no JSON at all');
    await window.workbench.command('Kafka: Refresh');
    await window.workbench.openFile('orders.yaml');
    await window.page.locator('.squiggly-info').first().waitFor();
    expect(await finding('K-30')).toBe(
      'This partition will block: offset 4 of partition 0: not JSON. Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.',
    );
  });

  it('tells from a group of the tree which component files would use it, and opens the file', async () => {
    await window.workbench.openSideBar('Kafka & Dapr');
    await window.workbench.expand(clusters(), 'live-pubsub');
    await window.workbench.filter(data.id);
    await window.workbench.expand(clusters(), 'Consumer groups');
    const row = window.page.locator('.quick-input-list .monaco-list-row');
    await choose(
      'Consumer groups',
      `new-${data.id}`,
      / Dapr: components\/live\.yaml$/,
      'Component Files That Would Use This Group',
      row,
    );
    const text = (await row.first().innerText()).replace(/\s+/g, ' ');
    expect(text).toContain(`walker · new-${data.id} · components/live.yaml:1`);
    expect(text).toContain(`${data.topic}: resumes, nothing missed · 3 will be delivered`);
    await picture('components-of-group');
    await window.page.keyboard.press('Enter');
    await window.page.locator('.tab.active', { hasText: 'live.yaml' }).waitFor();
  });

  it('tells from a topic who would read it, from where', async () => {
    await window.workbench.expand(clusters(), 'Topics');
    const title = window.page.locator('.quick-input-title', { hasText: `Who would read ${data.topic}, from where` });
    await choose('Topics', data.topic, / K?i?B$/, 'Component Files That Would Read This Topic', title);
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'resumes, nothing missed' }).waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('estimates by sampling how many messages a topic holds', async () => {
    const told = window.page.locator('.notifications-toasts', {
      hasText: `${data.topic}: each of 8 sampled offsets holds a message: 8 messages.`,
    });
    await choose('Topics', data.topic, / K?i?B$/, 'Estimate the Messages by Sampling', told);
  });

  it('counts what a renamed group hands over, from the commits of the group in the last git commit', async () => {
    await window.workbench.openFile('live.yaml');
    // In the editor, as a person does: of a file that another program writes, VS Code hears when its watcher does.
    await window.driver.eval(
      async (vscode, text: string) => {
        const document = vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith('live.yaml'))!;
        const edit = new vscode.WorkspaceEdit();
        const end = document.lineAt(document.lineCount - 1).range.end;
        edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
        await vscode.workspace.applyEdit(edit);
        await document.save();
      },
      component(`renamed-${data.id}`),
    );
    const handover = `5 already handled by new-${data.id}, 3 handled by nobody, 0 twice`;
    await lens(handover).waitFor();
    expect(await finding('K-01')).toContain(`${data.topic} holds 8 messages: ${handover}.`);
    await picture('file-handover');
  });

  /** The lines of partitions that the page of a handover shows, and its advice. */
  const handover = async (before: string, title: string, choose: () => Promise<void>) => {
    const source = window.page.locator('.quick-input-list .monaco-list-row', { hasText: before });
    const row = window.workbench.row(window.workbench.view('Dapr Pub/Sub'), 'live-pubsub');
    await window.workbench.choose(row, 'Count a Handover…', source);
    await source.click();
    await choose();
    // The preview of the last one may not have gone yet.
    const preview = await window.workbench.webview(`.markdown-body h1:has-text("${title}")`);
    return {
      rows: (await preview.locator('tbody tr').allInnerTexts()).map((text) => text.split(/\s+/)),
      text: await preview.locator('.markdown-body').innerText(),
    };
  };
  const input = () => window.page.locator('.quick-input-widget input.input');
  const closePage = async () => {
    await window.workbench.command('View: Close Editor');
    await window.page.locator('.tab', { hasText: 'live-pubsub' }).waitFor({ state: 'detached' });
  };

  it('counts a handover from a group that a person names', async () => {
    const { rows, text } = await handover('A consumer group…', `Handover from ${data.group}`, async () => {
      const box = window.page.getByPlaceholder('Which group handled them before?');
      await box.fill(data.group);
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: data.group }).first().click();
    });
    // walkers has committed 2 on P0 and 1 on P1.
    expect(rows).toEqual([
      ['P0', '0', '5', '5', '2', '3', '0'],
      ['P1', '0', '3', '3', '1', '2', '0'],
      ['P2', '0', '0', '0', '0', '0', '0'],
      ['together', '3', '5', '0'],
    ]);
    expect(text).toContain('5 messages would be handled by nobody.');
    await picture('handover-page');
    await closePage();
  });

  // The group of the last commit has committed 4 on P0 and 1 on P1.
  const fromCommitted = [
    ['P0', '0', '5', '5', '4', '1', '0'],
    ['P1', '0', '3', '3', '1', '2', '0'],
    ['P2', '0', '0', '0', '0', '0', '0'],
    ['together', '5', '3', '0'],
  ];

  it('counts a handover from the last commit', async () => {
    const { rows } = await handover('The last commit (HEAD)', 'Handover from HEAD', () => Promise.resolve());
    expect(rows).toEqual(fromCommitted);
    await closePage();
  });

  it('counts a handover from another revision, and says what git says of one that is not there', async () => {
    const { rows } = await handover('Another commit, branch or tag…', 'Handover from start', async () => {
      await window.workbench.answer('A revision that git knows', 'start');
    });
    expect(rows).toEqual(fromCommitted);
    await closePage();
    const source = window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Another commit' });
    const row = window.workbench.row(window.workbench.view('Dapr Pub/Sub'), 'live-pubsub');
    await window.workbench.choose(row, 'Count a Handover…', source);
    await source.click();
    await window.workbench.answer('A revision that git knows', 'nowhere');
    await window.page.locator('.notifications-toasts', { hasText: 'git knows no revision nowhere in' }).waitFor();
    await window.workbench.command('Notifications: Clear All Notifications');
  });

  it('counts a handover from another file', async () => {
    // In the workspace daprd would find two components of one name.
    const elsewhere = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-before-'));
    const other = path.join(elsewhere, 'before.yaml');
    await writeFile(other, component(data.group));
    const { rows } = await handover('Another file…', 'before.yaml', async () => {
      // It writes its own folder into the box before it can be typed in.
      await until('the dialog', async () => (await input().inputValue()).endsWith('/components/'));
      await input().fill(other);
      await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'before.yaml' }).waitFor();
      await input().press('Enter');
    });
    await rm(elsewhere, { recursive: true });
    expect(rows.at(-1)).toEqual(['together', '3', '5', '0']);
    await closePage();
  });

  it('leads from a row of the Dapr view to the Subscription it is about, and to its forecast', async () => {
    const row = window.workbench.row(window.workbench.view('Dapr Pub/Sub'), `${data.topic} → walker`);
    await row.click();
    await window.page.locator('.tab.active', { hasText: 'orders.yaml' }).waitFor();
    const tab = window.page.locator('.tab.active', { hasText: 'Forecast: live-pubsub' });
    await window.workbench.press(row, /^Forecast/, tab);
    const page = await window.workbench.webview('replay-page .summary');
    expect(await page.locator('header').innerText()).toContain('app walker');
    await picture('forecast-from-row');
  });

  it('leaves no error in the console but what was asked for', () => {
    // The test server has no key to encrypt secrets at rest with; the editor writes every error notification there.
    const expected = /mint-key|getServerKeyPart|git knows no revision nowhere/;
    expect(window.problems.filter((problem) => !expected.test(problem))).toEqual([]);
  });
});
