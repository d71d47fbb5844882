// A person with a cluster that wants TLS or a login: the form, its doctor, what is kept where; then a change that
// passes the gate.
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { everyListener } from '../support/kafka/everyListener.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { seed, type Seeded } from './seed.ts';
import { openWindow, type TestWindow } from './window.ts';

const kafka = await everyListener(inject('kafka'));
const WRONG = 'no-such-secret-4711';
const RIGHT = 'alice-secret';

let window: TestWindow;
let data: Seeded;

keepEvidence(() => window);
beforeAll(async () => {
  const cluster = (id: string, bootstrap: string, mode: 'normal' | 'read-only' = 'normal') => ({
    profile: { id, name: id, bootstrap: bootstrap.split(','), mode },
  });
  const clusters = [
    cluster('open', kafka.bootstrap),
    cluster('encrypted', kafka.tls),
    cluster('guarded', kafka.sasl),
    cluster('locked', kafka.bootstrap, 'read-only'),
  ];
  [window, data] = await Promise.all([openWindow({ 'readme.txt': '' }, { clusters }), seed(kafka.bootstrap)]);
  await window.workbench.openSideBar('Kafka & Dapr');
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
  await kafka.stop();
});

const clusters = () => window.workbench.view('Clusters');
/** Starts a command without waiting for its dialogs. */
const start = (command: string, args: Record<string, string>) =>
  window.driver.eval(
    (vscode, given: { command: string; args: Record<string, string> }) => {
      void vscode.commands.executeCommand(given.command, given.args);
    },
    { command, args },
  );
async function form(clusterId: string): Promise<FrameLocator> {
  await start('kafkaDapr.editCluster', { clusterId });
  return window.workbench.webview('#save');
}
const verdict = (page: FrameLocator, result: 'passed' | 'failed') => page.locator(`.verdict.${result}`).waitFor();

describe('the connection form', () => {
  it('says that TLS is missing, then that the CA is unknown, and takes the certificate for this cluster only', async () => {
    const page = await form('encrypted');
    await page.locator('#test').click();
    await verdict(page, 'failed');
    expect(await page.locator('.doctor').innerText()).toContain('is a TLS port. Turn on TLS.');
    await page.locator('#field-tls').click();
    await page.locator('#test').click();
    await page.locator('.step.bad', { hasText: 'TLS' }).waitFor();
    await verdict(page, 'failed');
    expect(await page.locator('.doctor').innerText()).toContain('is signed by a CA that is not trusted here');
    await page.getByText('accept this certificate for this cluster only').click();
    await verdict(page, 'passed');
    await page.locator('#save').click();
    await window.workbench.expand(clusters(), 'encrypted');
    const row = window.workbench.row(clusters(), 'encrypted');
    await until('the connection', async () => (await row.getAttribute('aria-label'))?.includes('SSL'));
  });

  it('judges fields while they are left', async () => {
    const page = await form('guarded');
    await page.locator('#field-sasl').click();
    await page.locator('vscode-option[value="scram-sha-512"]').click();
    await page.locator('#save').click();
    await page.getByText('Enter the user name.').waitFor();
    expect(await page.locator('.note', { hasText: 'Kerberos' }).innerText()).toContain('is not supported');
  });

  it('keeps what was typed when the tree asks to check the connection, and checks that', async () => {
    const page = await window.workbench.webview('#save');
    const password = page.locator('#secret-password input');
    await page.locator('#field-username input').fill('alice');
    await password.fill(RIGHT);
    await start('kafkaDapr.checkConnection', { clusterId: 'guarded' });
    await verdict(page, 'passed');
    expect(await password.inputValue()).toBe(RIGHT);
    expect(await page.locator('#field-username input').inputValue()).toBe('alice');
  });

  it('tells a wrong password from a right one', async () => {
    const page = await window.workbench.webview('#save');
    await page.locator('#field-username input').fill('alice');
    await page.locator('#secret-password input').fill(WRONG);
    await page.locator('#test').click();
    await verdict(page, 'failed');
    expect(await page.locator('.doctor').innerText()).toContain('check user name and password');
    // Saved all the same, it is refused in the tree, too; the right one alone is another connection, without a refresh.
    await page.locator('#save').click();
    await window.workbench.expand(clusters(), 'guarded');
    const row = window.workbench.row(clusters(), 'guarded');
    await until('the refusal', async () =>
      (await row.getAttribute('aria-label'))?.includes('check user name and password'),
    );
    const again = await form('guarded');
    await again.locator('#secret-password input').fill(RIGHT);
    await again.locator('#test').click();
    await verdict(again, 'passed');
    await again.locator('#save').click();
    await until('the login', async () => (await row.getAttribute('aria-label'))?.includes('SASL_PLAINTEXT'));
  });

  it('never shows a saved secret again', async () => {
    const page = await form('guarded');
    await page.locator('#secret-password[placeholder="saved, type to replace it"]').waitFor();
    expect(await page.locator('#secret-password input').inputValue()).toBe('');
    expect(await page.locator('body').innerHTML()).not.toContain(RIGHT);
  });

  it('leaves no secret in settings, state or logs', async () => {
    const installed = await window.driver.eval(
      (vscode) => vscode.extensions.getExtension('kafka-dapr-explorer.kafka-dapr-explorer')?.extensionPath ?? '',
    );
    const storage = path.resolve(installed, '../..');
    const found: string[] = [];
    let read = 0;
    for (const name of await readdir(storage, { recursive: true, withFileTypes: true })) {
      const file = path.join(name.parentPath, name.name);
      if (!name.isFile() || /node_modules|[/\\]extensions[/\\]/.test(file)) continue;
      const text = await readFile(file, 'latin1');
      read++;
      if (text.includes(RIGHT) || text.includes(WRONG)) found.push(file);
    }
    expect(read).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });
});

describe('running containers', () => {
  const rows = () => window.page.locator('.quick-input-list .monaco-list-row');
  /** Holds a `docker` command of ours. */
  let docker: string;
  beforeAll(async () => {
    docker = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-docker-'));
    // The extension host takes its PATH from a login shell, so that it is changed there.
    const first = `${docker}${path.delimiter}`;
    await window.driver.eval((_vscode, folder) => void (process.env.PATH = folder + process.env.PATH), first);
    return () => rm(docker, { recursive: true, force: true });
  });
  const answer = async (script: string) => {
    await writeFile(path.join(docker, 'docker'), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(docker, 'docker'), 0o755);
  };

  it('say so when Docker does not answer', async () => {
    await answer(`echo 'permission denied while trying to connect to the Docker daemon.' >&2; exit 1`);
    await start('kafkaDapr.importClusters', {});
    await rows().filter({ hasText: 'Running containers' }).click();
    await window.page
      .locator('.notification-toast, .notifications-center')
      .getByText('Docker does not answer: permission denied while trying to connect to the Docker daemon.')
      .first()
      .waitFor();
  });

  it('become clusters that can be opened', async () => {
    const fixture = path.resolve(import.meta.dirname, '../fixtures/docker/apache.json');
    const port = kafka.bootstrap.split(',')[0]!.split(':')[1]!;
    const container = (await readFile(fixture, 'utf8')).replaceAll('"19092"', `"${port}"`);
    await writeFile(path.join(docker, 'inspect.json'), container);
    await answer(`case "$1" in ps) echo 1f2e;; *) cat '${docker}/inspect.json';; esac`);
    await start('kafkaDapr.importClusters', {});
    await rows().filter({ hasText: 'Running containers' }).click();
    const found = rows().filter({ hasText: 'events' });
    await found.waitFor();
    expect(await found.innerText()).toContain(`localhost:${port}`);
    await accept();
    await window.workbench.expand(clusters(), 'events');
    const row = window.workbench.row(clusters(), 'events');
    await until('the connection', async () => (await row.getAttribute('aria-label'))?.includes('PLAINTEXT'));
    await window.page.screenshot({ path: 'out/e2e/importedContainer.png' });
  });
});

describe('a change', () => {
  it('shows a dry run, asks, and is applied', async () => {
    const { page } = window;
    await start('kafkaDapr.resetOffsets', { clusterId: 'open', group: data.group });
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Earliest' }).click();
    const moved = rows.filter({ hasText: `${data.topic} P0` });
    await moved.waitFor();
    expect(await moved.innerText()).toMatch(/2 → 0[\s\S]*lag 2 → 4/);
    expect(await committed()).toEqual(['2', '1']);
    await accept();
    await page.getByRole('button', { name: 'Do it' }).click();
    await until('the commits', async () => (await committed()).join() === '0,0,0');
  });

  it('is undone from its message: also where the group never committed', async () => {
    const { page } = window;
    const message = page.locator('.notification-toast').filter({ hasText: `${data.group}: 3 partitions were reset.` });
    await message.getByRole('button', { name: 'Undo' }).click();
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText(`${data.topic} P2: 0 → none`).waitFor();
    await picture(window, 'undoReset');
    await page.getByRole('button', { name: 'Do it' }).click();
    await until('the old commits', async () => (await committed()).join() === '2,1');
  });

  it.each([
    ['Offset…', '1', /2 → 1[\s\S]*lag 2 → 3/],
    ['Shift…', '-1', /2 → 1[\s\S]*lag 2 → 3/],
    ['Time…', '2000-01-01T00:00', /2 → 0[\s\S]*lag 2 → 4/],
  ])('is shown before for %s %s', async (target, typed, row) => {
    const { page } = window;
    await start('kafkaDapr.resetOffsets', { clusterId: 'open', group: data.group });
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: target }).click();
    const box = page.locator('.quick-input-box input');
    await page.locator('.quick-input-widget').getByText('Reset the offsets of').waitFor();
    await box.fill(typed);
    await box.press('Enter');
    const moved = rows.filter({ hasText: `${data.topic} P0` });
    await moved.waitFor();
    expect(await moved.innerText()).toMatch(row);
    await page.keyboard.press('Escape');
    await moved.waitFor({ state: 'hidden' });
    expect(await committed()).toEqual(['2', '1']);
  });

  it('is refused on a read-only cluster, with the reason', async () => {
    const before = await committed();
    const rows = window.page.locator('.quick-input-list .monaco-list-row');
    await start('kafkaDapr.resetOffsets', { clusterId: 'locked', group: data.group });
    await rows.filter({ hasText: 'Latest' }).click();
    await rows.filter({ hasText: `${data.topic} P0` }).waitFor();
    await accept();
    await window.page
      .locator('.notification-toast, .notifications-center')
      .getByText('locked is saved as read-only: nothing can be changed.')
      .first()
      .waitFor();
    expect(await committed()).toEqual(before);
  });
});

/** Takes what the open list has ticked. */
const accept = () => window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();

/** Committed offsets of the seeded group on P0, P1, P2. */
async function committed(): Promise<string[]> {
  const partitions = (await data.groups())[data.group]?.[0]?.partitions ?? [];
  return partitions.toSorted((a, b) => a.partition - b.partition).map((p) => p.offset);
}

it('leaves no error in the console', () => {
  // The test server has no key to encrypt secrets at rest with, so that they stay in its memory; and the editor writes
  // every error notification, here the refused change, to its console.
  const expected = /mint-key|getServerKeyPart|locked is saved as read-only/;
  expect(window.problems.filter((problem) => !expected.test(problem))).toEqual([]);
});
