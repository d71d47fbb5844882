import * as l10n from '@vscode/l10n';
import { ChangeRefused, createGate } from '../core/kafka/changes/gate.ts';
import { applyReset } from '../core/kafka/changes/resetOffsets.ts';
import { planReset, type ResetPlan, type ResetScope } from '../core/kafka/changes/resetPlan.ts';
import type { ResetTarget } from '../core/kafka/changes/resetTarget.ts';
import { withCluster } from './cluster.ts';
import { EXIT, flag, text, texts, UsageError, type Command } from './command.ts';
import { connectionHelp, connectionOptions } from './connection.ts';
import { table } from './table.ts';
import { isoTime } from './position.ts';

export const resetOffsetsCommand: Command = {
  name: 'reset-offsets',
  operands: 'GROUP',
  summary: () => l10n.t('move a group that is not running; a dry run unless --execute'),
  options: {
    ...connectionOptions,
    topic: { type: 'string', multiple: true },
    to: { type: 'string' },
    execute: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: () => ({
    ...connectionHelp(),
    topic: l10n.t('T[:P,…]  topic, or some of its partitions (repeatable)'),
    to: l10n.t('earliest|latest|offset:N|time:ISO|shift:±N|group:ID  where to'),
    execute: l10n.t('commit the new offsets'),
    json: l10n.t('print JSON'),
  }),
  run(context) {
    const { options, positionals, out, signal } = context;
    const [group, ...more] = positionals;
    if (group === undefined || group === '' || more.length > 0)
      throw new UsageError(l10n.t('reset-offsets takes exactly one GROUP.'));
    const scopes = texts(options, 'topic').map(parseScope);
    if (scopes.length === 0) throw new UsageError(l10n.t('--topic T[:P,…] is missing: which topic?'));
    const target = parseTarget(text(options, 'to'));
    return withCluster(context, async (client) => {
      const plan = await planReset(client, group, scopes, target, { signal }).catch(asUsageError);
      let failed = plan.problems;
      const execute = flag(options, 'execute');
      if (execute && plan.changes.length > 0) {
        // The command line is the confirmation: --execute was typed.
        const gate = createGate({ name: group, mode: 'normal' }, () => Promise.resolve(true));
        const result = await applyReset(client, plan, gate, { signal }).catch(asUsageError);
        plan.changes = result.done;
        failed = [
          ...failed,
          ...result.failed.map(({ change, message }) => `${change.topic} P${change.partition}: ${message}`),
        ];
      }
      const applied = execute && plan.changes.length > 0;
      if (flag(options, 'json'))
        await out.json({ group: plan.group, state: plan.state, changes: plan.changes, applied });
      else {
        for (const line of planTable(plan)) await out.line(line);
        out.note(applied ? l10n.t('Committed.') : l10n.t('Dry run: nothing was committed (--execute does it).'));
      }
      for (const note of plan.notes) out.note(note);
      for (const problem of failed) out.note(problem);
      return failed.length > 0 ? EXIT.partly : EXIT.done;
    });
  },
};

function asUsageError(error: unknown): never {
  throw error instanceof ChangeRefused ? new UsageError(error.message) : error;
}

/** `T` or `T:P,P,…`; topic names cannot contain a colon. Throws {@link UsageError}. */
function parseScope(value: string): ResetScope {
  const [topic = '', list, ...more] = value.split(':');
  const partitions = list?.split(',');
  if (topic === '' || more.length > 0 || partitions?.some((p) => !/^\d+$/.test(p)))
    throw new UsageError(l10n.t('--topic takes T or T:P,P,…, not "{0}".', value));
  return partitions === undefined ? { topic } : { topic, partitions: partitions.map(Number) };
}

/** `--to` of a reset. Throws {@link UsageError}. */
function parseTarget(value: string | undefined): ResetTarget {
  if (value === 'earliest' || value === 'latest') return { kind: value };
  const [kind = '', ...parts] = (value ?? '').split(':');
  const rest = parts.join(':');
  if (kind === 'offset' && /^\d+$/.test(rest)) return { kind, offset: Number(rest) };
  if (kind === 'time' && rest !== '') return { kind, timestamp: isoTime(rest) };
  if (kind === 'shift' && /^[+-]?\d+$/.test(rest)) return { kind, by: Number(rest) };
  if (kind === 'group' && rest !== '') return { kind, group: rest };
  throw new UsageError(
    l10n.t('--to takes earliest, latest, offset:N, time:ISO, shift:±N or group:ID, not "{0}".', value ?? ''),
  );
}

function planTable(plan: ResetPlan): string[] {
  return table(
    ['TOPIC', 'P', 'FROM', 'TO', 'LAG BEFORE', 'LAG AFTER'],
    plan.changes.map((c) => [c.topic, c.partition, c.from, c.to, c.lagBefore, c.lagAfter]),
  );
}
