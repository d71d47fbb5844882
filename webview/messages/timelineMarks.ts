import * as l10n from '@vscode/l10n';
import type { TimelineData } from '../../src/shared/messagesPage.ts';
import { formatCount } from '../components/format.ts';

/** Something that has a position on partitions of the topic: a group, or a Dapr component that would start there. */
export interface MarkSource {
  kind: 'group' | 'dapr';
  name: string;
  /** Next offset by partition. */
  offsets: Record<number, number>;
}

/** One or more positions of a source that fall on the same place of the timeline. */
export interface Mark {
  source: MarkSource;
  /** From 0, the first offset, to 1, the end. */
  at: number;
  /** Place of the partition among the lanes; 0 where all partitions share one. */
  lane: number;
  /** Whose it is, each partition with its offset and how much comes after it. */
  text: string;
}

/** The marks of all sources, by lane and then from left to right. `lanes`: each partition has its own. */
export function marksOn(data: TimelineData, sources: readonly MarkSource[], lanes: boolean): Mark[] {
  const marks: Mark[] = [];
  for (const source of sources) {
    const byPlace = new Map<string, { at: number; lane: number; texts: string[] }>();
    data.partitions.forEach((partition, i) => {
      const offset = source.offsets[partition];
      if (offset === undefined) return;
      if (outside(data, i, offset)) return;
      const at = placeOf(data, i, offset);
      const lane = lanes ? i : 0;
      const bucket = Math.floor(at * data.buckets.length);
      const place = `${lane} ${bucket}`;
      const text = positionText(source.kind, partition, offset, data.logStarts[i] ?? 0, data.highWatermarks[i] ?? 0);
      const known = byPlace.get(place);
      if (known) known.texts.push(text);
      else byPlace.set(place, { at, lane, texts: [text] });
    });
    for (const { at, lane, texts } of byPlace.values())
      marks.push({ source, at, lane, text: [titleOf(source), ...shortened(texts)].join(' · ') });
  }
  return marks.sort((a, b) => a.lane - b.lane || a.at - b.at || (a.text < b.text ? -1 : 1));
}

const startOf = (data: TimelineData, i: number): number => data.starts[i] ?? 0;
const endOf = (data: TimelineData, i: number): number =>
  (data.perPartition[i] ?? []).reduce((sum, count) => sum + count, startOf(data, i));

/** Before or behind the part of the log that the timeline shows. */
function outside(data: TimelineData, i: number, offset: number): boolean {
  const [start, end] = [startOf(data, i), endOf(data, i)];
  return (offset < start && start > data.logStarts[i]!) || (offset >= end && end < data.highWatermarks[i]!);
}

/** Partitions that a mark names; a topic may have thousands. */
const MOST_NAMED = 8;

const shortened = (texts: string[]): string[] =>
  texts.length <= MOST_NAMED + 1
    ? texts
    : [...texts.slice(0, MOST_NAMED), l10n.t('{0} more partitions', formatCount(texts.length - MOST_NAMED))];

/** Where an offset lies on the width of the timeline: as far into its bucket as into that bucket's offsets. */
function placeOf(data: TimelineData, i: number, offset: number): number {
  const counts = data.perPartition[i] ?? [];
  let first = startOf(data, i);
  if (offset <= first) return 0;
  for (const [bucket, count] of counts.entries()) {
    if (offset < first + count) return (bucket + (offset - first) / count) / counts.length;
    first += count;
  }
  return 1;
}

function titleOf({ kind, name }: MarkSource): string {
  return kind === 'group' ? l10n.t('Group {0} stands here', name) : l10n.t('{0} would start here', name);
}

function positionText(kind: MarkSource['kind'], partition: number, offset: number, start: number, end: number): string {
  const behind = formatCount(Math.max(0, end - Math.max(start, offset)));
  const where = formatCount(offset);
  const text =
    kind === 'group'
      ? l10n.t('P{0}: offset {1}, lag {2}', partition, where, behind)
      : l10n.t('P{0}: offset {1}, {2} would be delivered', partition, where, behind);
  if (offset < start) return `${text}, ${l10n.t('{0} already deleted by Kafka', formatCount(start - offset))}`;
  if (offset > end)
    return `${text}, ${l10n.t('{0} beyond the end: the topic was made anew', formatCount(offset - end))}`;
  return text;
}
