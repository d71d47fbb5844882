import { partitionOfKey } from '../../kafka/changes/partitioner.ts';
import { compress, type WritableCodec } from '../../kafka/records/codecs/compress.ts';
import { encodeBatch } from '../../kafka/records/encodeBatch.ts';
import { keyOf, sizeOf, valueOf, type RecordSpan } from '../../kafka/records/record.ts';
import type { Placement } from '../../../shared/redrivePage.ts';

/** A record on its way. */
export interface Item {
  /** Of the source. */
  partition: number;
  record: RecordSpan;
}

/** Bytes a record takes in a batch besides key, value and headers, at most. */
const RECORD_OVERHEAD = 30;

/** Where a record goes. One without a key stays with its neighbours: the source's partition, within the target's count. */
export function placeOf({ partition, record }: Item, placement: Placement, partitions: number): number {
  if (placement === 'partition') return partition;
  const key = keyOf(record);
  return key === null ? partition % partitions : partitionOfKey(key, partitions);
}

/** Cuts a list into pieces of at most `bytes`, in order; a piece has at least one record. */
export function cutBySize(items: readonly Item[], bytes: number): Item[][] {
  const pieces: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const size = sizeOf(item.record) + RECORD_OVERHEAD;
    const last = pieces.at(-1);
    if (last && size <= room) last.push(item);
    else {
      pieces.push([item]);
      room = bytes;
    }
    room -= size;
  }
  return pieces;
}

/** A batch with exactly the key, value, header bytes and timestamp of each record. */
export function batchOf(items: readonly Item[], codec: WritableCodec): Buffer {
  return encodeBatch({
    codec,
    compress: (bytes) => compress(codec, bytes),
    records: items.map(({ record }, offset) => ({
      offset,
      timestamp: record.timestamp,
      key: keyOf(record),
      value: valueOf(record),
      headers: { count: record.headerCount, bytes: record.bytes.subarray(record.headersStart, record.end) },
    })),
  });
}
