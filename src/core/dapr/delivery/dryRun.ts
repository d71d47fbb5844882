import * as l10n from '@vscode/l10n';
import { versionOrder } from '../version.ts';

/** One record as it stands in Kafka. */
export interface DeliveredRecord {
  /** null: a tombstone. */
  value: Uint8Array | null;
  headers: readonly (readonly [string, Uint8Array | null])[];
}

export interface DryRunSetup {
  /** The subscription's `metadata.rawPayload` as text; undefined: not set. */
  rawPayload: string | undefined;
  /** In order; the first rule whose `match` is true wins. */
  rules: readonly { match: string; path: string }[];
  /** The default route; undefined: none. */
  defaultPath: string | undefined;
  deadLetterTopic: string | undefined;
  /** Dead letters cannot be written. */
  deadLetterFails?: boolean;
  /** A message that fails is tried again for ever (default); else it is given up after its attempts. */
  keepsTrying?: boolean;
  /** The subscription's `valueSchemaType`, as the component takes it; absent: the value is JSON. */
  schema?: 'avro' | 'avro-without-registry' | 'not-known';
  /** Bulk subscribe: messages of a batch; absent: one by one. */
  batch?: number;
  escapeHeaders: boolean;
  /** Headers that never reach the app (`excludeHeaderMetaRegex`); undefined: none. */
  excludesHeader: ((name: string) => boolean) | undefined;
  /** ms since the epoch: decides what has expired. */
  now: number;
  daprVersion: string;
  /** The app speaks HTTP (daprd refuses some header values then). */
  http: boolean;
  /** A route rule on an event: true, false, or undefined when it fails or yields no boolean. */
  evaluate: (match: string, event: Record<string, unknown>) => boolean | undefined;
}

export type RecordFate =
  | { kind: 'delivered'; path: string }
  /** Acknowledged without being handled. */
  | { kind: 'dropped' | 'dead-lettered'; reason: DropReason }
  /** Given up and not committed: the commit of the next one covers it. */
  | { kind: 'skipped'; reason: BlockReason }
  /** Retried for ever: the partition waits behind it. */
  | { kind: 'blocks'; reason: BlockReason }
  /** daprd itself panics on it, at every start. */
  | { kind: 'crashes'; reason: 'trace-not-text' };

export type DropReason = 'no-route' | 'expired' | BlockReason;
export type BlockReason =
  | 'not-json'
  | 'not-an-object'
  | 'empty'
  | 'raw-payload-not-boolean'
  | 'rule-fails'
  | 'header-refused'
  | 'schema-type-not-known'
  | 'no-schema-registry'
  | 'no-avro';

/** What the runtime does with one record before and when it calls the app (sections 4.5 and 4.7 of the behaviour of daprd 1.18.0). */
export function dryRunRecord(record: DeliveredRecord, setup: DryRunSetup): RecordFate {
  const undecoded = schemaFault(record, setup);
  // The component itself fails on these, before the runtime: a dead letter topic does not help.
  if (undecoded !== undefined) return failed(undecoded, { ...setup, deadLetterTopic: undefined });
  const raw = setup.rawPayload === undefined ? false : parseGoBool(setup.rawPayload);
  if (raw === undefined) return failed('raw-payload-not-boolean', setup);
  const decoded = raw ? { event: rawEvent(record) } : setup.schema === 'avro' ? { event: {} } : decode(record);
  if ('fault' in decoded) return failed(decoded.fault, setup);
  const { event } = decoded;

  if (expired(event, setup.now)) return dropped('expired', setup);
  if (
    setup.http &&
    versionOrder(setup.daprVersion) <= versionOrder('1.18.2') &&
    ['traceid', 'traceparent'].some((name) => name in event && typeof event[name] !== 'string')
  )
    return { kind: 'crashes', reason: 'trace-not-text' };

  const path = setup.schema === 'avro' ? unjudgedRoute(setup) : route(event, setup);
  if (path === 'rule-fails') return failed('rule-fails', setup);
  if (path === undefined) return dropped('no-route', setup);
  if (setup.http && !setup.escapeHeaders && record.headers.some(([name, value]) => refusedByHttp(name, value, setup)))
    return failed('header-refused', setup);
  return { kind: 'delivered', path: path.path };
}

export function fateReason(reason: DropReason | 'trace-not-text'): string {
  switch (reason) {
    case 'no-route':
      return l10n.t('no route matches');
    case 'expired':
      return l10n.t('its time to live has passed');
    case 'not-json':
      return l10n.t('not JSON');
    case 'not-an-object':
      return l10n.t('JSON, but not an object');
    case 'empty':
      return l10n.t('zero bytes long');
    case 'raw-payload-not-boolean':
      return l10n.t('rawPayload of the subscription is not true or false');
    case 'rule-fails':
      return l10n.t('a route rule fails on it or yields no boolean');
    case 'header-refused':
      return l10n.t('a header value that HTTP refuses');
    case 'schema-type-not-known':
      return l10n.t('valueSchemaType of the subscription is neither avro nor none, and it never starts');
    case 'no-schema-registry':
      return l10n.t('valueSchemaType is avro and the component has no schemaRegistryURL');
    case 'no-avro':
      return l10n.t('too short for a value that a schema registry knows');
    case 'trace-not-text':
      return l10n.t('its traceid or traceparent is not text');
  }
}

function failed(reason: BlockReason, setup: DryRunSetup): RecordFate {
  if (setup.deadLetterTopic !== undefined && setup.deadLetterFails !== true) return { kind: 'dead-lettered', reason };
  // A subscription that never starts gives nothing up.
  const stops = setup.keepsTrying !== false || reason === 'schema-type-not-known';
  return { kind: stops ? 'blocks' : 'skipped', reason };
}

/** CC:common/component/kafka/kafka.go:108-126,406-441 */
function schemaFault({ value }: DeliveredRecord, { schema }: DryRunSetup): BlockReason | undefined {
  switch (schema) {
    case 'not-known':
      return 'schema-type-not-known';
    case 'avro-without-registry':
      return 'no-schema-registry';
    case 'avro':
      return value !== null && value.length < 5 ? 'no-avro' : undefined;
    case undefined:
      return undefined;
  }
}

/** What an Avro value holds is known to its registry only: rules are not judged. */
function unjudgedRoute({ defaultPath, rules }: DryRunSetup): { path: string } | undefined {
  const path = defaultPath || rules[0]?.path;
  return path ? { path } : undefined;
}

function dropped(reason: DropReason, setup: DryRunSetup): RecordFate {
  return { kind: setup.deadLetterTopic === undefined ? 'dropped' : 'dead-lettered', reason };
}

/** Go's strconv.ParseBool. */
export function parseGoBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return undefined;
}

type Decoded = { event: Record<string, unknown> } | { fault: 'not-json' | 'not-an-object' | 'empty' };

function decode(record: DeliveredRecord): Decoded {
  // Only this one content type keeps daprd from decoding JSON; the event is built from the ce_ headers.
  if (headerText(record, 'content-type') === 'application/octet-stream') return { event: binaryEvent(record) };
  // A tombstone becomes the JSON literal null and is delivered with that body.
  if (record.value === null) return { event: {} };
  if (record.value.length === 0) return { fault: 'empty' };
  let value: unknown;
  try {
    // Go takes no byte order mark for JSON.
    value = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(record.value));
  } catch {
    return { fault: 'not-json' };
  }
  if (value === null) return { event: {} };
  if (typeof value !== 'object' || Array.isArray(value)) return { fault: 'not-an-object' };
  return { event: value as Record<string, unknown> };
}

function binaryEvent(record: DeliveredRecord): Record<string, unknown> {
  const event: Record<string, unknown> = { data: record.value };
  for (const [name, value] of record.headers) if (/^ce_/i.test(name)) event[name.slice(3)] = text(value);
  return event;
}

/** CC:pubsub/envelope.go:172-188: a new CloudEvent around the bytes. */
function rawEvent(record: DeliveredRecord): Record<string, unknown> {
  return {
    id: '',
    specversion: '1.0',
    type: 'com.dapr.event.sent',
    datacontenttype: 'application/octet-stream',
    data_base64: record.value,
  };
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/;

function expired(event: Record<string, unknown>, now: number): boolean {
  const expiration = event.expiration;
  // What is no RFC 3339 time never expires (CC:pubsub/envelope.go:190-203).
  if (typeof expiration !== 'string' || !RFC_3339.test(expiration)) return false;
  const at = Date.parse(expiration);
  return Number.isFinite(at) && at < now;
}

function route(event: Record<string, unknown>, setup: DryRunSetup): { path: string } | 'rule-fails' | undefined {
  for (const rule of setup.rules) {
    if (rule.match === '') return { path: rule.path };
    const matches = setup.evaluate(rule.match, event);
    if (matches === undefined) return 'rule-fails';
    if (matches) return { path: rule.path };
  }
  return setup.defaultPath === undefined || setup.defaultPath === '' ? undefined : { path: setup.defaultPath };
}

/** Go's net/http refuses control characters except tab in a header's value, and names that are no tokens. */
function refusedByHttp(name: string, value: Uint8Array | null, setup: DryRunSetup): boolean {
  if (setup.excludesHeader?.(name) === true) return false;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return true;
  return value?.some((byte) => (byte < 0x20 && byte !== 0x09) || byte === 0x7f) ?? false;
}

function headerText(record: DeliveredRecord, name: string): string | undefined {
  const header = record.headers.findLast(([key]) => key.toLowerCase() === name);
  return header && text(header[1]);
}

const text = (bytes: Uint8Array | null): string => (bytes === null ? '' : new TextDecoder('utf-8').decode(bytes));
