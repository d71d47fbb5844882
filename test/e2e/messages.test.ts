// Reading on the messages page: orders, ends, the timeline, and a topic that is made anew meanwhile.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { MessagesPage } from './messagesPage.ts';
import { openWindow, type TestWindow } from './window.ts';
import { START, weaveTopic, type WovenTopic } from './wovenTopic.ts';

const topic = `messages-${randomUUID().slice(0, 8)}`;
const bootstrap = inject('kafka').bootstrap.split(',');
const kafka = new Kafka({ brokers: bootstrap, logLevel: logLevel.NOTHING });
const group = `${topic}-readers`;
/** It starts at the newest message where nothing is committed. */
const files = {
  'components/kafka.yaml': `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: shop-pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "${bootstrap[0] ?? ''}"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "${topic}-app"
  - name: initialOffset
    value: oldest
`,
  'components/subscription.yaml': `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: shop
spec:
  pubsubname: shop-pubsub
  topic: ${topic}
  routes:
    default: /shop
`,
};
let window: TestWindow;
let page: MessagesPage;
let woven: WovenTopic;

keepEvidence(() => window);
beforeAll(async () => {
  woven = await weaveTopic(kafka, topic);
  const admin = kafka.admin();
  await admin.connect();
  await admin.setOffsets({
    groupId: group,
    topic,
    partitions: [
      { partition: 0, offset: '40' },
      { partition: 1, offset: '100' },
    ],
  });
  await admin.disconnect();
  window = await openWindow(files, { clusters: [{ profile: { id: 'messages', name: 'shop', bootstrap } }] });
  page = await MessagesPage.open(window.workbench, 'shop', topic);
});
afterAll(async () => {
  await Promise.all([window?.close(), woven?.producer.disconnect()]);
});

const produce = (partition: number, numbers: number[]) => woven.produce(partition, numbers);
const grid = () => page.frame.locator('record-grid');
const header = (name: string) => grid().getByRole('columnheader', { name });
const menu = (name: string) => page.frame.locator('page-tools vscode-button', { hasText: name });
/** The numbers of the messages in view, once they begin with this one and go on without a hole. */
const viewFrom = (first: number, step: 1 | -1 = 1) =>
  until(`messages from ${first}`, async () => {
    const numbers = (await page.rows()).map((row) => Number(row['value']?.slice(2)));
    return numbers.length > 8 && numbers.every((n, i) => n === first + i * step) ? numbers : undefined;
  });

describe('the order of the rows', () => {
  it('is that of time across partitions, each start anew', async () => {
    await page.from('earliest');
    await page.to('end');
    await page.readAll();
    await viewFrom(0);
    await page.readAll();
    await viewFrom(0);
    await picture(window, 'messages-by-time');
  });

  it('is turned around by the header of a column, with the keyboard too', async () => {
    await header('Time').getByRole('button').press('Enter');
    await viewFrom(299, -1);
    expect(await header('Time').getAttribute('aria-sort')).toBe('descending');
    await header('Offset').getByRole('button').click();
    await viewFrom(0);
    expect((await page.rows()).slice(0, 4).map((row) => `${row['partition']}:${row['offset']}`)).toEqual([
      '0:0',
      '1:0',
      '2:0',
      '0:1',
    ]);
    await picture(window, 'messages-by-offset');
  });

  it('is the one in which go to finds an offset and a time', async () => {
    await header('Time').getByRole('button').click();
    await grid().locator('.grid').press('g');
    await page.frame.getByLabel('Go to').fill('1:50');
    await page.frame.getByLabel('Go to').press('Enter');
    await viewFrom(151);
    await grid().locator('.grid').press('g');
    await page.frame.getByLabel('Go to').fill(new Date(START + 200.5 * 60_000).toISOString());
    await page.frame.getByLabel('Go to').press('Enter');
    await viewFrom(201);
    expect(await grid().locator('.row.selected').innerText()).toContain('m-201');
  });

  it('keeps what is looked at where it is while new messages come in before it', async () => {
    await header('Time').getByRole('button').click();
    await page.to('follow');
    await page.button('Start reading').click();
    await page.status('following');
    await viewFrom(299, -1);
    await grid().locator('.layer .row').first().click();
    for (let i = 0; i < 40; i++) await grid().locator('.grid').press('ArrowDown');
    await until('row 259', async () => (await grid().locator('.row.selected').innerText()).includes('m-259'));
    const before = (await page.rows()).map((row) => row['value']);
    await produce(0, [300]);
    await produce(2, [302]);
    await produce(1, [301]);
    await page.frame.locator('.pill', { hasText: '3 new ↑' }).waitFor();
    expect((await page.rows()).map((row) => row['value'])).toEqual(before);
    expect(await grid().locator('.row.selected').innerText()).toContain('m-259');
    await picture(window, 'messages-new-above');
    await page.frame.locator('.pill').click();
    await viewFrom(302, -1);
  });

  it('leaves those that are chosen the chosen ones when another comes in between', async () => {
    const chosen = async () =>
      (await grid().locator('.row.selected').allInnerTexts()).map((text) => /m-\d+/.exec(text)?.[0]);
    await produce(2, [305]);
    await until('message 305', async () => (await page.rows())[0]?.['value'] === 'm-305');
    await grid().locator('.layer .row').first().click();
    await grid()
      .locator('.layer .row')
      .nth(1)
      .click({ modifiers: ['Shift'] });
    await until('two chosen', async () => (await chosen()).join() === 'm-305,m-302');
    await produce(1, [304]);
    await until('message 304', async () => (await page.rows())[1]?.['value'] === 'm-304');
    expect(await chosen()).toEqual(['m-305', 'm-302']);
    expect(await grid().evaluate(() => String(getSelection()))).toBe('');
    await menu('Redrive').click();
    await page.frame.getByText('The chosen messages (2)…').waitFor();
    await picture(window, 'messages-chosen');
    await menu('Redrive').click();
    await page.button('Stop').click();
    await page.status('stopped');
  });
});

describe('the end of the reading', () => {
  const end = (text: string) => page.frame.getByLabel('End', { exact: true }).fill(text);
  const lines = (last: number) => [0, 1, 2].map((p) => `P${p}: offsets 0 to ${last}`);

  it('is an offset of every partition, which is not read itself', async () => {
    await page.from('earliest');
    await page.to('offset');
    await end('10');
    expect(await page.preview('Will read 30 offsets in 3 partitions')).toEqual(lines(9));
    await page.readAll();
    await page.status('scanned 30 of 30 · matched 30 · 3 partitions at their end');
    await viewFrom(29, -1);
  });

  it('is a time, of which nothing is read any more', async () => {
    await page.to('time');
    await end(new Date(START + 45 * 60_000).toISOString());
    expect(await page.preview('Will read 45 offsets in 3 partitions')).toEqual(lines(14));
    // Picked, it is local.
    const later = new Date(START + 50.5 * 60_000);
    const local = new Date(later.getTime() - later.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
    await page.frame.getByLabel('Pick the end time (local)').fill(local);
    expect(await page.frame.getByLabel('End', { exact: true }).inputValue()).toBe(local.replace('T', ' '));
    expect(await page.preview('Will read 51 offsets in 3 partitions')).toEqual(lines(16));
    await end(new Date(START + 45 * 60_000).toISOString());
    expect(await page.preview('Will read 45 offsets in 3 partitions')).toEqual(lines(14));
    await page.readAll();
    await page.status('scanned 45 of 45 · matched 45');
    await viewFrom(44, -1);
  });

  it('is a number of messages, after which there may be more', async () => {
    await page.to('count');
    await end('7');
    await page.button('Start reading').click();
    await page.status('scanned 7 · matched 7 · as many as were asked for');
    const rows = await page.rowsWhen(7);
    expect(new Set(rows.map((row) => row['value'])).size).toBe(7);
    await picture(window, 'messages-count');
    await end('0');
    await page.frame.getByText('Write how many messages, such as 100.').waitFor();
  });

  it('is told to lie before the start, and what is not there to be why nothing is read', async () => {
    await page.from('time', '-1h');
    await page.to('time');
    await end('-6h');
    await page.frame.getByText('The end is not after the start: there would be nothing to read.').waitFor();
    await page.from('earliest');
    await page.to('end');
    const partitions = page.frame.getByPlaceholder('all 3');
    await partitions.fill('9');
    await partitions.press('Enter');
    await page.button('Start reading').click();
    await page.status('nothing could be read');
    await page.frame.getByText(`${topic} has no partition 9: it has 3.`).first().waitFor();
    await page.frame.getByText('Nothing could be read. The reason stands above.').waitFor();
    await picture(window, 'messages-no-partition');
    await partitions.fill('');
    await partitions.press('Enter');
    await page.readAll();
  });
});

describe('the timeline', () => {
  const bar = () => page.frame.locator('timeline-bar');
  const marks = () => bar().locator('mark-bar button');
  const texts = () => marks().evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')));
  const app = `shop-pubsub (${topic}-app) would start here`;

  it('has a mark where a group stands and where a Dapr component would start, with what comes after it', async () => {
    const before = await bar().locator('.as-of').innerText();
    expect(before).toMatch(/^as of \d\d:\d\d:\d\d$/);
    await bar().getByRole('button', { name: 'Refresh timeline' }).press('Enter');
    await until('a later time', async () => (await bar().locator('.as-of').innerText()) > before);
    const expected = [
      `${app} · P0: offset 0, 101 would be delivered · P1: offset 0, 102 would be delivered · P2: offset 0, 102 would be delivered`,
      `Group ${group} stands here · P0: offset 40, lag 61`,
      `Group ${group} stands here · P1: offset 100, lag 2`,
    ];
    await until('the marks', async () => JSON.stringify(await texts()) === JSON.stringify(expected));
    await picture(window, 'messages-marks');
  });

  it('shows each partition in a lane of its own', async () => {
    await bar().getByRole('button', { name: 'Per partition' }).click();
    expect(await bar().locator('.lane').allInnerTexts()).toEqual(['P0', 'P1', 'P2']);
    await until('a mark in each lane', async () => (await marks().count()) === 5);
    await marks().first().focus();
    await window.page.keyboard.press('ArrowRight');
    await bar().getByText(`Group ${group} stands here · P0: offset 40, lag 61`).waitFor();
    await picture(window, 'messages-lanes');
  });

  it('reads from a mark by the keyboard', async () => {
    await page.to('end');
    await window.page.keyboard.press('Shift+Tab');
    await marks().nth(1).focus();
    await window.page.keyboard.press('Enter');
    await page.status('everything in the range was read');
    expect(await page.frame.getByLabel('Start', { exact: true }).inputValue()).toBe(group);
  });

  it('still reads a span that is drawn', async () => {
    const bars = bar().locator('svg');
    const box = (await bars.boundingBox())!;
    await window.page.mouse.move(box.x + box.width * 0.25, box.y + 30);
    await window.page.mouse.down();
    await window.page.mouse.move(box.x + box.width * 0.5, box.y + 30);
    await window.page.mouse.up();
    await page.status('everything in the range was read');
    const newest = await until('the newest of the span', async () => {
      const number = Number((await page.rows())[0]?.['value']?.slice(2));
      return number > 140 && number < 160 ? number : undefined;
    });
    await viewFrom(newest, -1);
    // By hand another end was chosen before.
    const shown = (label: string) =>
      page.frame
        .getByLabel(label)
        .first()
        .evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.label);
    expect([await shown('From'), await shown('To')]).toEqual(['time…', 'time…']);
  });

  it('is that of what is read alone, or of the whole topic again', async () => {
    const status = await page.frame.locator('.status [role=status]').first().innerText();
    const scanned = /^scanned (\d+) of/.exec(status)?.[1] ?? '';
    await bar().getByRole('button', { name: 'Only what is read' }).press('Enter');
    await bar().getByText(`at most ${scanned} messages;`).waitFor();
    const one = JSON.stringify([`Group ${group} stands here · P0: offset 40, lag 61`]);
    await until('the mark in it', async () => JSON.stringify(await texts()) === one);
    await picture(window, 'messages-timeline-of-range');
    // Another range, another timeline.
    await bar().locator('.bars').press('Home');
    await bar().locator('.bars').press('Enter');
    await until('the first span of it', async () => !(await bar().locator('.caption').innerText()).includes(scanned));
    await page.status('everything in the range was read');
    await bar().getByRole('button', { name: 'Whole topic' }).press('Enter');
    await bar().getByText('at most 305 messages;').waitFor();
    await page.from('earliest');
    await page.to('end');
    await page.readAll();
  });

  it('grows by itself while the topic is followed, and waits for who chooses a span on it', async () => {
    await page.from('latest');
    await page.to('follow');
    await page.button('Start reading').click();
    await page.status('following');
    await produce(0, [400]);
    await bar().getByText('at most 306 messages;').waitFor();
    const lag = `Group ${group} stands here · P0: offset 40, lag 62`;
    await until('the mark of what is there now', async () => (await texts()).includes(lag));
    await bar().locator('.bars').press('End');
    await bar()
      .getByText(/: at most 1 message$/)
      .waitFor();
    await produce(1, [401]);
    expect((await page.rowsWhen(2)).map((row) => row['value']).sort()).toEqual(['m-400', 'm-401']);
    await bar()
      .getByText(/: at most 1 message$/)
      .waitFor();
    await picture(window, 'messages-timeline-followed');
    await bar().locator('.bars').press('Escape');
    await bar().getByText('at most 306 messages;').waitFor();
    await grid().locator('.grid').focus();
    await bar().getByText('at most 307 messages;').waitFor();
    await page.button('Stop').click();
  });
});

/** What the record in the active editor is. */
const recordText = () =>
  window.driver.eval((vscode) => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.scheme === 'kafka-record' ? document.getText() : '';
  });

describe('a topic that is deleted and created again', () => {
  it('is told apart from the one that was read, and read from its start', async () => {
    const admin = kafka.admin();
    await admin.connect();
    await page.from('earliest');
    await page.to('follow');
    await page.button('Start reading').click();
    await page.status('following');
    await admin.deleteTopics({ topics: [topic] });
    await page.frame.getByText(`The topic ${topic} was deleted`).waitFor();
    await page.status('ended: the topic was deleted');
    await picture(window, 'messages-deleted');
    expect((await page.rows()).length).toBeGreaterThan(8);
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
    await admin.disconnect();
    await produce(1, [7]);
    await page.from('earliest');
    await page.frame.getByRole('button', { name: 'Look whether it is back' }).click();
    await page.status('following');
    expect(await page.rowsWhen(1)).toMatchObject([{ partition: '1', offset: '0', value: 'm-7' }]);
  });

  it('is noticed when it is already back, and a button reads the new one', async () => {
    await page.button('Pause').click();
    await page.status('paused');
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await until('the topic to be gone', async () => !(await admin.listTopics()).includes(topic));
    await admin.createTopics({ topics: [{ topic, numPartitions: 4 }], waitForLeaders: true });
    await admin.disconnect();
    await produce(2, [8]);
    await page.button('Resume').click();
    const again = page.frame.getByRole('button', { name: 'Read the new topic from its start' });
    await again.waitFor();
    await page.status('ended: the topic was deleted and created again');
    // The timeline is that of the new topic by itself; of the old one's positions Kafka has kept none.
    const bar = page.frame.locator('timeline-bar');
    await bar.getByText('at most 1 message;').waitFor();
    const texts = () =>
      bar.locator('mark-bar button').evaluateAll((all) => all.map((mark) => mark.getAttribute('aria-label')));
    const starts = (partition: number, count: number) =>
      `shop-pubsub (${topic}-app) would start here · P${partition}: offset 0, ${count} would be delivered`;
    const expected = [starts(0, 0), starts(1, 0), starts(2, 1), starts(3, 0)];
    await until('the marks', async () => JSON.stringify(await texts()) === JSON.stringify(expected));
    await page.frame.getByPlaceholder('all 4').waitFor();
    await picture(window, 'messages-recreated');
    expect(await page.rows()).toMatchObject([{ value: 'm-7' }]);
    await again.click();
    await page.status('following');
    await until('the new message', async () => (await page.rows()).map((row) => row['value']).join() === 'm-8');
  });

  it('is cleared away, and what comes after is read on', async () => {
    await page.button('Clear and go on from here').click();
    await page.status('scanned 0 · matched 0 · following');
    expect(await page.rows()).toEqual([]);
    await produce(0, [9]);
    expect(await page.rowsWhen(1)).toMatchObject([{ partition: '0', offset: '0', value: 'm-9' }]);
    expect(await page.frame.locator('.pill').count()).toBe(0);
    await picture(window, 'messages-cleared');
  });

  it('has its record opened as it is, not as the one that stood at its place before', async () => {
    const opened = async (value: string) => {
      await page.frame.locator('record-grid .layer .row', { hasText: value }).dblclick();
      await page.frame.locator('detail-pane').getByText('Open in editor').click();
      await until(value, async () => (await recordText()) === value);
    };
    await opened('m-9');
    const admin = kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic] });
    await until('the topic to be gone', async () => !(await admin.listTopics()).includes(topic));
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
    await admin.disconnect();
    await produce(0, [10]);
    await page.from('earliest');
    await page.button('Start reading').click();
    expect(await page.rowsWhen(1)).toMatchObject([{ partition: '0', offset: '0', value: 'm-10' }]);
    await opened('m-10');
    await picture(window, 'messages-opened-anew');
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
