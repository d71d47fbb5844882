import type { Formats, ReadSpec, RowSort, ValueFormat } from '../../shared/messagesPage.ts';
import { isRecordTime } from '../../shared/isoTime.ts';
import type { ViewSetup } from '../../shared/messagesPanel.ts';

/** What a link to a messages page says. The cluster is named as well, for a machine where its id is not known. */
export interface MessageLink {
  clusterId: string;
  clusterName: string;
  topic: string;
  read: ReadSpec;
  /** Absent: records are shown as they are kept for the topic. */
  view?: ViewSetup;
}

/**
 * The query of a `vscode://` link. All but the topic is base64: the editor decodes a query before it hands it over, and what
 * brings a link along the way may do so too, after which a `&`, `+` or `%` of a filter would mean something else.
 */
export function linkQuery({ topic, ...rest }: MessageLink): string {
  return `topic=${topic}&page=${Buffer.from(JSON.stringify(rest), 'utf8').toString('base64url')}`;
}

/** null: not such a link. What comes from outside is checked field by field. */
export function parseLink(query: string): MessageLink | null {
  const params = new URLSearchParams(query);
  const topic = params.get('topic') ?? '';
  const rest = parsed(Buffer.from(params.get('page') ?? '', 'base64url').toString('utf8'));
  if (!/^[\w.-]{1,249}$/.test(topic) || !isRecord(rest)) return null;
  const { clusterId, clusterName } = rest;
  const read = readSpec(rest['read']);
  const view = rest['view'] === undefined ? null : viewSetup(rest['view']);
  if (typeof clusterId !== 'string' || typeof clusterName !== 'string' || read === null || view === undefined)
    return null;
  return { clusterId, clusterName, topic, read, ...(view ? { view } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** undefined: not a way to show records. */
function viewSetup(value: unknown): ViewSetup | undefined {
  if (!isRecord(value)) return undefined;
  const { columns, sort, formats } = value;
  const valid =
    Array.isArray(columns) && columns.every((id) => typeof id === 'string') && isSort(sort) && isFormats(formats);
  return valid ? { columns, sort, formats } : undefined;
}

const isSort = (value: unknown): value is RowSort | null =>
  value === null ||
  (isRecord(value) && ['time', 'offset'].includes(String(value['by'])) && typeof value['newestFirst'] === 'boolean');

function readSpec(value: unknown): ReadSpec | null {
  if (!isRecord(value)) return null;
  const { start, end, partitions, isolation, filter } = value;
  const valid =
    position(start, { earliest: [], latest: [], last: ['count'], offset: ['offset'], time: ['timestamp'] }) ||
    (isRecord(start) && start['kind'] === 'group' && typeof start['group'] === 'string') ||
    (isRecord(start) &&
      start['kind'] === 'offsets' &&
      isRecord(start['offsets']) &&
      Object.entries(start['offsets']).every(([partition, offset]) => /^\d+$/.test(partition) && isCount(offset)));
  if (!valid || !position(end, { follow: [], end: [], offset: ['offset'], time: ['timestamp'], count: ['count'] }))
    return null;
  if (!Array.isArray(partitions) || !partitions.every(isCount)) return null;
  if (isolation !== 'read_committed' && isolation !== 'read_uncommitted') return null;
  if (filter !== null && !isFilter(filter)) return null;
  return value as unknown as ReadSpec;
}

/** A tagged position whose numbers are whole and not negative; times may be nanoseconds. */
function position(value: unknown, kinds: Record<string, string[]>): boolean {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || !Object.hasOwn(kinds, value['kind'])) return false;
  return (
    kinds[value['kind']]?.every((field) => (field === 'timestamp' ? isRecordTime : isCount)(value[field])) ?? false
  );
}

function isFilter(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['text'] === 'string' &&
    ['text', 'regex', 'cel'].includes(String(value['language'])) &&
    (value['formats'] === undefined || isFormats(value['formats']))
  );
}

const FORMATS: readonly unknown[] = [
  'auto',
  'json',
  'text',
  'int8',
  'int16',
  'int32',
  'int64',
  'hex',
  'base64',
] satisfies ValueFormat[];

const isFormat = (value: unknown): boolean =>
  FORMATS.includes(value) || (typeof value === 'string' && value.startsWith('file:'));
const isFormats = (value: unknown): value is Formats =>
  isRecord(value) && isFormat(value['key']) && isFormat(value['value']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
