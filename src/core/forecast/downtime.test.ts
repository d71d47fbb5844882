import { describe, expect, it } from 'vitest';
import { downtimeBudget, lengthText, type DowntimeFacts, type PartitionDowntime } from './downtime.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 0, 10);
const partition = (p: Partial<PartitionDowntime> = {}): PartitionDowntime => ({
  partition: 0,
  rule: 'F-10',
  first: 500,
  highWatermark: 500,
  writtenAt: null,
  bytesPerOffset: 100,
  perSecond: 1,
  ...p,
});
const facts = (f: Partial<DowntimeFacts> = {}): DowntimeFacts => ({
  now: NOW,
  cleanupPolicy: 'delete',
  retentionMs: 7 * DAY,
  retentionBytes: -1,
  offsetsRetentionMinutes: 7 * 1440,
  initialOffset: 'oldest',
  running: true,
  partitions: [partition()],
  ...f,
});
const told = (f: Partial<DowntimeFacts>) => {
  const { ms, limitedBy, partition: p, sentence } = downtimeBudget(facts(f));
  return [ms, limitedBy, p, sentence];
};

describe('downtimeBudget', () => {
  it('is the retention when the group has read everything', () => {
    expect(told({})).toEqual([7 * DAY, 'retention.ms', 0, 'The app may be away for 7 d (retention.ms, P0).']);
  });

  it('takes off how long the oldest waiting message has waited', () => {
    const waits = partition({ first: 300, rule: 'F-01', writtenAt: NOW - 2 * DAY - 3 * HOUR });
    expect(told({ partitions: [partition(), { ...waits, partition: 3 }] })).toEqual([
      4 * DAY + 21 * HOUR,
      'retention.ms',
      3,
      'The app may be away for 4 d 21 h (retention.ms, P3).',
    ]);
    const late = partition({ first: 0, rule: 'F-01', writtenAt: NOW - 8 * DAY });
    expect(told({ partitions: [late] })).toEqual([
      0,
      'retention.ms',
      0,
      'The app may not be away any longer: what waits on P0 may be deleted at any moment (retention.ms).',
    ]);
  });

  it('lets the fastest partition decide over the room in bytes, less what waits in it', () => {
    const partitions = [partition({ perSecond: 1 }), partition({ partition: 1, perSecond: 10 })];
    // 3,600,000 bytes at 1,000 bytes a second.
    expect(told({ retentionBytes: 3_600_000, partitions })).toEqual([
      HOUR,
      'retention.bytes',
      1,
      'The app may be away for 1 h (retention.bytes, P1).',
    ]);
    const behind = partition({ first: 482, rule: 'F-01', writtenAt: NOW - 60_000, perSecond: 1 });
    expect(told({ retentionBytes: 3600, partitions: [behind] }).slice(0, 2)).toEqual([18_000, 'retention.bytes']);
    expect(told({ retentionBytes: 3600, partitions: [partition({ perSecond: 0 })] }).slice(0, 2)).toEqual([
      7 * DAY,
      'retention.ms',
    ]);
  });

  it('ignores retention where the topic is only compacted', () => {
    expect(told({ cleanupPolicy: 'compact', retentionMs: 1000, retentionBytes: 10 })).toEqual([
      Infinity,
      'nothing',
      null,
      'The app may be away as long as you like: of each key Kafka keeps the latest message (cleanup.policy=compact).',
    ]);
    expect(told({ cleanupPolicy: 'compact,delete', retentionMs: HOUR }).slice(0, 2)).toEqual([HOUR, 'retention.ms']);
  });

  it('counts when Kafka forgets the commits of an empty group, with newest only', () => {
    const f = { offsetsRetentionMinutes: 60, initialOffset: 'newest' as const };
    expect(told(f)).toEqual([
      HOUR,
      'offsets.retention.minutes',
      null,
      'The app may be away for 1 h (offsets.retention.minutes).',
    ]);
    expect(told({ ...f, running: false })[3]).toBe(
      'The app may be away for at most 1 h, counted from when the last member left: Kafka then forgets the commits (offsets.retention.minutes) and newest skips what arrived.',
    );
    expect(told({ ...f, initialOffset: 'oldest' }).slice(0, 2)).toEqual([7 * DAY, 'retention.ms']);
  });

  it('is nothing with newest where there is no commit to resume at', () => {
    const partitions = [
      partition(),
      partition({ partition: 1, rule: 'F-02' }),
      partition({ partition: 2, rule: 'F-09' }),
    ];
    expect(told({ initialOffset: 'newest', partitions })).toEqual([
      0,
      'no-commit',
      1,
      'The app may not be away at all: no commit to resume at on P1, P2, and with newest what arrives meanwhile is never received.',
    ]);
    expect(told({ partitions: [partition({ rule: 'F-09' })] }).slice(0, 2)).toEqual([7 * DAY, 'retention.ms']);
  });

  it('says what it does not know', () => {
    expect(told({ retentionMs: null })[3]).toBe(
      'How long the app may be away is not known: what limits it could not be read.',
    );
    expect(told({ retentionMs: HOUR, retentionBytes: null })).toEqual([
      HOUR,
      'retention.ms',
      0,
      'The app may be away for at most 1 h (retention.ms, P0); what else limits it could not be read.',
    ]);
    const waits = partition({ first: 300, rule: 'F-01', writtenAt: null });
    expect(told({ partitions: [waits] }).slice(0, 2)).toEqual([null, 'unknown']);
    expect(told({ partitions: [] }).slice(0, 2)).toEqual([null, 'unknown']);
  });
});

it('writes lengths in their two largest units', () => {
  expect([500, 61_000, HOUR, HOUR + 120_000, 2 * DAY, 6 * DAY + 4 * HOUR].map(lengthText)).toEqual([
    '1 s',
    '1 min',
    '1 h',
    '1 h 2 min',
    '2 d',
    '6 d 4 h',
  ]);
});
