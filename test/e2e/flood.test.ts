// Thousands of messages a second at the newest row: what is in view is one state of the topic, always, and the end of it at rest.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `flood-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const BATCH = 500;
const BATCHES = 40;
let window: TestWindow;
let page: MessagesPage;
let producer: Producer;
let written = 0;

keepEvidence(() => window);
beforeAll(async () => {
  const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  await admin.disconnect();
  producer = kafka.producer();
  await producer.connect();
  await write();
  window = await openWindow({}, { clusters: [{ profile: { id: 'flood', name: 'shop', bootstrap } }] });
  page = await MessagesPage.openByCommand(window, { clusterId: 'flood', topic });
});
afterAll(async () => {
  await Promise.all([window?.close(), producer?.disconnect()]);
});

/** The value tells the offset. */
async function write(): Promise<void> {
  const messages = Array.from({ length: BATCH }, () => ({ partition: 0, value: `m-${written++}` }));
  await producer.send({ topic, messages });
}

it('shows rows of one state in every frame, and the newest one at rest', async () => {
  await page.from('earliest');
  await page.to('follow');
  await page.button('Start reading').click();
  await page.status(`matched ${BATCH}`);
  const grid = page.frame.getByRole('grid');
  await grid.press('End');
  const watched = grid.evaluate(
    async (grid, last) => {
      const mixed: string[] = [];
      let states = 0;
      let hidden = 0;
      let before = '';
      for (;;) {
        await new Promise(requestAnimationFrame);
        const rows = [...grid.querySelectorAll('.rows:not(.hidden) .row')].map((row) => ({
          index: Number(row.getAttribute('aria-rowindex')) - 2,
          value: row.querySelector('.value')?.textContent,
        }));
        const first = rows[0]!.index;
        const shown = JSON.stringify(rows);
        if (shown !== before) states++;
        before = shown;
        if (grid.querySelector('.rows.hidden')) hidden++;
        if (rows.some(({ index, value }, at) => index !== first + at || value !== `m-${index}`)) mixed.push(shown);
        if (rows.at(-1)!.index === last) return { mixed, states, hidden };
      }
    },
    BATCH * (BATCHES + 1) - 1,
  );
  for (let batch = 0; batch < BATCHES; batch++) {
    await write();
    await wait(25); // the rate of a flood: not something that is waited for
  }
  const { mixed, states, hidden } = await watched;
  expect(mixed).toEqual([]);
  expect(states).toBeGreaterThan(3);
  expect(hidden).toBeGreaterThan(0);
  await picture(window, 'flood');

  await page.status(`matched ${written.toLocaleString('en')}`);
  expect((await page.rows()).at(-1)).toMatchObject({ value: `m-${written - 1}` });
  await until('one sheet', async () => (await page.frame.locator('record-grid .rows').count()) === 1);
});

it('chooses the row that was pressed though others take its place before the mouse is up', async () => {
  const row = page.frame.locator('record-grid .rows:not(.hidden) .row').nth(3);
  const pressed = await row.locator('.value').innerText();
  const box = (await row.locator('.key').boundingBox())!;
  await window.page.mouse.move(box.x + 5, box.y + 5);
  await window.page.mouse.down();
  await write();
  const newest = String(written + 1);
  await until(
    'the next list',
    async () => (await page.frame.getByRole('grid').getAttribute('aria-rowcount')) === newest,
  );
  expect((await page.rows()).at(-1)).toMatchObject({ value: `m-${written - 1}` });
  await window.page.mouse.up();
  await page.frame.getByRole('grid').press('Enter');
  await page.frame.locator('detail-pane').getByText(pressed).first().waitFor();
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
