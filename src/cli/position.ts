import * as l10n from '@vscode/l10n';
import type { End, Start } from '../core/kafka/read/position.ts';
import { parseIsoTime } from '../shared/isoTime.ts';
import { UsageError } from './command.ts';

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `--from`: earliest | latest | last:N | offset:N | offset:P=N[,P=N…] | time:ISO | ago:DURATION | group:ID.
 * @param now ms since the epoch, for `ago:`. Throws {@link UsageError}.
 */
export function parseStart(value: string, now: number): Start {
  if (value === 'earliest' || value === 'latest') return { kind: value };
  const [kind, rest] = split(value);
  switch (kind) {
    case 'last':
      return { kind, count: whole(rest, value, 1) };
    case 'offset':
      return rest.includes('=')
        ? { kind: 'offsets', offsets: perPartition(rest, value) }
        : { kind, offset: whole(rest, value, 0) };
    case 'time':
      return { kind, timestamp: isoTime(rest) };
    case 'ago':
      return { kind: 'time', timestamp: now - duration(rest) };
    case 'group':
      if (rest !== '') return { kind, group: rest };
  }
  throw new UsageError(
    l10n.t(
      '--from takes earliest, latest, last:N, offset:N, offset:P=N[,P=N…], time:ISO, ago:DURATION or group:ID, not "{0}".',
      value,
    ),
  );
}

/** `--to`: end | offset:N | time:ISO | forever; exclusive. Throws {@link UsageError}. */
export function parseEnd(value: string): End {
  if (value === 'end' || value === 'forever') return { kind: value };
  const [kind, rest] = split(value);
  if (kind === 'offset') return { kind, offset: whole(rest, value, 0) };
  if (kind === 'time') return { kind, timestamp: isoTime(rest) };
  throw new UsageError(l10n.t('--to takes end, offset:N, time:ISO or forever, not "{0}".', value));
}

/** ms since the epoch of an ISO 8601 date or time; one without a zone is UTC. Throws {@link UsageError}. */
export function isoTime(value: string): number {
  const time = parseIsoTime(value, 'UTC');
  if (time === null) throw new UsageError(l10n.t('"{0}" is not an ISO time such as 2026-11-23T07:00:00Z.', value));
  return time;
}

/** ms of `\d+(ms|s|m|h|d)`. Throws {@link UsageError}. */
export function duration(value: string): number {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(value);
  const ms = Number(match?.[1]) * (UNIT_MS[match?.[2] ?? ''] ?? NaN);
  if (!Number.isSafeInteger(ms))
    throw new UsageError(l10n.t('"{0}" is not a duration such as 90s, 15m, 2h or 7d.', value));
  return ms;
}

function split(value: string): [string, string] {
  const colon = value.indexOf(':');
  return colon < 0 ? [value, ''] : [value.slice(0, colon), value.slice(colon + 1)];
}

function whole(digits: string, value: string, min: number): number {
  const number = Number(digits);
  if (!/^\d+$/.test(digits) || !Number.isSafeInteger(number) || number < min)
    throw new UsageError(l10n.t('"{0}" needs a whole number of at least {1} after the colon.', value, min));
  return number;
}

function perPartition(list: string, value: string): Record<number, number> {
  const offsets: Record<number, number> = {};
  for (const item of list.split(',')) {
    const [partition = '', ...offset] = item.split('=');
    const number = whole(partition, value, 0);
    if (number in offsets) throw new UsageError(l10n.t('"{0}" names partition {1} twice.', value, number));
    offsets[number] = whole(offset.join('='), value, 0);
  }
  return offsets;
}
