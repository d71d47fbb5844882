import type { Codec, NewRecord } from '../test/support/kafka/tool.ts';

/** Records of each partition of `orders`. The first ones of P1 are deleted afterwards: {@link DELETED_FROM_P1}. */
export const ORDERS = [4_120, 4_467, 4_253] as const;
export const DELETED_FROM_P1 = 310;
/** Where `orders-api` stands on P2; it never committed on the others. */
export const ORDERS_API_ON_P2 = 2_100;
/** On P2: no JSON object, so a Dapr subscriber stops here. */
const NOT_AN_OBJECT = 3_252;

const HOUR = 3_600_000;
const SPAN_HOURS = 6 * 24;

/** The whole topic in five parts of time, each with another codec. */
export function ordersByCodec(now: number): { codec: Codec; records: NewRecord[] }[] {
  const codecs: Codec[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
  return codecs.map((codec, part) => ({
    codec,
    records: ORDERS.flatMap((count, partition) => {
      const from = Math.floor((count * part) / codecs.length);
      const to = Math.floor((count * (part + 1)) / codecs.length);
      return Array.from({ length: to - from }, (_, i) => order(partition, from + i, now));
    }),
  }));
}

function order(partition: number, offset: number, now: number): NewRecord {
  const number = offset * ORDERS.length + partition;
  const id = `o-${number}`;
  const timestamp = timeOf(offset / (ORDERS[partition] ?? 1), now);
  const common = { partition, timestamp, key: id };
  if (partition === 2 && offset === NOT_AN_OBJECT) return { ...common, value: '"cancelled by phone"' };
  if (partition === 1 && offset === ORDERS[1] - 1) return { ...common, value: null };
  const data = {
    id,
    amount: ((number * 7_919) % 30_000) / 100 + 5,
    currency: 'EUR',
    customer: `c-${(number * 31) % 100}`,
    items: 1 + (number % 4),
  };
  // Plain JSON came from a client that does not use Dapr; orders-api has read its share of that on P2 long ago.
  const isPlain = number % 5 === 0 && (partition !== 2 || offset < ORDERS_API_ON_P2);
  if (isPlain) return { ...common, value: JSON.stringify(data), headers: [['source', 'legacy-shop']] };
  const traceparent = `00-${hex(number, 32)}-${hex(number, 16)}-01`;
  const event = {
    specversion: '1.0',
    id: `e-${number}`,
    source: 'shop',
    type: typeOf(partition, offset),
    datacontenttype: 'application/json',
    time: new Date(timestamp).toISOString(),
    ...expiration(partition, offset, timestamp),
    traceparent,
    data,
  };
  return {
    ...common,
    value: JSON.stringify(event),
    headers: [
      ['traceparent', traceparent],
      ['content-type', 'application/cloudevents+json'],
    ],
  };
}

/** Of what orders-api has not read before the blocking record: 41 of a type that no rule of its subscription takes … */
const typeOf = (partition: number, offset: number): string =>
  isUnreadStep(partition, offset, 28) && offset < ORDERS_API_ON_P2 + 41 * 28
    ? 'com.shop.order.noted'
    : 'com.shop.order.placed';

/** … and 9 that were published with a time to live, which is over. */
const expiration = (partition: number, offset: number, timestamp: number): { expiration?: string } =>
  isUnreadStep(partition, offset - 3, 120) && offset < ORDERS_API_ON_P2 + 3 + 9 * 120
    ? { expiration: new Date(timestamp + HOUR).toISOString() }
    : {};

const isUnreadStep = (partition: number, offset: number, step: number): boolean =>
  partition === 2 && offset >= ORDERS_API_ON_P2 && offset < NOT_AN_OBJECT && (offset - ORDERS_API_ON_P2) % step === 0;

/** Where a share (0…1) of the orders is reached: six days that end some hours ago, with more to do by day than by night. */
function timeOf(share: number, now: number): number {
  const hours = share * SPAN_HOURS;
  const wave = 3.4 * Math.sin((2 * Math.PI * hours) / 24); // moves an order by up to 3.4 hours, never past another
  return Math.round(now - 2 * HOUR - (SPAN_HOURS - hours - wave) * HOUR);
}

const hex = (number: number, digits: number): string =>
  ((number + 1) * 2_654_435_761).toString(16).padStart(digits, '0');
