import * as l10n from '@vscode/l10n';
import type { JsonPath, Row } from '../../src/shared/messagesPage.ts';
import { isoTime } from '../../src/shared/isoTime.ts';
import { oneLine } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import { formatTime, sizeFormat } from './format.ts';
import { pointerText } from './jsonPointer.ts';

/** px; a column cannot be made narrower. */
export const NARROWEST = 36;

export interface Column {
  id: string;
  title: string;
  /** Width in px, or null: takes what is left. */
  width: number | null;
  /** px it can do with where room is short; absent: its width. */
  least?: number;
  numeric: boolean;
  text(row: Row, utc: boolean): string;
  /** The exact value, on hover. */
  exact?(row: Row): string;
}

/** Every column there is, in the order in which they stand unless a person moved them. */
export function allColumns(): Column[] {
  const size = sizeFormat();
  return [
    {
      id: 'partition',
      title: l10n.t('P'),
      width: 44,
      least: NARROWEST,
      numeric: true,
      text: (r) => String(r.partition),
    },
    { id: 'offset', title: l10n.t('Offset'), width: 110, least: 84, numeric: true, text: (r) => formatCount(r.offset) },
    {
      id: 'time',
      title: l10n.t('Time'),
      // To the millisecond also in another year.
      width: 212,
      // In this year.
      least: 168,
      numeric: true,
      text: (r, utc) => formatTime(r.timestamp, utc),
      exact: (r) =>
        `${isoTime(r.timestamp)} · ${r.timestampType === 'append' ? l10n.t('set by the broker') : l10n.t('set by the producer')}`,
    },
    { id: 'key', title: l10n.t('Key'), width: 150, least: 90, numeric: false, text: (r) => keyText(r) },
    { id: 'value', title: l10n.t('Value'), width: null, numeric: false, text: (r) => valueText(r) },
    { id: 'headers', title: l10n.t('Headers'), width: 170, least: 90, numeric: false, text: (r) => headersText(r) },
    { id: 'size', title: l10n.t('Size'), width: 88, numeric: true, text: (r) => size(r.size) },
  ];
}

/** A column of one place in the JSON of key or value; `at`: its place among the cells of a row. */
export function pathColumn({ part, pointer }: JsonPath, at: number): Column {
  const name = oneLine(pointerText(pointer));
  return {
    id: `${part}:${pointer}`,
    title: part === 'key' ? l10n.t('key {0}', name) : name,
    width: 150,
    least: 90,
    numeric: false,
    text: (row) => oneLine(row.cells[at] ?? ''),
  };
}

/** The path of a column's id; undefined: it is another column. */
export function pathOf(id: string): JsonPath | undefined {
  const [, part, pointer] = /^(key|value):(\/.*)$/s.exec(id) ?? [];
  return part === undefined || pointer === undefined ? undefined : { part: part as JsonPath['part'], pointer };
}

function keyText(row: Row): string {
  if (row.key === null) return '—';
  return row.key === '' ? l10n.t('(empty)') : oneLine(row.key) + (row.keyTruncated ? '…' : '');
}

function valueText(row: Row): string {
  if (row.error !== undefined) return l10n.t('not decodable: {0}', oneLine(row.error));
  if (row.value === null) return l10n.t('⌫ tombstone');
  return row.value === '' ? l10n.t('(empty)') : oneLine(row.value) + (row.valueTruncated ? '…' : '');
}

function headersText(row: Row): string {
  const shown = row.headers.map(([name, value]) => oneLine(value === null ? name : `${name}=${value}`)).join(' · ');
  const more = row.headerCount - row.headers.length;
  return more > 0 ? `${shown} +${formatCount(more)}` : shown;
}
