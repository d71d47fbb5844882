// Batches that nobody can read: the page has a row for each with the reason and the bytes, and goes on behind it.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { crc32c } from '../../src/core/kafka/records/crc32c.ts';
import { startTamperingProxy, type TamperingProxy } from '../support/tamperingProxy.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const topic = `damaged-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
/** Each a batch of its own. */
const VALUES = ['first', 'flipped', 'middle', 'codec seven', 'last'];
/** Bytes of a batch before its first record, and of that record before its value, where it has no key and is small. */
const [BATCH_HEADER, RECORD_HEADER] = [61, 6];
let window: TestWindow;
let page: MessagesPage;
let proxy: TamperingProxy;
/** Until then no offset is told. */
let held: Promise<void> | undefined;

keepEvidence(() => window);
beforeAll(async () => {
  const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
  for (const value of VALUES) await producer.send({ topic, messages: [{ value }] });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  proxy = await startTamperingProxy(bootstrap[0] ?? '', damage);
  const profile = {
    id: 'damaged',
    name: 'damaged',
    bootstrap: [proxy.address],
    addressMap: Object.fromEntries(bootstrap.map((address) => [address, proxy.address])),
  };
  window = await openWindow({}, { clusters: [{ profile }] });
  page = await MessagesPage.openByCommand(window, { clusterId: 'damaged', topic });
});
afterAll(async () => {
  await window?.close();
  await proxy?.stop();
});

/** One batch gets a value that its checksum does not know, another a codec that nobody knows, with a checksum that fits. */
function damage(answer: Buffer): void | Promise<void> {
  // What tells offsets names the topic, and no broker's address.
  if (held && answer.includes(topic) && !answer.includes('127.0.0.1')) return held;
  const flipped = answer.indexOf('flipped');
  if (flipped >= 0) answer[flipped] = 'F'.charCodeAt(0);
  const seven = answer.indexOf('codec seven');
  if (seven < 0) return;
  const start = seven - RECORD_HEADER - BATCH_HEADER;
  expect(answer[start + 16], 'magic').toBe(2);
  const batch = answer.subarray(start, start + 12 + answer.readInt32BE(start + 8));
  batch.writeInt16BE(7, 21);
  batch.writeUInt32BE(crc32c(batch, 21), 17);
}

/** Without the sign of a row that cannot be read. */
const offsetOf = (row: Record<string, string>) => row['offset']?.replace(/^⚠\s*/, '');

it('has a row for each of them that says why, and every row behind', async () => {
  await page.from('earliest');
  await page.to('end');
  await page.readAll();
  const rows = await page.rowsWhen(5);
  expect(rows.map((row) => [offsetOf(row), row['value']])).toEqual([
    ['0', 'first'],
    ['1', expect.stringMatching(/^not decodable: the batch is corrupt: its checksum is [0-9a-f]+/)],
    ['2', 'middle'],
    ['3', 'not decodable: the batch is compressed with an unknown codec (number 7)'],
    ['4', 'last'],
  ]);
  await page.status('scanned 5 of 5 · matched 5');
  await picture(window, 'damaged-rows');
});

it('shows the reason and the bytes of one in full', async () => {
  await page.frame.locator('record-grid .layer .row').nth(3).dblclick();
  const detail = page.frame.locator('detail-pane');
  await detail.getByRole('alert').getByText('the batch is compressed with an unknown codec (number 7)').waitFor();
  expect(await detail.locator('pre.hex').innerText()).toContain('codec seven');
  await picture(window, 'damaged-detail');
});

it('is searched around them', async () => {
  await page.frame.locator('#filter').fill('last');
  await page.frame.locator('#filter').press('Enter');
  expect((await page.rowsWhen(3)).map(offsetOf)).toEqual(['1', '3', '4']);
});

it('says which broker it waits for, until that answers', async () => {
  let answer = (): void => undefined;
  held = new Promise((resolve) => (answer = resolve));
  await page.frame.locator('#filter').fill('');
  await page.button('Start reading').click();
  const empty = page.frame.locator('.empty [role=status]');
  await until('the broker', async () =>
    /^Asking the brokers where .* starts and ends…\s+Not answered yet: broker \d+\.$/.test(await empty.innerText()),
  );
  await picture(window, 'damaged-waiting');
  held = undefined;
  answer();
  await page.rowsWhen(5);
  await page.status('scanned 5 of 5 · matched 5');
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
