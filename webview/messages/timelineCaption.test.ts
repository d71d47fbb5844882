import { beforeAll, expect, it, vi } from 'vitest';
import type { TimelineData } from '../../src/shared/messagesPage.ts';
import { timelineCaption } from './timelineCaption.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

const START = Date.UTC(2020, 0, 5, 10);
const counts = [1200, 1, 0];
const data: TimelineData = {
  from: START,
  to: START + 3000,
  buckets: counts.map((count, i) => ({ start: START + i * 1000, end: START + (i + 1) * 1000, count })),
  coarse: false,
  partitions: [0],
  starts: [0],
  logStarts: [0],
  highWatermarks: [1201],
  perPartition: [counts],
  problems: [],
};

it('says at most how many messages there are: of all, or of what is chosen or pointed at', () => {
  expect(timelineCaption(data, null, true)).toBe('at most 1,201 messages; drag to read a span');
  expect(timelineCaption(data, { anchor: 1, head: 1 }, true)).toBe(
    '2020-01-05 10:00:01.000 … 2020-01-05 10:00:02.000: at most 1 message',
  );
  expect(timelineCaption(data, { anchor: 2, head: 0 }, true)).toBe(
    '2020-01-05 10:00:00.000 … 2020-01-05 10:00:03.000: at most 1,201 messages',
  );
  // The spans are others than those it was chosen from.
  expect(timelineCaption(data, { anchor: 7, head: 7 }, true)).toBe('at most 1,201 messages; drag to read a span');
});
