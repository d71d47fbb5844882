import type { Formats, ReadSpec, RowSort, ValueFormat } from '../../shared/messagesPage.ts';
import { isRecordTime } from '../../shared/isoTime.ts';
import type { ViewSetup } from '../../shared/messagesPanel.ts';

/** What a link to a messages page says. The cluster is named as well, for a machine where its id is not known. */
export interface MessageLink {
  clusterId: string;
  clusterName: string;
  topic: string;
  read: ReadSpec;
  /** Absent in a link from before it was part of links: records are shown as they are kept for the topic. */
  view?: ViewSetup;
}

/** The path and query of a `vscode://` link. */
export function linkQuery(link: MessageLink): string {
  return new URLSearchParams({
    cluster: link.clusterId,
    name: link.clusterName,
    topic: link.topic,
    read: JSON.stringify(link.read),
    ...(link.view ? { view: JSON.stringify(link.view) } : {}),
  }).toString();
}

/** null: not such a link. What comes from outside is checked field by field. */
export function parseLink(query: string): MessageLink | null {
  const params = new URLSearchParams(query);
  const topic = params.get('topic') ?? '';
  const read = readSpec(parsed(params.get('read')));
  const shown = params.get('view');
  const view = shown === null ? null : viewSetup(parsed(shown));
  if (!/^[\w.-]{1,249}$/.test(topic) || read === null || view === undefined) return null;
  const cluster = { clusterId: params.get('cluster') ?? '', clusterName: params.get('name') ?? '' };
  return { ...cluster, topic, read, ...(view ? { view } : {}) };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
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
      Object.values(start['offsets']).every(isCount));
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
