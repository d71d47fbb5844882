import { describe, expect, it } from 'vitest';
import { ChangeRefused, createGate, type ChangePreview, type Gate } from '../../src/core/kafka/changes/gate.ts';
import { produce, type NewMessage } from '../../src/core/kafka/changes/produce.ts';
import { writableCodecs } from '../../src/core/kafka/records/codecs/compress.ts';
import { tail } from '../../src/core/scan/tail.ts';
import { openCluster } from '../support/kafka/openCluster.ts';

const { client, tool } = await openCluster();

const yes: Gate = { check: () => undefined, pass: () => Promise.resolve() };
const MESSAGE: NewMessage = {
  key: Buffer.from('k'),
  value: Buffer.from('v'),
  headers: [],
  partition: null,
  codec: 'none',
  timestamp: null,
};
const send = (topic: string, message: Partial<NewMessage>, gate = yes) =>
  produce(client, { topic, cluster: 'local' }, { ...MESSAGE, ...message }, gate);

async function ours(topic: string): Promise<unknown[]> {
  const lines: unknown[] = [];
  const committed = () => Promise.resolve(new Map<number, number>());
  const request = {
    topic,
    from: { kind: 'earliest' },
    to: { kind: 'end' },
    isolation: 'read_uncommitted',
    encoding: 'base64',
    committed,
  } as const;
  for await (const line of tail(client.connection, request, new AbortController().signal)) lines.push(line);
  return lines;
}

describe('a message', () => {
  it.each(writableCodecs())('with %s: the Java consumer and our reader get exactly its bytes', async (codec) => {
    const topic = `produce-${codec}`;
    await tool.create(topic, 2);
    const headers: NewMessage['headers'] = [
      ['b', Buffer.from('first')],
      ['a', null],
      ['b', Buffer.from([0xff, 0x00])],
      ['', Buffer.alloc(0)],
      ['größe', Buffer.from('x')],
    ];
    const contents: Partial<NewMessage>[] = [
      { key: Buffer.from([0xfe, 1]), value: Buffer.from('{"n":1}'), headers, timestamp: 1_790_000_000_000 },
      { key: null, value: null, timestamp: 5 },
      { key: Buffer.alloc(0), value: Buffer.alloc(0), timestamp: 0 },
      { key: Buffer.from('big'), value: Buffer.alloc(300_000, 'ab'), timestamp: 6 },
    ];
    const written = [];
    for (const content of contents) written.push(await send(topic, { ...content, partition: 1, codec }));
    expect(written).toEqual(contents.map(({ timestamp }, offset) => ({ partition: 1, offset, timestamp })));
    const base64 = (bytes: Buffer | null | undefined) => bytes?.toString('base64') ?? null;
    const expected = contents.map((content, offset) => ({
      partition: 1,
      offset,
      timestamp: content.timestamp,
      timestampType: 'create',
      key: base64(content.key),
      value: base64(content.value),
      headers: (content.headers ?? []).map(([name, value]) => [name, base64(value)]),
    }));
    expect(await tool.dump(topic)).toEqual(expected);
    expect(await ours(topic)).toEqual(expected.map((record) => ({ topic, ...record })));
  });

  it('goes where the Java producer sends the same key', async () => {
    const keys = Array.from({ length: 40 }, (_, i) => `key ${i} ${'x'.repeat(i % 7)}`);
    await tool.create('produce-keys', 7);
    await tool.create('produce-keys-java', 7);
    await tool.produce(
      'produce-keys-java',
      keys.map((key) => ({ key, value: '' })),
    );
    for (const key of keys) await send('produce-keys', { key: Buffer.from(key) });
    const places = async (topic: string) =>
      Object.fromEntries((await tool.dump(topic)).map(({ key, partition }) => [key, partition]));
    expect(await places('produce-keys')).toEqual(await places('produce-keys-java'));
  });

  it('without a key or a chosen partition goes to one that has a leader', async () => {
    await tool.create('produce-any', 3);
    const { partition, offset } = await send('produce-any', { key: null });
    expect((await tool.dump('produce-any')).map((r) => [r.partition, r.offset])).toEqual([[partition, offset]]);
  });

  it('tells the time that the broker stamped', async () => {
    await tool.create('produce-append', 1, { 'message.timestamp.type': 'LogAppendTime' });
    const { timestamp } = await send('produce-append', { timestamp: 5 });
    expect((await tool.dump('produce-append'))[0]?.timestamp).toBe(timestamp);
    expect(timestamp).toBeGreaterThan(5);
  });
});

describe('a refusal', () => {
  it('of a read-only connection: nothing is written', async () => {
    await tool.create('produce-readonly', 1);
    const asked: ChangePreview[] = [];
    const confirm = (preview: ChangePreview) => Promise.resolve(asked.push(preview) > 0);
    const gate = createGate({ name: 'shop', mode: 'read-only' }, confirm);
    await expect(send('produce-readonly', {}, gate)).rejects.toThrow(
      'shop is saved as read-only: nothing can be changed. Edit the connection to allow it.',
    );
    expect(asked).toEqual([]);
    expect(await tool.dump('produce-readonly')).toEqual([]);
  });

  it('of the person on a production cluster, who is asked for the topic’s name', async () => {
    const asked: [ChangePreview, string | null][] = [];
    const gate = createGate({ name: 'shop', mode: 'production' }, (preview, typed) => {
      asked.push([preview, typed]);
      return Promise.resolve(false);
    });
    const refused = await send('produce-readonly', { headers: [['h', null]] }, gate).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ChangeRefused);
    expect(asked).toEqual([
      [
        {
          title: 'Write 1 message to produce-readonly on local',
          items: [
            'partition 0, which Kafka’s default partitioner chooses for this key (of 1 partition)',
            'key: k (1 B)',
            'value: v (1 B)',
            'header h: none (null)',
            'not compressed',
            'timestamp: the time of sending',
            'counts as written when all replicas in sync have it (acks=all)',
          ],
          subject: 'produce-readonly',
        },
        'produce-readonly',
      ],
    ]);
    expect(await tool.dump('produce-readonly')).toEqual([]);
  });

  it('of the broker: too large, no key on a compacted topic', async () => {
    await tool.create('produce-strict', 1, {
      'max.message.bytes': '2000',
      'cleanup.policy': 'compact',
    });
    await expect(send('produce-strict', { value: Buffer.alloc(3000) })).rejects.toThrow(
      'P0 did not take the message: The message is larger than the broker accepts (max.message.bytes).',
    );
    await expect(send('produce-strict', { key: null })).rejects.toThrow('does not fit the topic');
    expect(await tool.dump('produce-strict')).toEqual([]);
  });

  it('of a partition or topic that is not there', async () => {
    await expect(send('produce-readonly', { partition: 3 })).rejects.toThrow('has no partition 3; it has 1.');
    await expect(send('produce-nowhere', {})).rejects.toThrow('Topic produce-nowhere does not exist.');
  });
});
