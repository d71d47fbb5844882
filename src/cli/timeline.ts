import * as l10n from '@vscode/l10n';
import { type Timeline, timeline } from '../core/kafka/read/timeline.ts';
import { withCluster } from './cluster.ts';
import { EXIT, flag, wholeNumber, type Command } from './command.ts';
import { connectionHelp, connectionOptions } from './connection.ts';
import { committedByGroup } from './committed.ts';
import { isoTime } from '../shared/isoTime.ts';
import { oneTopic, rangeFrom, rangeHelp, rangeOptions } from './reading.ts';

const BAR_WIDTH = 50;
/** Each is a question to every leader. */
const MOST_BUCKETS = 10_000;

export const timelineCommand: Command = {
  name: 'timeline',
  operands: 'TOPIC',
  summary: () => l10n.t('how many messages a topic got when, without reading one'),
  options: { ...connectionOptions, ...rangeOptions, buckets: { type: 'string' }, json: { type: 'boolean' } },
  help: () => ({
    ...connectionHelp(),
    ...rangeHelp(),
    buckets: l10n.t('N  into how many spans of time to divide the range (60)'),
    json: l10n.t('print JSON'),
  }),
  run(context) {
    const { options, out, signal } = context;
    const topic = oneTopic(context.positionals, 'timeline');
    const range = rangeFrom(options, Date.now());
    const buckets = wholeNumber(options, 'buckets', 1, MOST_BUCKETS) ?? 60;
    return withCluster(context, async (client) => {
      const request = { topic, buckets, committed: committedByGroup(client), ...range };
      const onPart = (part: Timeline) =>
        out.progress(l10n.t('{0} spans of time so far, asking for finer ones…', part.buckets.length));
      const result = await timeline(client.connection, request, signal, onPart);
      for (const problem of result.problems) out.note(problem);
      if (flag(options, 'json'))
        await out.json({ from: result.from, to: result.to, buckets: result.buckets, partitions: result.partitions });
      else {
        if (result.buckets.length === 0 && result.problems.length === 0)
          out.note(l10n.t('{0} has no messages in this range.', topic));
        const most = Math.max(1, ...result.buckets.map((bucket) => bucket.count));
        for (const { start, count } of result.buckets) {
          const bar = '█'.repeat(Math.ceil((count / most) * BAR_WIDTH));
          await out.line(`${isoTime(start)} ${count.toLocaleString('en-US').padStart(12)} ${bar}`.trimEnd());
        }
      }
      return result.problems.length > 0 ? EXIT.partly : EXIT.done;
    });
  },
};
