import { svg } from 'lit';
import type { TimelineData } from '../../src/shared/messagesPage.ts';

/** px: of the whole timeline where partitions are stacked, and of a partition's own lane. */
export const STACKED_HEIGHT = 36;
export const LANE_HEIGHT = 18;
/** Beyond so many partitions the parts of a bar are too thin to tell apart. */
const MOST_STACKED = 12;
/** Colours of the theme, in turn: see timelineStyles.ts. */
const COLOURS = 6;

/** Bars of all partitions, one on top of the other, in a view of one unit per bucket. */
export function stackedBars(data: TimelineData) {
  const most = Math.max(1, ...data.buckets.map((bucket) => bucket.count));
  const scale = (STACKED_HEIGHT - 2) / most;
  const parts = data.partitions.length > MOST_STACKED ? [data.buckets.map((b) => b.count)] : data.perPartition;
  // A bucket with few messages is still seen.
  const stretch = data.buckets.map(({ count }) => (count === 0 ? 0 : Math.max(1, count * scale) / count));
  const tops = data.buckets.map(() => STACKED_HEIGHT);
  return parts.map((counts, partition) =>
    bars(
      partition,
      counts.map((count, i) => {
        const height = count * stretch[i]!;
        tops[i]! -= height;
        return { top: tops[i]!, height };
      }),
    ),
  );
}

/** Bars of each partition in a lane of its own; all lanes have the same scale. */
export function laneBars(data: TimelineData) {
  const most = data.perPartition.flat().reduce((a, b) => Math.max(a, b), 1);
  return data.perPartition.map((counts, partition) =>
    bars(
      partition,
      counts.map((count) => {
        const height = count === 0 ? 0 : Math.max(1, (count / most) * (LANE_HEIGHT - 2));
        return { top: (partition + 1) * LANE_HEIGHT - height, height };
      }),
    ),
  );
}

/** The bars of one partition are one shape: a topic has thousands of partitions. */
function bars(partition: number, perBucket: { top: number; height: number }[]) {
  const shape = perBucket.map(({ top, height }, i) =>
    height === 0 ? '' : `M${i + 0.1} ${round(top)}h0.8v${round(height)}h-0.8z`,
  );
  return svg`<path class="bar p${partition % COLOURS}" d=${shape.join('')}></path>`;
}

const round = (px: number): number => Math.round(px * 100) / 100;
