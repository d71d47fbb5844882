import * as l10n from '@vscode/l10n';
import { count as formatCount } from '../../shared/counts.ts';
import {
  dryRunRecord,
  fateReason,
  parseGoBool,
  type DeliveredRecord,
  type DropReason,
  type DryRunSetup,
} from '../dapr/delivery/dryRun.ts';
import { keepsTrying } from '../dapr/delivery/handlerSetup.ts';
import type { Reader } from '../dapr/delivery/readers.ts';
import { looseItemOf, valueOf } from '../dapr/resources/component.ts';
import type { Subscription } from '../dapr/resources/subscription.ts';
import { keyText, textOf } from '../dapr/yaml/nodes.ts';
import { batchOf } from './bulk.ts';
import { isBulk } from '../dapr/resources/subscription.ts';
import { BulkBatches, type Unread } from './bulkBatches.ts';
import { Examples, type Beyond } from './examples.ts';

/** A record of the range that would be delivered, in the order of its partition. */
export interface RangeRecord extends DeliveredRecord {
  partition: number;
  offset: number;
  /** Of a transaction that was aborted or is still open: daprd, which reads uncommitted, delivers it too. */
  transaction?: 'aborted' | 'open';
}

/** A partition that stops at one record. */
export interface Blockade {
  partition: number;
  offset: number;
  /** `crashes`: daprd itself panics there at every start. */
  kind: 'blocks' | 'crashes';
  reason: string;
  /** Records behind it in the range, which wait. */
  waiting: number;
}

/** Records at the end of a partition that the component gave up, for one reason. */
export interface GivenUp {
  partition: number;
  /** The first of them. */
  offset: number;
  count: number;
  reason: DropReason;
}

/** What would become of the records, e.g. "1,102 reach /orders · 41 no route · 9 expired · P2 blocks at 3,252". */
export interface DryRunResult {
  records: number;
  /** Path -> records that reach it. */
  delivered: Record<string, number>;
  dropped: Partial<Record<DropReason, number>>;
  deadLettered: Partial<Record<DropReason, number>>;
  /** Given up after their attempts, and lost: a later record is committed. */
  skipped: Partial<Record<DropReason, number>>;
  /** Given up, too, but nothing behind them is committed: they come again at the next start. */
  again: GivenUp[];
  blockades: Blockade[];
  /** Records of transactions that were aborted or are still open. */
  uncommitted: { aborted: number; open: number };
  examples: Examples;
}

/**
 * Applies what the runtime does to each record. A partition's records behind one that blocks only wait.
 * @param beyond read only until the next examples of a fate are there
 */
export async function dryRun(
  records: AsyncIterable<RangeRecord> | Iterable<RangeRecord>,
  setup: DryRunSetup,
  signal?: AbortSignal,
  beyond?: Beyond,
): Promise<DryRunResult> {
  const result: DryRunResult = {
    records: 0,
    delivered: {},
    dropped: {},
    deadLettered: {},
    skipped: {},
    again: [],
    blockades: [],
    uncommitted: { aborted: 0, open: 0 },
    examples: new Examples(beyond),
  };
  const blocked = new Map<number, Blockade>();
  const givenUp = new Map<number, GivenUp[]>();
  const batches = setup.batch === undefined ? undefined : new BulkBatches(setup.batch);
  const stopAt = (partition: number, [first, ...behind]: readonly Unread[]) => {
    if (first === undefined) return;
    const { offset, reason } = first;
    const stop = { partition, offset, kind: 'blocks' as const, reason: fateReason(reason), waiting: behind.length };
    blocked.set(partition, stop);
    result.blockades.push(stop);
  };
  for await (const record of records) {
    signal?.throwIfAborted();
    if (result.examples.done) break;
    result.records++;
    if (record.transaction !== undefined) result.uncommitted[record.transaction]++;
    const blockade = blocked.get(record.partition);
    if (blockade !== undefined) {
      blockade.waiting++;
      continue;
    }
    const fate = dryRunRecord(record, setup);
    if (fate.kind === 'skipped') {
      giveUp(givenUp, record, fate.reason);
      continue;
    }
    const { partition, offset } = record;
    const taken = batches?.take(partition, offset, fate);
    if (taken === 'held') continue;
    if (taken !== undefined && 'blocks' in taken) {
      stopAt(partition, taken.blocks);
      continue;
    }
    const example = (key: string, at = offset) => result.examples.add(key, { partition, offset: at });
    if (fate.kind === 'blocks' || fate.kind === 'crashes') {
      const stop: Blockade = { partition, offset, kind: fate.kind, reason: fateReason(fate.reason), waiting: 0 };
      blocked.set(partition, stop);
      result.blockades.push(stop);
      continue;
    }
    for (const lost of taken?.lost ?? []) {
      add(result.dropped, lost.reason);
      example(`dropped ${lost.reason}`, lost.offset);
    }
    // Its commit covers what was given up before it.
    for (const lost of givenUp.get(partition) ?? []) {
      add(result.skipped, lost.reason, lost.count);
      example(`skipped ${lost.reason}`, lost.offset);
    }
    givenUp.delete(partition);
    if (fate.kind === 'delivered') add(result.delivered, fate.path);
    else add(fate.kind === 'dropped' ? result.dropped : result.deadLettered, fate.reason);
    example(fate.kind === 'delivered' ? `delivered ${fate.path}` : `${fate.kind} ${fate.reason}`);
  }
  for (const { partition, blocks } of batches?.end() ?? []) stopAt(partition, blocks);
  result.again = [...givenUp.values()].flat();
  return result;
}

function giveUp(givenUp: Map<number, GivenUp[]>, { partition, offset }: RangeRecord, reason: DropReason): void {
  const here = givenUp.get(partition) ?? [];
  givenUp.set(partition, here);
  const same = here.find((other) => other.reason === reason);
  if (same) same.count++;
  else here.push({ partition, offset, count: 1, reason });
}

function add<K extends string>(counts: Partial<Record<K, number>>, key: K, more = 1): void {
  counts[key] = (counts[key] ?? 0) + more;
}

/** The set-up of one subscription of a component. `excludesHeader` and `evaluate` come from the caller: they need a regular expression engine and CEL. */
export function dryRunSetup(
  reader: Reader,
  subscription: Subscription | undefined,
  environment: Pick<DryRunSetup, 'now' | 'daprVersion' | 'http' | 'evaluate'> & {
    compileRegex: (pattern: string) => (name: string) => boolean;
  },
): DryRunSetup {
  const value = (name: string): string => {
    const found = valueOf(looseItemOf(reader.component, name));
    return found.known ? found.text : '';
  };
  const rawPayload = subscription?.metadata.find(({ key }) => keyText(key) === 'rawPayload');
  const pattern = value('excludeHeaderMetaRegex');
  const { compileRegex, ...rest } = environment;
  const common = {
    keepsTrying: keepsTrying(reader.component),
    escapeHeaders: /^(y|yes|true|t|on|1)$/i.test(value('escapeHeaders').trim()),
    excludesHeader: pattern === '' ? undefined : compileRegex(pattern),
  };
  // A binding hands over the bytes as they are, to a path of its own name; it has no routes and no dead letter topic.
  if (reader.component.type === 'bindings.kafka') {
    const route = value('route').replace(/^\/+/, '') || reader.component.name;
    return { ...rest, ...common, rawPayload: 'true', rules: [], defaultPath: `/${route}`, deadLetterTopic: undefined };
  }
  const schema = schemaOf(subscription, value('schemaRegistryURL') !== '');
  return {
    ...rest,
    ...common,
    ...(schema === undefined ? {} : { schema }),
    ...(isBulk(subscription) ? { batch: batchOf(subscription) } : {}),
    rawPayload: rawPayload === undefined ? undefined : textOf(rawPayload.value),
    // The route that is wrong for the version of the Subscription does not exist for daprd.
    rules:
      subscription?.version === 'v2alpha1'
        ? subscription.rules.map((rule) => ({ match: rule.match?.text ?? '', path: slashed(rule.path?.text) ?? '' }))
        : [],
    defaultPath:
      subscription === undefined
        ? '/'
        : subscription.version === 'v1alpha1'
          ? slashed(subscription.route?.text)
          : slashed(subscription.defaultRoute?.text),
    deadLetterTopic: subscription?.deadLetterTopic?.text === '' ? undefined : subscription?.deadLetterTopic?.text,
  };
}

/** daprd calls `/d` for the route `d`; an empty one is none. */
const slashed = (path: string | undefined): string | undefined =>
  path === undefined || path === '' || path.startsWith('/') ? path : `/${path}`;

function schemaOf(subscription: Subscription | undefined, registry: boolean): DryRunSetup['schema'] {
  const item = subscription?.metadata.find(({ key }) => keyText(key)?.toLowerCase() === 'valueschematype');
  const type = (textOf(item?.value) ?? '').toLowerCase();
  if (type === '' || type === 'none') return undefined;
  return type !== 'avro' ? 'not-known' : registry ? 'avro' : 'avro-without-registry';
}

/** A rule that sampled records break, for a live finding in the file. */
export interface SampledFault {
  rule: 'K-30' | 'K-31' | 'K-65';
  partition: number;
  offset: number;
  message: string;
}

/** The live half of K-30, K-31 and K-65: the first sampled record of each kind that would block its partition. */
export function sampledFaults(records: Iterable<RangeRecord>, setup: DryRunSetup): SampledFault[] {
  // What is wrong with the file alone, its own rules say.
  if (setup.schema !== undefined) return [];
  const found = new Map<string, SampledFault>();
  const raw = setup.rawPayload !== undefined && parseGoBool(setup.rawPayload) === true;
  for (const record of records) {
    // As if nothing took the message away: a dead letter topic does not make it readable.
    const fate = dryRunRecord(record, { ...setup, deadLetterTopic: undefined, rules: [], defaultPath: '/' });
    if (fate.kind !== 'blocks' && fate.kind !== 'crashes' && fate.kind !== 'skipped') continue;
    const givenUp = fate.kind === 'skipped';
    const rule = fate.reason === 'trace-not-text' ? 'K-65' : fate.reason === 'header-refused' ? 'K-31' : 'K-30';
    if (found.has(rule) || (rule === 'K-30' && raw)) continue;
    const where = l10n.t(
      'offset {0} of partition {1}: {2}',
      formatCount(record.offset),
      record.partition,
      fateReason(fate.reason),
    );
    const message =
      rule === 'K-30'
        ? setup.deadLetterTopic === undefined
          ? givenUp
            ? l10n.t(
                'Such records are given up after their attempts, and lost once a later one is committed: {0}. Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.',
                where,
              )
            : l10n.t(
                'This partition will block: {0}. Set rawPayload: "true" in the Subscription’s metadata, or a deadLetterTopic.',
                where,
              )
          : l10n.t(
              'Such records go to the dead letter topic: {0}. rawPayload: "true" in the Subscription’s metadata delivers them.',
              where,
            )
        : rule === 'K-31'
          ? givenUp
            ? l10n.t('HTTP delivery fails, and the record is given up: {0}. Set escapeHeaders: "true".', where)
            : l10n.t('HTTP delivery fails and is retried for ever: {0}. Set escapeHeaders: "true".', where)
          : l10n.t('daprd panics and stops at every start: {0}. Upgrade to 1.18.3.', where);
    found.set(rule, { rule, partition: record.partition, offset: record.offset, message });
  }
  return [...found.values()];
}
