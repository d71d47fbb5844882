import * as l10n from '@vscode/l10n';
import { registryOf } from '../core/kafka/values/registry.ts';
import { ValueDecoder } from '../core/kafka/values/valueDecoder.ts';
import { countRecords } from '../core/scan/count.ts';
import { createFilter } from '../core/scan/filter.ts';
import { tail, type TailLine, type TailProblem } from '../core/scan/tail.ts';
import { withCluster } from './cluster.ts';
import { committedByGroup } from './committed.ts';
import { EXIT, flag, text, UsageError, wholeNumber, type Command } from './command.ts';
import { connectionHelp, connectionOptions } from './connection.ts';
import { oneLine } from './table.ts';
import { firstLine } from '../shared/firstLine.ts';
import { messageCount } from '../shared/counts.ts';
import { isoTime } from '../shared/isoTime.ts';
import { isolationFrom, oneTopic, partitionsFrom, rangeFrom, rangeHelp, rangeOptions } from './reading.ts';

export const tailCommand: Command = {
  name: 'tail',
  operands: 'TOPIC',
  summary: () => l10n.t('read or follow a topic from any position, without a group and without a commit'),
  options: {
    ...connectionOptions,
    ...rangeOptions,
    partition: { type: 'string', multiple: true },
    max: { type: 'string' },
    isolation: { type: 'string' },
    filter: { type: 'string' },
    grep: { type: 'string' },
    encoding: { type: 'string' },
    count: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: () => ({
    ...connectionHelp(),
    ...rangeHelp(),
    partition: l10n.t('P  only this partition (repeatable)'),
    max: l10n.t('N  stop after N matches'),
    isolation: l10n.t('read_uncommitted|read_committed  leave out aborted and open transactions, or not'),
    filter: l10n.t('EXPR  CEL over key, value, headers, partition, offset, timestamp'),
    grep: l10n.t('TEXT  only records with this text in key, value or headers'),
    encoding: l10n.t('utf8|base64|auto  how to print keys, values and headers'),
    count: l10n.t('print only how many were scanned and matched'),
    json: l10n.t('print JSON, one object a line'),
  }),
  async run(context) {
    const { options, out, signal } = context;
    const topic = oneTopic(context.positionals, 'tail');
    const range = rangeFrom(options, Date.now());
    const from = range.from ?? { kind: 'latest' as const };
    const to = range.to ?? { kind: from.kind === 'latest' ? ('forever' as const) : ('end' as const) };
    const encoding = text(options, 'encoding') ?? 'utf8';
    if (encoding !== 'utf8' && encoding !== 'base64' && encoding !== 'auto')
      throw new UsageError(l10n.t('--encoding takes utf8, base64 or auto, not "{0}".', encoding));
    const partitions = partitionsFrom(options);
    const max = wholeNumber(options, 'max', 1);
    const filter = text(options, 'filter');
    const grep = text(options, 'grep');
    const isolation = isolationFrom(options);
    // What is wrong with an expression is told whether the cluster answers or not.
    if (filter !== undefined) await createFilter({ language: 'cel', text: filter }, new ValueDecoder());

    return withCluster(context, async (client, { profile, secrets }) => {
      const request = {
        topic,
        from,
        to,
        isolation,
        encoding,
        registry: registryOf(profile, secrets),
        committed: committedByGroup(client),
        onConnection: (state: string | null) => out.progress(state ?? ''),
        ...(partitions === undefined ? {} : { partitions }),
        ...(max === undefined ? {} : { max }),
        ...(filter === undefined ? {} : { filter }),
        ...(grep === undefined ? {} : { grep }),
      } as const;
      if (flag(options, 'count')) {
        const endless = to.kind === 'forever';
        let partly = false;
        const onProblem = (problem: TailProblem) => {
          partly = true;
          out.note(forPeople(problem));
        };
        await out.line(JSON.stringify(await countRecords(client.connection, { ...request, onProblem }, signal)));
        return partly || (signal.aborted && !endless) ? EXIT.partly : EXIT.done;
      }
      const asJson = flag(options, 'json');
      let failed = false;
      let unjudged = 0;
      let why = '';
      const onUnjudged = (partition: number, offset: number, error: unknown) => {
        if (unjudged++ === 0) why = `P${partition}, ${offset}: ${firstLine(error)}`;
      };
      for await (const line of tail(client.connection, { ...request, onUnjudged }, signal)) {
        failed ||= 'error' in line;
        await out.line(asJson ? JSON.stringify(line) : forPeople(line));
      }
      if (unjudged > 0)
        out.note(l10n.t('{0} could not be judged by --filter, the first of them {1}', messageCount(unjudged), why));
      return failed ? EXIT.partly : EXIT.done;
    });
  },
};

function forPeople(line: TailLine): string {
  const place = `${line.topic}[${line.partition ?? '*'}]@${line.offset ?? '-'}`;
  if ('error' in line) return oneLine(`${place} ${line.error}`);
  const show = (value: unknown) =>
    value === null ? 'null' : typeof value === 'string' ? value : JSON.stringify(value);
  const headers = line.headers.map(([name, value]) => `${name}=${show(value)}`).join(' ');
  return oneLine(`${place} ${isoTime(line.timestamp)} ${show(line.key)} ${show(line.value)} ${headers}`.trimEnd());
}
