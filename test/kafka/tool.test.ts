import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CODECS, openTool, type KafkaTool } from '../support/kafka/tool.ts';

// What other tests stand on: topics made by Java clients are what they claim to be.
describe('the Java tool', () => {
  let tool: KafkaTool;
  beforeAll(() => {
    tool = openTool(inject('kafka'));
  });
  afterAll(() => tool.close());

  it.each(CODECS)('writes with %s and reads back the same bytes', async (codec) => {
    const topic = `tool-${codec}`;
    await tool.create(topic, 2);
    const offsets = await tool.produce(
      topic,
      [
        {
          partition: 0,
          timestamp: 1_700_000_000_000,
          key: 'k',
          value: 'v',
          headers: [
            ['h', 'x'],
            ['h', null],
          ],
        },
        { partition: 1, timestamp: 1_700_000_000_001, key: null, value: '' },
        { partition: 0, timestamp: 1_700_000_000_002, key: '', value: { base64: '/wA=' } },
      ],
      codec,
    );
    expect(offsets).toEqual([0, 0, 1]);
    const common = { timestampType: 'create' };
    expect(await tool.dump(topic)).toEqual([
      {
        ...common,
        partition: 0,
        offset: 0,
        timestamp: 1_700_000_000_000,
        key: 'aw==',
        value: 'dg==',
        headers: [
          ['h', 'eA=='],
          ['h', null],
        ],
      },
      { ...common, partition: 0, offset: 1, timestamp: 1_700_000_000_002, key: '', value: '/wA=', headers: [] },
      { ...common, partition: 1, offset: 0, timestamp: 1_700_000_000_001, key: null, value: '', headers: [] },
    ]);
  });

  it('leaves holes when it compacts', async () => {
    await tool.run('seed', 'compacted', 'tool-compacted');
    const offsets = (await tool.dump('tool-compacted')).map((r) => r.offset);
    expect(offsets[0]).toBeGreaterThan(19); // the first two batches are overwritten
    expect(offsets.at(-1)! - offsets[0]!).toBeGreaterThan(offsets.length);
  });

  it('hides aborted records from a committed reader only', async () => {
    await tool.run('seed', 'transactions', 'tool-tx');
    const aborted = (records: { value: string | null }[]) =>
      records.filter((r) => atob(r.value ?? '').endsWith('aborted')).length;
    const all = await tool.dump('tool-tx');
    const committed = await tool.dump('tool-tx', 'committed');
    // 12 rounds: 4 of a's and 6 of b's transactions are aborted, 30 records each; 6 plain ones a round
    expect([all.length, aborted(all), committed.length, aborted(committed)]).toEqual([792, 300, 492, 0]);
  });

  it('keeps a transaction open until it is told', async () => {
    await tool.run('seed', 'open-transaction', 'tool-open');
    expect([(await tool.dump('tool-open')).length, (await tool.dump('tool-open', 'committed')).length]).toEqual([
      20, 5,
    ]);
    await tool.run('end-transaction', 'tool-open', 'abort');
    expect((await tool.dump('tool-open', 'committed')).length).toBe(10);
  });

  it('deletes records up to an offset, and all of them', async () => {
    await tool.run('seed', 'deleted', 'tool-deleted');
    const records = await tool.dump('tool-deleted');
    expect([records.length, records[0]?.partition, records[0]?.offset]).toEqual([500, 0, 500]);
  });

  it('packs 200,000 records into one batch', async () => {
    await tool.run('seed', 'huge-batch', 'tool-huge');
    expect(await tool.run('count', 'tool-huge', 'h19999')).toEqual([{ scanned: 400_000, matched: 22 }]);
  });

  it('runs members of groups of every type that the broker has', async () => {
    await tool.create('tool-groups', 3);
    await tool.run('mixed', 'tool-groups', 'none', 30);
    const member = { clientId: 'c1', topics: ['tool-groups'] };
    const everything = ['tool-groups-0', 'tool-groups-1', 'tool-groups-2'];
    expect(await tool.join({ ...member, kind: 'classic', group: 'tool-classic' })).toEqual(everything);
    const newer = (kind: 'consumer' | 'share' | 'streams') =>
      tool.join({ ...member, kind, group: `tool-${kind}` }).catch((e: Error) => e.message);
    if (inject('kafka').version.startsWith('3.')) {
      expect(await newer('share')).toContain('ClassNotFoundException');
      expect(await newer('streams')).toContain('ClassNotFoundException');
      expect(await newer('consumer')).toContain('UnsupportedVersionException');
    } else {
      expect(await newer('share')).toEqual(['tool-groups']);
      expect(await newer('streams')).toEqual(['0_0', '0_1', '0_2']); // tasks: subtopology and partition
      expect(await newer('consumer')).toEqual(everything);
    }
    await tool.leave('tool-classic');
    const committed = await tool.run('offsets', 'tool-classic');
    expect(committed).toEqual([{ 'tool-groups-0': 10, 'tool-groups-1': 10, 'tool-groups-2': 10 }]);
  });
});
