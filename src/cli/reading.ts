import * as l10n from '@vscode/l10n';
import type { End, Isolation, Start } from '../core/kafka/read/position.ts';
import { text, texts, UsageError, type OptionSpec, type OptionValues } from './command.ts';
import { parseEnd, parseStart } from './position.ts';

/** Options of the commands that read a topic. */
export const rangeOptions: OptionSpec = { from: { type: 'string' }, to: { type: 'string' } };

export const rangeHelp = (): Record<string, string> => ({
  from: l10n.t('earliest|latest|last:N|offset:N|offset:P=N[,…]|time:ISO|ago:DURATION|group:ID  where to start'),
  to: l10n.t('end|offset:N|time:ISO|forever  where to stop (exclusive)'),
});

/** The one topic of the command line. Throws {@link UsageError}. */
export function oneTopic(positionals: readonly string[], command: string): string {
  const [topic, ...more] = positionals;
  if (topic === undefined || topic === '' || more.length > 0)
    throw new UsageError(l10n.t('{0} takes exactly one TOPIC.', command));
  return topic;
}

/** `--from` and `--to`; undefined where absent. */
export function rangeFrom(options: OptionValues, now: number): { from?: Start; to?: End } {
  const from = text(options, 'from');
  const to = text(options, 'to');
  return {
    ...(from === undefined ? {} : { from: parseStart(from, now) }),
    ...(to === undefined ? {} : { to: parseEnd(to) }),
  };
}

/** `--partition`, repeatable; undefined: all. */
export function partitionsFrom(options: OptionValues): number[] | undefined {
  const partitions = texts(options, 'partition').map((value) => {
    if (!/^\d+$/.test(value)) throw new UsageError(l10n.t('--partition takes a number, not "{0}".', value));
    return Number(value);
  });
  return partitions.length > 0 ? [...new Set(partitions)] : undefined;
}

export function isolationFrom(options: OptionValues): Isolation {
  const value = text(options, 'isolation') ?? 'read_uncommitted';
  if (value === 'read_committed' || value === 'read_uncommitted') return value;
  throw new UsageError(l10n.t('--isolation takes read_uncommitted or read_committed, not "{0}".', value));
}
