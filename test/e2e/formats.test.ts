// Records as people want to see them: decoded by a schema of the registry, keys as integers, places in JSON as columns.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import avro from 'avsc';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';

const ORDER = {
  type: 'record' as const,
  name: 'shop.Order',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'customer', type: { type: 'record', name: 'Customer', fields: [{ name: 'city', type: 'string' }] } },
  ],
};
const type = avro.Type.forSchema(ORDER as avro.Schema);
const files = {
  'schemas/order.avsc': JSON.stringify(ORDER),
  'schemas/half.avsc': '{',
  'schemas/long.avsc': JSON.stringify({ ...ORDER, doc: 'x'.repeat(1 << 20) }),
  'proto/visit.proto': 'syntax = "proto3"; package shop; message Visit { message At { string place = 1; } At at = 1; }',
};
const topic = `formats-${randomUUID().slice(0, 8)}`;
let window: TestWindow;
let registry: Server;
let page: MessagesPage;

keepEvidence(() => window);
beforeAll(async () => {
  registry = createServer((request, response) => {
    const schema = { schema: JSON.stringify(ORDER) };
    const known: Record<string, unknown> = {
      '/schemas/ids/7': schema,
      '/subjects': ['orders-value'],
      '/subjects/orders-value/versions/latest': { subject: 'orders-value', version: 3, id: 7, ...schema },
    };
    const answer = known[request.url ?? ''];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  await produce();
  const profile = {
    id: 'formats',
    name: 'shop',
    bootstrap: inject('kafka').bootstrap.split(','),
    registry: { url: `http://127.0.0.1:${port}` },
  };
  window = await openWindow(files, { clusters: [{ profile }] });
  page = await MessagesPage.open(window.workbench, 'shop', topic);
  await page.from('earliest');
  await page.to('end');
  await page.readAll();
});
afterAll(async () => {
  await window?.close();
  registry?.close();
});

/** Three orders in Avro behind int64 keys, one whose schema nobody knows, and one with a key that is no integer. */
async function produce(): Promise<void> {
  const kafka = new Kafka({ brokers: inject('kafka').bootstrap.split(','), logLevel: logLevel.NOTHING });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({
    topics: [topic, `${topic}-again`, `${topic}-made`].map((name) => ({ topic: name, numPartitions: 1 })),
    waitForLeaders: true,
  });
  const key = (n: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(n);
    return bytes;
  };
  const order = (schema: number, id: string, city: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 0, schema]), type.toBuffer({ id, customer: { city } })]);
  await producer.send({
    topic,
    messages: [
      { key: key(9007199254740993n), value: order(7, 'o-1', 'Seoul') },
      { key: key(2n), value: order(7, 'o-2', 'Busan') },
      { key: key(3n), value: order(7, 'o-3', 'Seoul') },
      { key: key(4n), value: order(9, 'o-4', 'Jeju') },
      { key: 'o-5', value: order(7, 'o-5', 'Busan') },
    ],
  });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
}

const menu = (name: string) => page.frame.locator('page-tools vscode-button', { hasText: name });
const grid = () => page.frame.locator('record-grid');

describe('records on the messages page', () => {
  it('are decoded by the schema that they name; one that is unknown says why', async () => {
    const rows = await page.rowsWhen(5);
    expect(rows.map((row) => row['value'])).toEqual([
      '{"id":"o-1","customer":{"city":"Seoul"}}',
      '{"id":"o-2","customer":{"city":"Busan"}}',
      '{"id":"o-3","customer":{"city":"Seoul"}}',
      'not decodable: not decoded with schema 9: The schema registry has no schema 9.',
      '{"id":"o-5","customer":{"city":"Busan"}}',
    ]);
  });

  it('show their key in the format that is chosen, digit for digit', async () => {
    await menu('Columns').click();
    await page.frame.getByLabel('Key as').selectOption('int64');
    await picture(window, 'formats-menu');
    await until('the keys', async () => (await page.rows())[0]?.['key'] === '9007199254740993');
    const rows = await page.rowsWhen(5);
    expect(rows.slice(0, 3).map((row) => row['key'])).toEqual(['9007199254740993', '2', '3']);
    expect(rows[4]).toMatchObject({ key: 'o-5', value: '{"id":"o-5","customer":{"city":"Busan"}}' });
    await grid().getByTitle('Its key: not an int64: 3 bytes instead of 8').waitFor();
  });

  it('have a place of their JSON as a column, typed in or taken from the tree', async () => {
    await page.frame.getByLabel('From the value’s JSON').fill('customer.city');
    await page.frame.getByLabel('From the value’s JSON').press('Enter');
    await grid().getByRole('columnheader', { name: 'customer.city' }).waitFor();
    await menu('Columns').click();
    await grid().locator('.layer .row').first().dblclick();
    const tree = page.frame.locator('json-tree');
    await tree.locator('.node', { hasText: 'id:' }).click();
    await tree.locator('.tree').press('c');
    const id = grid().getByRole('columnheader', { name: 'id', exact: true });
    await id.waitFor();
    const cells = async () =>
      grid()
        .locator('.layer .row')
        .evaluateAll((rows) =>
          rows.map((row) => [...row.querySelectorAll('.cell')].map((cell) => cell.textContent?.trim() ?? '')),
        );
    const at = (await grid().getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).indexOf('id');
    await until('the ids', async () => (await cells())[0]?.[at] === 'o-1');
    expect((await cells()).map((row) => row[at])).toEqual(['o-1', 'o-2', 'o-3', '', 'o-5']);
    await picture(window, 'formats-columns');
  });

  it('say in the detail which schema decoded them', async () => {
    await page.frame.getByRole('tab', { name: 'Record' }).click();
    await page.frame.locator('detail-pane td', { hasText: 'id 7 · shop.Order · avro' }).waitFor();
    await picture(window, 'formats-record');
  });

  it('are read by a file of the workspace where it is chosen, and say why where they are something else', async () => {
    await menu('Columns').click();
    const value = page.frame.getByLabel('Value as');
    const offered = () => value.locator('option').allInnerTexts();
    await until('the files', async () => (await offered()).includes('shop.Order · order.avsc'));
    expect((await offered()).slice(-3)).toEqual([
      'shop.Visit · visit.proto',
      'shop.Visit.At · visit.proto',
      'shop.Order · order.avsc',
    ]);
    await page.frame.getByText('schemas/half.avsc cannot be used').waitFor();
    await page.frame.getByText('schemas/long.avsc cannot be used: it is larger than 1 MiB.').waitFor();
    await value.selectOption('file:schemas/order.avsc#shop.Order');
    const texts = async () => (await page.rows()).map((row) => row['value']);
    await until('the fourth order', async () => (await texts())[3] === '{"id":"o-4","customer":{"city":"Jeju"}}');
    await page.frame.locator('detail-pane td', { hasText: 'schemas/order.avsc · shop.Order · avro' }).waitFor();
    await picture(window, 'formats-file');
    await value.selectOption('file:proto/visit.proto#shop.Visit.At');
    await until('the reason', async () => /^not decodable: not a shop.Visit.At: /.test((await texts())[0] ?? ''));
    await value.selectOption('auto');
    await until('the registry again', async () => (await texts())[0] === '{"id":"o-1","customer":{"city":"Seoul"}}');
    await menu('Columns').click();
  });

  it('are found by what is shown of them', async () => {
    await page.frame.getByLabel('Filter language').selectOption('cel');
    await page.frame.locator('#filter').fill('value.customer.city == "Seoul" && key == "3"');
    await page.frame.getByText('does not match the first row').waitFor();
    await page.frame.locator('#filter').press('Enter');
    await page.status('2 could not be evaluated');
    expect(await page.rowsWhen(1)).toMatchObject([{ offset: '2', key: '3' }]);
  });

  it('are written elsewhere by what a file of the workspace shows of them', async () => {
    await menu('Columns').click();
    await page.frame.getByLabel('Value as').selectOption('file:schemas/order.avsc#shop.Order');
    await menu('Columns').click();
    await page.frame.locator('#filter').fill('value.customer.city == "Jeju"');
    await page.frame.locator('#filter').press('Enter');
    await expect.poll(() => page.rows()).toMatchObject([{ offset: '3' }]);
    await menu('Redrive').click();
    await page.frame.getByText('All that the filter finds in the range…').click();
    const redrive = await window.workbench.webview('redrive-page #target');
    await redrive.locator('#target').fill(`${topic}-again`);
    await redrive.locator('#target').press('Enter');
    await redrive.locator('.plan').waitFor();
    await picture(window, 'formats-redrive');
    await redrive.locator('#start').click();
    await until('the end', async () => (await redrive.locator('.state').innerText()).includes('Done: 1 of 1 written.'));
  });
});

describe('the produce page', () => {
  it('checks and encodes a message by the newest schema of a subject', async () => {
    await window.driver.eval(
      (vscode, target: object) => {
        void vscode.commands.executeCommand('kafkaDapr.produce', target);
      },
      { clusterId: 'formats', topic: `${topic}-made` },
    );
    const form = await window.workbench.webview('produce-page');
    await form.locator('#key-null').click();
    await form.locator('#key').fill('o-9');
    await form.locator('#value-format').click();
    await form.locator('#value-format vscode-option', { hasText: 'schema of the registry' }).click();
    await form.locator('#value-subject').fill('orders-value');
    await form.locator('#value').fill('{"id":"o-9","customer":{}}');
    const plan = form.locator('.plan');
    await until('the refusal', async () => (await plan.innerText()).includes('city'));
    await picture(window, 'formats-produce-refused');
    expect(await form.locator('#send').getAttribute('disabled')).not.toBeNull();
    await form.locator('#value').fill('{"id":"o-9","customer":{"city":"Jeju"}}');
    await until('the plan', async () => (await plan.innerText()).includes('Write 1 message'));
    await picture(window, 'formats-produce');
    await form.locator('#send').click();
    await form.locator('.sent').getByText('Written to').waitFor();
    await form.getByRole('button', { name: 'Show' }).click();
    await window.page.locator('.tab.active', { hasText: `${topic}-made · shop` }).waitFor();
    const made = await MessagesPage.find(window.workbench, `${topic}-made`);
    expect(await made.rowsWhen(1)).toMatchObject([{ key: 'o-9', value: '{"id":"o-9","customer":{"city":"Jeju"}}' }]);
    await made.frame.locator('record-grid .layer .row').first().dblclick();
    await made.frame.getByRole('tab', { name: 'Record' }).click();
    await made.frame.locator('detail-pane td', { hasText: 'id 7 · shop.Order · avro' }).waitFor();
    await picture(window, 'formats-produced');
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
