import { describe, expect, it } from 'vitest';
import type { WireMessage } from '../transport/connection.ts';
import { MalformedBytes, Reader, Writer } from './bytes.ts';
import { alterShareGroupOffsetsMessage } from './alterShareGroupOffsets.ts';
import { consumerGroupDescribe } from './consumerGroupDescribe.ts';
import { deleteShareGroupOffsetsMessage } from './deleteShareGroupOffsets.ts';
import { decodeAssignment, describeGroups } from './describeGroups.ts';
import { describeShareGroupOffsets } from './describeShareGroupOffsets.ts';
import { listGroups } from './listGroups.ts';
import { offsetFetch, offsetFetchOne } from './offsetFetch.ts';
import { shareGroupDescribe } from './shareGroupDescribe.ts';
import { streamsGroupDescribe } from './streamsGroupDescribe.ts';

const ID = '0123456789abcdef0123456789abcdef';
const int32s = (w: Writer, numbers: readonly number[]) => w.array(numbers, (n, x) => x.int32(n));
const strings = (w: Writer, texts: readonly string[]) => w.array(texts, (t, x) => x.string(t));

/** The bytes of a request in one version, as hex. */
function request<Q>(message: WireMessage<Q, unknown>, version: number, body: Q): string {
  const writer = new Writer(version >= message.flexibleFrom);
  message.encode(writer, version, body);
  return writer.finish().toString('hex');
}

/** Decodes what `write` wrote, wants every byte used, and an error at every cut. */
function answer<A>(message: WireMessage<never, A>, version: number, write: (w: Writer) => unknown): A {
  const flexible = version >= message.flexibleFrom;
  const writer = new Writer(flexible);
  write(writer);
  const bytes = writer.finish();
  for (let cut = 0; cut < bytes.length; cut++) {
    expect(() => message.decode(new Reader(bytes, 0, cut, flexible), version), `cut at ${cut}`).toThrow(MalformedBytes);
  }
  const reader = new Reader(bytes, 0, undefined, flexible);
  const decoded = message.decode(reader, version);
  expect(reader.remaining()).toBe(0);
  return decoded;
}

describe('requests, byte for byte', () => {
  it.each([
    ['ListGroups 2', request(listGroups, 2, {}), ''],
    ['ListGroups 5', request(listGroups, 5, {}), '01' + '01' + '00'],
    ['DescribeGroups 4', request(describeGroups, 4, { groups: ['g'] }), '00000001' + '000167' + '00'],
    ['DescribeGroups 6', request(describeGroups, 6, { groups: ['g'] }), '02' + '0267' + '00' + '00'],
    ['ConsumerGroupDescribe 1', request(consumerGroupDescribe, 1, { groups: ['g'] }), '02' + '0267' + '00' + '00'],
    ['ShareGroupDescribe 1', request(shareGroupDescribe, 1, { groups: ['g'] }), '02' + '0267' + '00' + '00'],
    ['StreamsGroupDescribe 0', request(streamsGroupDescribe, 0, { groups: ['g'] }), '02' + '0267' + '00' + '00'],
    [
      'DescribeShareGroupOffsets 1',
      request(describeShareGroupOffsets, 1, { groups: ['g'] }),
      '02' + '0267' + '00' + '00' + '00',
    ],
    [
      'AlterShareGroupOffsets 0',
      request(alterShareGroupOffsetsMessage, 0, {
        group: 'g',
        topics: [{ topic: 't', partitions: [{ partition: 7, offset: 40 }] }],
      }),
      '0267' + '02' + '0274' + '02' + '00000007' + '0000000000000028' + '00' + '00' + '00',
    ],
    [
      'DeleteShareGroupOffsets 0',
      request(deleteShareGroupOffsetsMessage, 0, { group: 'g', topics: ['t'] }),
      '0267' + '02' + '0274' + '00' + '00',
    ],
    ['OffsetFetch 8', request(offsetFetch, 8, { groups: ['g'] }), '02' + '0267' + '00' + '00' + '00' + '00'],
    [
      'OffsetFetch 9',
      request(offsetFetch, 9, { groups: ['g'] }),
      '02' + '0267' + '00' + 'ffffffff' + '00' + '00' + '00' + '00',
    ],
    ['OffsetFetch 5', request(offsetFetchOne, 5, { group: 'g' }), '000167' + 'ffffffff'],
    ['OffsetFetch 7', request(offsetFetchOne, 7, { group: 'g' }), '0267' + '00' + '00' + '00'],
  ])('%s', (_name, written, expected) => {
    expect(written).toBe(expected);
  });
});

describe('answers', () => {
  it.each([1, 3, 4, 5])('ListGroups %i', (version) => {
    const { groups } = answer(listGroups, version, (w) => {
      w.int32(0)
        .int16(0)
        .array(['g'], (g, x) => {
          x.string(g).string('consumer');
          if (version >= 4) x.string('Stable');
          if (version >= 5) x.string('Classic');
          x.tags();
        });
      w.tags();
    });
    expect(groups).toEqual([
      {
        group: 'g',
        protocolType: 'consumer',
        state: version >= 4 ? 'Stable' : '',
        type: version >= 5 ? 'Classic' : '',
      },
    ]);
  });

  it.each([1, 4, 5, 6])('DescribeGroups %i', (version) => {
    const assignment = new Writer()
      .int16(1)
      .array(['t'], (t, x) => int32s(x.string(t), [2, 0]))
      .bytes(null)
      .finish();
    const { groups } = answer(describeGroups, version, (w) => {
      w.int32(0).array(['g'], (g, x) => {
        x.int16(0);
        if (version >= 6) x.string(null);
        x.string(g).string('Stable').string('consumer').string('range');
        x.array(['m'], (m, y) => {
          y.string(m);
          if (version >= 4) y.string('i');
          y.string('client').string('/1.2.3.4').bytes(Buffer.from('meta')).bytes(assignment).tags();
        });
        if (version >= 3) x.int32(0);
        x.tags();
      });
      w.tags();
    });
    expect(groups[0]).toMatchObject({ group: 'g', state: 'Stable', protocol: 'range' });
    const [member] = groups[0]?.members ?? [];
    expect(member).toMatchObject({
      memberId: 'm',
      instanceId: version >= 4 ? 'i' : null,
      clientId: 'client',
      host: '/1.2.3.4',
    });
    expect(decodeAssignment(member!.assignment)).toEqual([{ topic: 't', partitions: [2, 0] }]);
  });

  it('an empty assignment is none', () => {
    expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
  });

  const topicPartitions = (w: Writer) => w.array(['t'], (t, x) => int32s(x.uuid(ID).string(t), [0, 1]).tags());

  it.each([0, 1])('ConsumerGroupDescribe %i', (version) => {
    const { groups } = answer(consumerGroupDescribe, version, (w) => {
      w.int32(0).array(['g'], (g, x) => {
        x.int16(0).string(null).string(g).string('Reconciling').int32(4).int32(3).string('uniform');
        x.array(['m'], (m, y) => {
          y.string(m).string(null).string('rack').int32(3).string('client').string('/h');
          strings(y, ['t']).string(null);
          topicPartitions(y).tags();
          y.array([], () => undefined).tags();
          if (version >= 1) y.int8(1);
          y.tags();
        });
        x.int32(0).tags();
      });
      w.tags();
    });
    expect(groups).toEqual([
      {
        errorCode: 0,
        errorMessage: null,
        group: 'g',
        state: 'Reconciling',
        assignor: 'uniform',
        members: [
          {
            memberId: 'm',
            instanceId: null,
            clientId: 'client',
            host: '/h',
            assignment: [{ topic: 't', partitions: [0, 1] }],
          },
        ],
      },
    ]);
  });

  it('ShareGroupDescribe 1', () => {
    const { groups } = answer(shareGroupDescribe, 1, (w) => {
      w.int32(0).array(['g'], (g, x) => {
        x.int16(0).string(null).string(g).string('Stable').int32(1).int32(1).string('simple');
        x.array(['m'], (m, y) => {
          strings(y.string(m).string(null).int32(1).string('client').string('/h'), ['t']);
          topicPartitions(y).tags().tags();
        });
        x.int32(0).tags();
      });
      w.tags();
    });
    expect(groups[0]?.members).toEqual([
      { memberId: 'm', clientId: 'client', host: '/h', assignment: [{ topic: 't', partitions: [0, 1] }] },
    ]);
  });

  it.each([0, 1])('DescribeShareGroupOffsets %i', (version) => {
    const { groups } = answer(describeShareGroupOffsets, version, (w) => {
      w.int32(0).array(['g'], (g, x) => {
        x.string(g).array(['t'], (t, y) => {
          y.string(t)
            .uuid(ID)
            .array([7], (p, z) => {
              z.int32(p).int64(40).int32(0);
              if (version >= 1) z.int64(5);
              z.int16(0).string(null).tags();
            });
          y.tags();
        });
        x.int16(0).string(null).tags();
      });
      w.tags();
    });
    expect(groups[0]?.topics).toEqual([
      {
        topic: 't',
        partitions: [{ partition: 7, startOffset: 40, lag: version >= 1 ? 5 : -1, errorCode: 0, errorMessage: null }],
      },
    ]);
  });

  it('AlterShareGroupOffsets 0', () => {
    const partition = (p: number, x: Writer) => x.int32(p).int16(p).string(null).tags();
    expect(
      answer(alterShareGroupOffsetsMessage, 0, (w) => {
        w.int32(0).int16(0).string(null);
        w.array(['t'], (t, x) => x.string(t).uuid(ID).array([0, 3], partition).tags()).tags();
      }),
    ).toEqual({
      errorCode: 0,
      topics: [
        {
          topic: 't',
          partitions: [
            { partition: 0, errorCode: 0 },
            { partition: 3, errorCode: 3 },
          ],
        },
      ],
    });
  });

  it('DeleteShareGroupOffsets 0', () => {
    expect(
      answer(deleteShareGroupOffsetsMessage, 0, (w) => {
        w.int32(0).int16(68).string('busy');
        w.array(['t'], (t, x) => x.string(t).uuid(ID).int16(3).string(null).tags()).tags();
      }),
    ).toEqual({ errorCode: 68, topics: [{ topic: 't', errorCode: 3 }] });
  });

  it('StreamsGroupDescribe 0: tasks become partitions of their source topics', () => {
    const keyValues = (w: Writer) => w.array(['k'], (k, x) => x.string(k).string('v').tags());
    const info = (w: Writer, name: string) =>
      w.array([name], (n, x) => keyValues(x.string(n).int32(2).int16(1)).tags());
    const offsets = (w: Writer) => w.array(['0'], (s, x) => x.string(s).int32(1).int64(9).tags());
    const tasks = (w: Writer, partitions: number[]) => w.array(['0'], (s, x) => int32s(x.string(s), partitions).tags());
    const { groups } = answer(streamsGroupDescribe, 0, (w) => {
      w.int32(0).array(['g'], (g, x) => {
        x.int16(0).string(null).string(g).string('Stable').int32(2).int32(2);
        x.int8(1).int32(1); // a topology, its epoch
        x.array(['0'], (s, y) => {
          strings(strings(y.string(s), ['orders']), ['sink']);
          info(y, 'changelog');
          info(y, 'repartitioned').tags();
        });
        x.tags();
        x.array(['m'], (m, y) => {
          y.string(m).int32(2).string(null).string(null).string('client').string('/h').int32(1).string('process');
          y.int8(1).string('host').int16(80).tags(); // user endpoint
          offsets(offsets(keyValues(y)));
          for (const target of [false, true]) {
            tasks(y, target ? [0] : [0, 1]);
            tasks(tasks(y, []), []).tags();
          }
          y.boolean(false).tags();
        });
        x.int32(0).tags();
      });
      w.tags();
    });
    expect(groups[0]?.members[0]?.assignment).toEqual([
      { topic: 'orders', partitions: [0, 1] },
      { topic: 'repartitioned', partitions: [0, 1] },
    ]);
  });

  const committed = (w: Writer, withEpoch: boolean) =>
    w.array(['t'], (t, x) =>
      x
        .string(t)
        .array([3], (p, y) => {
          y.int32(p).int64(-1);
          if (withEpoch) y.int32(-1);
          y.string('').int16(0).tags();
        })
        .tags(),
    );

  it.each([8, 9])('OffsetFetch %i', (version) => {
    const { groups } = answer(offsetFetch, version, (w) =>
      w
        .int32(0)
        .array(['g'], (g, x) => committed(x.string(g), true).int16(0).tags())
        .tags(),
    );
    expect(groups).toEqual([
      {
        group: 'g',
        errorCode: 0,
        topics: [{ topic: 't', partitions: [{ partition: 3, offset: -1, metadata: '', errorCode: 0 }] }],
      },
    ]);
  });

  it.each([2, 3, 5, 7])('OffsetFetch %i, one group', (version) => {
    const { topics } = answer(offsetFetchOne, version, (w) => {
      if (version >= 3) w.int32(0);
      committed(w, version >= 5)
        .int16(0)
        .tags();
    });
    expect(topics[0]?.partitions[0]).toMatchObject({ partition: 3, offset: -1 });
  });
});
