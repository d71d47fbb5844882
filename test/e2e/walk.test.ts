// One walk through the product, as a person takes it the first time: add a cluster, look at its tree, read a topic,
// repair a component file. Every step starts where the one before it ended.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { until } from '../support/vscode/until.ts';
import { repairComponent, STOPPING_COMPONENT } from './componentFile.ts';
import { MessagesPage } from './messagesPage.ts';
import { seed, type Groups, type Seeded } from './seed.ts';
import { keepEvidence } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

let window: TestWindow;
let data: Seeded;

keepEvidence(() => window);
beforeAll(async () => {
  [window, data] = await Promise.all([
    openWindow({ 'components/pubsub.yaml': STOPPING_COMPONENT, 'compose.yaml': 'services: {}\n' }),
    seed(inject('kafka').bootstrap),
  ]);
});
afterAll(async () => {
  await Promise.all([window?.close(), data?.close()]);
});

const clusters = () => window.workbench.view('Clusters');
const label = async (prefix: string) =>
  (await window.workbench.row(clusters(), prefix).getAttribute('aria-label', { timeout: 30_000 })) ?? '';

describe('the tree', () => {
  it('offers to add a cluster, asks for its address and shows it', async () => {
    const { workbench, page } = window;
    await workbench.openSideBar('Kafka & Dapr');
    await page.getByRole('button', { name: 'Add a cluster' }).click();
    await workbench.answer('Bootstrap brokers', inject('kafka').bootstrap);
    await workbench.answer('Name shown in the tree', 'walk cluster');
    await workbench.expand(clusters(), 'walk cluster');
    await until('the connection', async () => (await label('walk cluster')).includes('broker'));
    expect(await label('walk cluster')).toContain('1 broker · PLAINTEXT');
  });

  it('shows topics with their partitions and offsets', async () => {
    const { workbench } = window;
    // The broker may hold topics of other tests: the tree draws only what fits.
    await workbench.command('Filter Topics and Groups');
    await workbench.answer('Filter topics and groups', data.id);
    await workbench.expand(clusters(), 'Topics');
    await workbench.expand(clusters(), data.topic);
    await until('the counts', async () => /messages · .*group/.test(await label(data.topic)));
    expect(await label(data.topic)).toContain('3 partitions · 7 messages · 1 group');
    await until('the size on disk', async () => /1 group · \d+ B$/.test(await label(data.topic)));
    await workbench.expand(clusters(), 'Partitions');
    const partitions = await Promise.all([0, 1, 2].map((p) => label(`Partition ${p}`)));
    expect(partitions[0]).toMatch(/0 … 3, next 4\b/);
    expect(partitions[1]).toMatch(/0 … 2, next 3\b/);
    expect(partitions[2]).toMatch(/empty/);
  });

  it('shows where a group stands, and that it never committed', async () => {
    const { workbench } = window;
    await workbench.expand(clusters(), 'Consumer groups');
    await until('the position', async () => (await label(data.group)).includes('lag'));
    expect(await label(data.group)).toContain('nobody reading · lag 4 · P2 never committed');
  });
});

describe('the messages page', () => {
  let page: MessagesPage;
  let before: Groups;

  it('opens from the tree and shows every record of the topic, partition by partition', async () => {
    before = await data.groups();
    const row = window.workbench.row(clusters(), data.topic);
    const clicked = performance.now();
    await window.workbench.press(row, /Tail Messages/, window.page.locator('.tab', { hasText: data.topic }));
    page = await MessagesPage.find(window.workbench);
    console.log(`the page stood ${Math.round(performance.now() - clicked)} ms after the click`);
    await page.from('earliest');
    await page.to('end');
    const asked = performance.now();
    await page.readAll();
    const rows = await page.rowsWhen(7);
    console.log(`first rows ${Math.round(performance.now() - asked)} ms after Start`);
    expect(rows.filter((row) => row.partition === '0')).toMatchObject([
      { offset: '0', key: 'o-0', value: '{"id":"o-0","amount":0}', headers: 'trace=t-0' },
      { offset: '1', key: 'o-1', value: '{"id":"o-1","amount":10}', headers: 'trace=t-1' },
      { offset: '2', key: 'o-2', value: '{"id":"o-2","amount":20}', headers: 'trace=t-2' },
      { offset: '3', key: 'o-3', value: '{"id":"o-3","amount":30}', headers: 'trace=t-3' },
    ]);
    expect(rows.filter((row) => row.partition === '1')).toMatchObject([
      { offset: '0', key: 'o-4', value: '{"id":"o-4","amount":40}' },
      { offset: '1', key: 'o-5', value: '{"id":"o-5","amount":50}' },
      { offset: '2', key: 'o-4', value: '⌫ tombstone' },
    ]);
  });

  it('gives the same rows when it is started again', async () => {
    const rows = await page.rows();
    await page.readAll();
    expect(await page.rowsWhen(7)).toEqual(rows);
  });

  it('tells the offsets it would read, then starts at the offset that is typed in', async () => {
    await page.from('offset', '2');
    expect(await page.preview('Will read 3 offsets in 3 partitions')).toEqual([
      'P0: offsets 2 to 3',
      'P1: offset 2',
      'P2: nothing from offset 0 on yet',
    ]);
    await page.readAll();
    expect((await page.rowsWhen(3)).map(({ partition, offset }) => `${partition}:${offset}`).sort()).toEqual([
      '0:2',
      '0:3',
      '1:2',
    ]);
  });

  it('follows: a record that is produced now appears, until Stop', async () => {
    await page.from('latest');
    await page.to('follow');
    await page.button('Start reading').click();
    await page.status('following');
    await data.append('fresh', 'hello');
    expect(await page.rowsWhen(1)).toMatchObject([{ partition: '0', offset: '4', key: 'fresh', value: 'hello' }]);
    await page.button('Stop').click();
    await page.status('stopped');
  });

  it('counts the new record in the timeline by itself', async () => {
    await page.frame.locator('timeline-bar').getByText('at most 8 messages;').waitFor();
  });

  it('created no group and committed nothing', async () => {
    expect(await data.disturbed(before)).toEqual([]);
  });
});

describe('a component file', () => {
  it('is marked where daprd would stop, and repaired by the keyboard', async () => {
    const row = window.page.getByRole('treeitem').filter({ hasText: /daprd does not start|starts at oldest/ });
    const icon = (name: string) => row.locator(`.codicon-${name}`);
    await icon('error').waitFor();
    await repairComponent(window);
    await icon('pass').waitFor();
  });
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
