import { CODECS, type KafkaTool, type NewRecord } from '../test/support/kafka/tool.ts';
import { DELETED_FROM_P1, ORDERS, ordersByCodec } from './orders.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Everything that lies in the demo's topics, up to `now` (ms). */
export async function fillTopics(tool: KafkaTool, now: number): Promise<void> {
  await fillOrders(tool, now);
  await fillPayments(tool, now);
  await fillCustomers(tool, now);
  await fillAudit(tool, now);
  await fillInvoices(tool, now);
  await tool.create('returns', 2); // stays empty
  await fillSmallTopics(tool, now);
}

async function fillOrders(tool: KafkaTool, now: number): Promise<void> {
  await tool.create('orders', ORDERS.length, { 'retention.ms': '-1' });
  for (const { codec, records } of ordersByCodec(now)) await tool.produce('orders', records, codec);
  await tool.run('delete-records', 'orders', 1, DELETED_FROM_P1);
}

/** 1,200 of one partition: JSON, now and then something else, and a tombstone for each payment that was taken back. */
export const PAYMENTS = 1_200;

async function fillPayments(tool: KafkaTool, now: number): Promise<void> {
  await tool.create('payments', 1, { 'retention.ms': String(7 * DAY) });
  const payment = (i: number): NewRecord => {
    const common = { partition: 0, timestamp: now - (PAYMENTS - i) * 4 * MINUTE, key: `p-${i}` };
    if (i % 37 === 36) return { ...common, value: null };
    if (i % 101 === 100) return { ...common, value: `PAID;p-${i};12.50;EUR` };
    if (i % 211 === 210)
      return { ...common, value: { base64: Buffer.from([0xff, 0xfe, i % 256, 0]).toString('base64') } };
    const value = {
      id: `p-${i}`,
      order: `o-${i * 3}`,
      amount: ((i * 977) % 20_000) / 100,
      method: i % 3 ? 'card' : 'invoice',
    };
    return { ...common, value: JSON.stringify(value), headers: [['content-type', 'application/json']] };
  };
  await tool.produce(
    'payments',
    Array.from({ length: PAYMENTS }, (_, i) => payment(i)),
    'zstd',
  );
}

/** Compacted: what remains is the newest of each customer, and those who left are gone. */
async function fillCustomers(tool: KafkaTool, now: number): Promise<void> {
  const quick = { 'segment.ms': '500', 'min.cleanable.dirty.ratio': '0.01', 'max.compaction.lag.ms': '1' };
  await tool.create('customers', 1, { 'cleanup.policy': 'compact', 'delete.retention.ms': '1000', ...quick });
  const cities = ['Seoul', 'Köln', 'Reykjavík', 'São Paulo', '東京'];
  const version = (i: number): NewRecord => ({
    timestamp: now - (500 - i) * 10 * MINUTE,
    key: `c-${(i * 17) % 100}`,
    value:
      i > 450 && i % 10 === 0
        ? null
        : JSON.stringify({ id: `c-${(i * 17) % 100}`, city: cities[i % cities.length], orders: i, vip: i % 9 === 0 }),
  });
  await tool.produce(
    'customers',
    Array.from({ length: 500 }, (_, i) => version(i)),
  );
}

async function fillAudit(tool: KafkaTool, now: number): Promise<void> {
  await tool.create('audit', 1);
  const entries = (transaction: number): NewRecord[] =>
    ['opened', 'checked', 'booked'].map((step, i) => ({
      timestamp: now - (8 - transaction) * 30 * MINUTE + i * 1_000,
      key: `t-${transaction}`,
      value: JSON.stringify({ transaction: `t-${transaction}`, step, by: 'ledger' }),
    }));
  for (let transaction = 1; transaction <= 6; transaction++)
    await tool.run(
      ...(['transact', 'audit', 'ledger', transaction === 4 ? 'abort' : 'commit'] as const),
      JSON.stringify(entries(transaction)),
    );
}

/** The oldest are deleted, some of them before `legacy` has read them. */
const INVOICES = { count: 430, logStart: 310 };

async function fillInvoices(tool: KafkaTool, now: number): Promise<void> {
  await tool.create('invoices', 1);
  const invoice = (i: number): NewRecord => ({
    timestamp: now - (INVOICES.count - i) * 20 * MINUTE,
    key: `i-${i}`,
    value: JSON.stringify({
      id: `i-${i}`,
      total: ((i * 331) % 9_000) / 10,
      due: new Date(now + i * MINUTE).toISOString(),
    }),
  });
  await tool.produce(
    'invoices',
    Array.from({ length: INVOICES.count }, (_, i) => invoice(i)),
    'gzip',
  );
  await tool.run('delete-records', 'invoices', 0, INVOICES.logStart);
}

const AREAS = ['billing', 'cart', 'catalog', 'delivery', 'identity', 'inventory', 'mail', 'pricing', 'search', 'web'];
const EVENTS = ['created', 'changed', 'deleted', 'requested', 'failed', 'dead-letter'];

/** 60 topics such as `cart.changed`, with a few records each. */
async function fillSmallTopics(tool: KafkaTool, now: number): Promise<void> {
  const names = AREAS.flatMap((area) => EVENTS.map((event) => `${area}.${event}`));
  await tool.run('create-each', 1, ...names);
  const records = names.flatMap((topic, t) =>
    Array.from({ length: 1 + (t % 7) }, (_, i): NewRecord => ({
      topic,
      timestamp: now - (t + i) * 17 * MINUTE,
      key: `${topic}-${i}`,
      value: JSON.stringify({ event: topic, sequence: i }),
    })),
  );
  for (const [i, codec] of CODECS.entries())
    await tool.produce(
      '',
      records.filter((_, at) => at % CODECS.length === i),
      codec,
    );
}
