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
  return data.buckets.map((bucket, i) => {
    if (bucket.count === 0) return [];
    // A bucket with few messages is still seen.
    const stretch = Math.max(1, bucket.count * scale) / bucket.count;
    let top = STACKED_HEIGHT;
    return parts.map((counts, partition) => {
      const height = counts[i]! * stretch;
      top -= height;
      return height === 0 ? [] : bar(partition, i, top, height);
    });
  });
}

/** Bars of each partition in a lane of its own; all lanes have the same scale. */
export function laneBars(data: TimelineData) {
  const most = Math.max(1, ...data.perPartition.flat());
  return data.perPartition.map((counts, partition) =>
    counts.map((count, i) => {
      if (count === 0) return [];
      const height = Math.max(1, (count / most) * (LANE_HEIGHT - 2));
      return bar(partition, i, (partition + 1) * LANE_HEIGHT - height, height);
    }),
  );
}

function bar(partition: number, bucket: number, y: number, height: number) {
  return svg`<rect class="bar p${partition % COLOURS}" x=${bucket + 0.1} width="0.8" y=${y} height=${height}></rect>`;
}
