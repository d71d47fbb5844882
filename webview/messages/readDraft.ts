import * as l10n from '@vscode/l10n';
import type { EndSpec, ReadSpec, StartSpec } from '../../src/shared/messagesPage.ts';
import type { MarkSource } from './timelineMarks.ts';
import { isoTime } from '../../src/shared/isoTime.ts';
import { formatOffsets, parseCount, parseOffsets, parsePartitions, parseTime, type FindPlace } from './positionText.ts';

export type StartKind = StartSpec['kind'];
export type EndKind = EndSpec['kind'];

/** The range as a person is writing it: kinds and the text beside them, which may not be understood yet. */
export interface ReadDraft {
  startKind: StartKind;
  startText: string;
  endKind: EndKind;
  endText: string;
  /** Empty: all. */
  partitionText: string;
  isolation: ReadSpec['isolation'];
}

export function draftOf(read: ReadSpec): ReadDraft {
  return {
    startKind: read.start.kind,
    startText: startText(read.start),
    endKind: read.end.kind,
    endText: endText(read.end),
    partitionText: read.partitions.join(', '),
    isolation: read.isolation,
  };
}

/** From one time to another, in ms. */
export function spanDraft({ start, end }: { start: number; end: number }): Partial<ReadDraft> {
  return { startKind: 'time', startText: isoTime(start), endKind: 'time', endText: isoTime(end) };
}

/** From where a group stands or a Dapr component would start. */
export function markDraft({ kind, name, offsets }: MarkSource): Partial<ReadDraft> {
  return kind === 'group' ? { startKind: 'group', startText: name } : offsetsDraft(offsets);
}

/** From one offset per partition. */
export function offsetsDraft(offsets: Record<number, number>): Partial<ReadDraft> {
  return { startKind: 'offsets', startText: formatOffsets(offsets) };
}

/** From a place on; of an offset, its partition alone. An end that may lie before it is not kept. */
export function placeDraft(place: FindPlace, { endKind, endText }: ReadDraft): Partial<ReadDraft> {
  const timed = 'timestamp' in place;
  const start: Partial<ReadDraft> = timed
    ? { startKind: 'time', startText: isoTime(place.timestamp) }
    : { ...offsetsDraft({ [place.partition]: place.offset }), partitionText: '' };
  const later =
    (endKind !== 'time' && endKind !== 'offset') ||
    (timed
      ? endKind === 'time' && (parseTime(endText, Date.now()) ?? 0) > place.timestamp
      : endKind === 'offset' && (parseCount(endText) ?? 0) > place.offset);
  return later ? start : { ...start, endKind: 'end', endText: '' };
}

/** The range that the draft means, or what is wrong with it, as a sentence. */
export function readOf(
  draft: ReadDraft,
  now: number,
): Omit<ReadSpec, 'filter'> | { startError?: string; endError?: string; partitionError?: string } {
  const start = startOf(draft, now);
  const end = endOf(draft, now);
  if (typeof start !== 'string' && typeof end !== 'string' && !inOrder(start, end))
    return { endError: l10n.t('The end is not after the start: there would be nothing to read.') };
  const partitions = parsePartitions(draft.partitionText);
  if (typeof start !== 'string' && typeof end !== 'string' && partitions !== null)
    return { start, end, partitions, isolation: draft.isolation };
  return {
    ...(typeof start === 'string' ? { startError: start } : {}),
    ...(typeof end === 'string' ? { endError: end } : {}),
    ...(partitions === null ? { partitionError: l10n.t('Write partition numbers, such as 0, 2 or 4-7.') } : {}),
  };
}

/** As far as it can be told without asking the brokers. */
function inOrder(start: StartSpec, end: EndSpec): boolean {
  if (start.kind === 'time' && end.kind === 'time') return start.timestamp < end.timestamp;
  if (start.kind === 'offset' && end.kind === 'offset') return start.offset < end.offset;
  return true;
}

function startOf(draft: ReadDraft, now: number): StartSpec | string {
  const text = draft.startText;
  switch (draft.startKind) {
    case 'earliest':
    case 'latest':
      return { kind: draft.startKind };
    case 'last': {
      const count = parseCount(text);
      return count === null || count === 0 ? l10n.t('Write how many messages, such as 100.') : { kind: 'last', count };
    }
    case 'offset': {
      const offset = parseCount(text);
      return offset === null ? l10n.t('Write an offset: a whole number from 0.') : { kind: 'offset', offset };
    }
    case 'offsets': {
      const offsets = parseOffsets(text);
      return offsets === null
        ? l10n.t('Write partition:offset pairs, each partition once, such as 0:120, 2:5.')
        : { kind: 'offsets', offsets };
    }
    case 'time': {
      const timestamp = parseTime(text, now);
      return timestamp === null ? timeError() : { kind: 'time', timestamp };
    }
    case 'group':
      return text.trim() === '' ? l10n.t('Choose the group or write its name.') : { kind: 'group', group: text };
  }
}

function endOf(draft: ReadDraft, now: number): EndSpec | string {
  switch (draft.endKind) {
    case 'follow':
    case 'end':
      return { kind: draft.endKind };
    case 'offset': {
      const offset = parseCount(draft.endText);
      return offset === null ? l10n.t('Write an offset: a whole number from 0.') : { kind: 'offset', offset };
    }
    case 'time': {
      const timestamp = parseTime(draft.endText, now);
      return timestamp === null ? timeError() : { kind: 'time', timestamp };
    }
    case 'count': {
      const count = parseCount(draft.endText);
      return count === null || count === 0 ? l10n.t('Write how many messages, such as 100.') : { kind: 'count', count };
    }
  }
}

const timeError = () => l10n.t('Write a time such as -2h, 2026-11-24 07:12 or 2026-11-24T07:12:03Z.');

function startText(start: StartSpec): string {
  switch (start.kind) {
    case 'earliest':
    case 'latest':
      return '';
    case 'last':
      return String(start.count);
    case 'offset':
      return String(start.offset);
    case 'offsets':
      return formatOffsets(start.offsets);
    case 'time':
      return isoTime(start.timestamp);
    case 'group':
      return start.group;
  }
}

function endText(end: EndSpec): string {
  switch (end.kind) {
    case 'follow':
    case 'end':
      return '';
    case 'offset':
      return String(end.offset);
    case 'time':
      return isoTime(end.timestamp);
    case 'count':
      return String(end.count);
  }
}
