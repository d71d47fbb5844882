import * as l10n from '@vscode/l10n';
import type { Group } from '../core/kafka/clusterClient.ts';
import { groupNotFound } from '../core/kafka/groups/notFound.ts';
import { withCluster } from './cluster.ts';
import { EXIT, flag, worst, type Command, type ExitCode } from './command.ts';
import { connectionHelp, connectionOptions } from './connection.ts';
import { table } from './table.ts';

export const groupsCommand: Command = {
  name: 'groups',
  operands: '[ID…]',
  summary: () => l10n.t('consumer groups of every type: members, assignments, committed offsets, lag'),
  options: { ...connectionOptions, json: { type: 'boolean' } },
  help: () => ({ ...connectionHelp(), json: l10n.t('print JSON') }),
  run: (context) =>
    withCluster(context, async (client) => {
      const options = { signal: context.signal };
      const listing = await client.groups(options);
      const wanted = [...new Set(context.positionals)];
      const known = new Set(listing.groups.map((group) => group.group));
      const unknown = wanted.filter((id) => !known.has(id));
      const ids = wanted.length > 0 ? wanted.filter((id) => known.has(id)) : [...known];
      const groups = ids.length > 0 ? await client.describeGroups(ids, options) : [];
      groups.sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));

      if (flag(context.options, 'json')) await context.out.json(groups.map(groupJson));
      else for (const line of groupTable(groups)) await context.out.line(line);

      for (const { broker, message } of listing.errors)
        context.out.note(l10n.t('Groups coordinated by broker {0} are missing: {1}', broker, message));
      for (const group of groups) if (group.error) context.out.note(`${group.group}: ${group.error}`);
      const complete = listing.errors.length === 0;
      for (const id of unknown)
        context.out.note(
          complete
            ? l10n.t('There is no group "{0}" on this cluster; `groups` without an id lists them.', id)
            : groupNotFound(id, listing),
        );

      const partly = listing.errors.length > 0 || groups.some((g) => g.error ?? g.offsets.some((o) => o.error));
      const codes: ExitCode[] = [EXIT.done];
      if (unknown.length > 0 && complete) codes.push(EXIT.usage);
      if (partly) codes.push(EXIT.partly);
      return worst(...codes);
    }),
};

function groupJson(group: Group): unknown {
  return {
    group: group.group,
    type: group.type,
    state: group.state,
    coordinator: group.coordinator,
    assignor: group.assignor,
    members: group.members.map(({ memberId, clientId, host, assignment }) => ({
      memberId,
      clientId,
      host,
      assignment,
    })),
    offsets: group.offsets.map(({ topic, partition, committed, logStart, highWatermark, lag, gone, ahead, error }) => ({
      topic,
      partition,
      committed,
      logStart,
      highWatermark,
      lag,
      gone,
      ahead,
      ...(error === undefined ? {} : { error }),
    })),
    ...(group.error === undefined ? {} : { error: group.error }),
  };
}

function groupTable(groups: Group[]): string[] {
  return table(
    ['GROUP', 'TYPE', 'STATE', 'TOPIC', 'P', 'COMMITTED', 'LOG START', 'HIGH WATERMARK', 'LAG', 'OWNER', 'NOTE'],
    groups.flatMap((group) => {
      const head = [group.group, group.type, group.state];
      if (group.offsets.length === 0) return [[...head, null, null, null, null, null, null, null, group.error ?? '']];
      return group.offsets.map((o) => {
        const owner = group.members.find((member) =>
          member.assignment.some((a) => a.topic === o.topic && a.partitions.includes(o.partition)),
        );
        const notes = [
          o.committed === null ? l10n.t('never committed') : '',
          o.gone ? l10n.t('{0} already deleted by Kafka', o.gone) : '',
          o.ahead ? l10n.t('{0} ahead of the end', o.ahead) : '',
          o.error ?? '',
        ];
        return [
          ...head,
          o.topic,
          o.partition,
          o.committed,
          o.logStart,
          o.highWatermark,
          o.lag,
          owner ? `${owner.clientId} ${owner.host}` : null,
          notes.filter(Boolean).join('; '),
        ];
      });
    }),
  );
}
