import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { SourceFile } from '../core/dapr/workspace.ts';
import { failures, forecast, remarks, type ForecastResult } from '../core/forecast/forecast.ts';
import { filesAtRevision } from '../core/forecast/gitRevision.ts';
import { withCluster } from './cluster.ts';
import { EXIT, flag, text, texts, UsageError, worst, type Command, type CommandContext } from './command.ts';
import { connectionHelp, connectionOptions } from './connection.ts';
import { nearestConfig, withConfig } from './lintConfig.ts';
import { oneLine, table } from './table.ts';
import { placesOf, readSources } from './sources.ts';

const FAIL_ON = ['skipped', 'gone', 'replayed'] as const;
type FailOn = (typeof FAIL_ON)[number];

export const forecastCommand: Command = {
  name: 'forecast',
  operands: 'PATH…',
  summary: () => l10n.t('where these components will start reading on this cluster, and what they will miss'),
  options: {
    ...connectionOptions,
    'app-id': { type: 'string' },
    topic: { type: 'string', multiple: true },
    component: { type: 'string' },
    namespace: { type: 'string' },
    'stdin-filename': { type: 'string' },
    set: { type: 'string', multiple: true },
    base: { type: 'string' },
    was: { type: 'string' },
    'fail-on': { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  help: () => ({
    ...connectionHelp(),
    'app-id': l10n.t('ID  the app that runs the component, where no file tells'),
    topic: l10n.t('T  a topic it subscribes to, where no Subscription tells (repeatable)'),
    component: l10n.t('NAME  only this component'),
    namespace: l10n.t('NS  value of {namespace}'),
    'stdin-filename': l10n.t('NAME  with PATH "-": check stdin under this name'),
    set: l10n.t('initialOffset=V or consumerGroup=G  what if the file said so (repeatable)'),
    base: l10n.t('REV  compare with the files at this git revision'),
    was: l10n.t('GROUP  the group that handled the messages before'),
    'fail-on': l10n.t('skipped|gone|replayed  exit 1 when that number is above 0 or unknown (repeatable)'),
    json: l10n.t('print JSON'),
  }),
  async run(context) {
    const { options, positionals, out, cwd, stdin, signal } = context;
    if (positionals.length === 0) throw new UsageError(l10n.t('forecast needs at least one PATH.'));
    const failOn = texts(options, 'fail-on').map(failOnValue);
    const set = settings(texts(options, 'set'));
    const config = await nearestConfig(cwd);
    const stdinName = text(options, 'stdin-filename');
    const read = await readSources(positionals, { cwd, stdin, ...optional('stdinName', stdinName) });
    if (read.length === 0) throw new UsageError(l10n.t('No YAML or JSON file is in {0}.', positionals.join(', ')));
    const files = withConfig(read, config);
    const baseFiles = await baseOf(context, files);
    return withCluster(context, async (cluster) => {
      const result = await forecast({
        files,
        cluster,
        options: {
          ...optional('appId', text(options, 'app-id')),
          ...optional('topics', nonEmpty(texts(options, 'topic'))),
          ...optional('component', text(options, 'component')),
          ...optional('namespace', text(options, 'namespace')),
          ...optional('was', text(options, 'was')),
          ...optional('set', set),
          ...optional('baseFiles', baseFiles),
        },
        signal,
      });
      if (flag(options, 'json')) await out.json({ components: result.components, problems: result.problems });
      else for (const line of forecastTable(result)) await out.line(line);
      for (const problem of result.problems) out.note(oneLine(`${problem.file}:${problem.line} ${problem.message}`));
      // A misspelt name must not open a gate.
      const misspelt = text(options, 'component') !== undefined && result.components.length === 0;
      const reasons = failures(result, failOn);
      for (const reason of [...reasons, ...remarks(result, failOn)]) out.note(oneLine(reason));
      return worst(
        misspelt ? EXIT.usage : EXIT.done,
        result.partly ? EXIT.partly : EXIT.done,
        reasons.length > 0 ? EXIT.findings : EXIT.done,
      );
    });
  },
};

function failOnValue(value: string): FailOn {
  const known = FAIL_ON.find((candidate) => candidate === value);
  if (known === undefined) throw new UsageError(l10n.t('--fail-on takes skipped, gone or replayed, not "{0}".', value));
  return known;
}

function settings(list: string[]): { initialOffset?: string; consumerGroup?: string } | undefined {
  if (list.length === 0) return undefined;
  const set: { initialOffset?: string; consumerGroup?: string } = {};
  for (const item of list) {
    const at = item.indexOf('=');
    const name = item.slice(0, Math.max(at, 0));
    if (name !== 'initialOffset' && name !== 'consumerGroup')
      throw new UsageError(l10n.t('--set takes initialOffset=VALUE or consumerGroup=GROUP, not "{0}".', item));
    set[name] = item.slice(at + 1);
  }
  return set;
}

async function baseOf(context: CommandContext, files: readonly SourceFile[]): Promise<SourceFile[] | undefined> {
  const revision = text(context.options, 'base');
  if (revision === undefined) return undefined;
  if (text(context.options, 'was') !== undefined)
    throw new UsageError(l10n.t('--base and --was both say what came before: give one of them.'));
  const cwd = path.resolve(context.cwd);
  const { places, named } = await placesOf(context.positionals, cwd);
  return filesAtRevision(revision, places, files, { cwd, signal: context.signal, named });
}

const COLUMNS = 'COMPONENT APP GROUP START TOPIC P FIRST BACKLOG SKIPPED GONE REPLAYED RULE'.split(' ');
const HANDOVER_COLUMNS = ['HANDLED BEFORE', 'BY NOBODY', 'TWICE'];

function forecastTable({ components }: ForecastResult): string[] {
  const handedOver = components.some(({ topics }) =>
    topics.some(({ partitions }) => partitions.some((p) => p.handover !== undefined)),
  );
  return table(
    [...COLUMNS, ...(handedOver ? HANDOVER_COLUMNS : [])],
    components.flatMap((component) =>
      component.topics.flatMap((topic) =>
        topic.partitions.map((p) => [
          ...[component.name, component.app, component.group, component.initialOffset, topic.brokerTopic],
          ...[p.partition, p.first, p.backlog, p.skipped, p.gone, p.replayed, p.rule],
          ...(handedOver
            ? [p.handover?.handledBefore ?? null, p.handover?.handledByNobody ?? null, p.handover?.twice ?? null]
            : []),
        ]),
      ),
    ),
  );
}

const nonEmpty = (list: string[]) => (list.length > 0 ? list : undefined);

/** `{[name]: value}`, or nothing where the value is absent: absent and undefined differ for optional properties. */
function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: V });
}
