// Payloads that try to be more than text: markup, terminal codes, direction overrides, endless lines, bottomless JSON.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type IHeaders } from 'kafkajs';

/** What a payload runs where somebody takes it for markup. */
export const MARK = 'hostilePayloadRan';
const RUN = `globalThis.${MARK}=1;top.${MARK}=1`;
export const IMAGE = `<img src=x onerror="${RUN}">`;
export const SCRIPT = `</script></textarea></title><script>${RUN}</script>`;
const LINK = `[a](command:workbench.action.quit) javascript:${RUN}`;
export const BIDI = 'invoice\u202egnp.exe\u2066\u200f';
export const ANSI = '\u001b[31mred\u001b[0m \u001b]0;title\u001b\\ \u009b2J';
export const NUL = 'before\u0000after';
export const LONG = 10 * 1024 * 1024;

export interface HostileRecord {
  name: string;
  key: string | Buffer;
  value: string | Buffer;
  headers: IHeaders;
}

const nested = (levels: number) => `${'['.repeat(levels)}"bottom"${']'.repeat(levels)}`;

/** One of each; offset = index. */
export const HOSTILE: readonly HostileRecord[] = [
  { name: 'an image', key: IMAGE, value: IMAGE, headers: { [IMAGE]: IMAGE } },
  { name: 'a script', key: SCRIPT, value: SCRIPT, headers: { [SCRIPT]: SCRIPT } },
  { name: 'markup in JSON', key: '{"a":1}', value: JSON.stringify({ [IMAGE]: SCRIPT, link: LINK }), headers: {} },
  { name: 'bidi', key: BIDI, value: BIDI, headers: { [BIDI]: BIDI } },
  { name: 'bidi in JSON', key: 'k', value: JSON.stringify({ [BIDI]: BIDI }), headers: {} },
  { name: 'ANSI codes', key: ANSI, value: ANSI, headers: { [ANSI]: ANSI } },
  { name: 'NUL', key: NUL, value: NUL, headers: { [NUL]: NUL } },
  { name: 'an escaped lone surrogate', key: '"\\ud83d"', value: '{"\\udc00":"x\\ud83dy"}', headers: {} },
  {
    name: 'the bytes of a lone surrogate',
    key: Buffer.from('61eda0bd62', 'hex'),
    value: Buffer.from('61eda0bd62', 'hex'),
    headers: { surrogate: Buffer.from('61eda0bd62', 'hex') },
  },
  { name: 'a prototype', key: 'k', value: '{"__proto__":{"x":1},"constructor":{"prototype":null}}', headers: {} },
  { name: '1,000 levels', key: nested(1000), value: nested(1000), headers: { deep: nested(1000) } },
  { name: '100,000 levels', key: 'k', value: nested(100_000), headers: {} },
  { name: 'a string of 1 MB in JSON', key: 'k', value: JSON.stringify({ s: 'y'.repeat(1_000_000) }), headers: {} },
  { name: '10 MB of one line', key: 'k', value: Buffer.alloc(LONG, 'x'), headers: { big: 'h'.repeat(100_000) } },
];

/** A topic of {@link HOSTILE} in one partition, and a group of it whose own name and whose member's name are hostile. */
export interface HostileTopic {
  topic: string;
  group: string;
  clientId: string;
  close(): Promise<void>;
}

export async function produceHostile(bootstrap: string): Promise<HostileTopic> {
  const topic = `hostile-${randomUUID().slice(0, 8)}`;
  const kafka = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
  const [admin, producer] = [kafka.admin(), kafka.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  const configEntries = [{ name: 'max.message.bytes', value: String(2 * LONG) }];
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: true });
  for (const { key, value, headers } of HOSTILE) await producer.send({ topic, messages: [{ key, value, headers }] });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
  const group = `${topic}${IMAGE}${BIDI}`;
  const clientId = `${SCRIPT}${BIDI}`;
  const reader = new Kafka({ clientId, brokers: bootstrap.split(','), logLevel: logLevel.NOTHING });
  const consumer = reader.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({ eachMessage: () => Promise.resolve() });
  await joined;
  return { topic, group, clientId, close: () => consumer.disconnect() };
}
