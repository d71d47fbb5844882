import * as l10n from '@vscode/l10n';
import { count, messageCount } from '../../shared/counts.ts';
import { handoverOf, markdown } from './liveReader.ts';
import type { ComponentForecast, ForecastResult, TopicForecast } from './result.ts';

/** Markdown: what a change of group or app hands over, topic by topic and partition by partition. */
export function handoverText(result: ForecastResult, cluster: string, before: string): string {
  return [
    `# ${l10n.t('Handover from {0}', markdown(before))}`,
    ...result.components.flatMap((component) => [
      `## ${markdown([component.name, component.app].filter((part) => part !== null).join(' · '))}`,
      l10n.t('Group {0} on {1}', markdown(component.group ?? '?'), markdown(cluster)),
      ...component.topics.map(topicText),
      ...advice(component),
    ]),
    ...result.problems.map((problem) => `- ${markdown(problem.message)}`),
  ].join('\n\n');
}

function topicText(topic: TopicForecast): string {
  const number = (n: number | null | undefined) => (n === null || n === undefined ? '?' : count(n));
  const sum = handoverOf(topic.partitions);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row([
      `**${markdown(topic.brokerTopic ?? topic.topic)}**`,
      l10n.t('log start'),
      l10n.t('high watermark'),
      l10n.t('starts at'),
      l10n.t('handled before'),
      l10n.t('handled by nobody'),
      l10n.t('handled twice'),
    ]),
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...topic.partitions.map((p) =>
      row([
        `P${p.partition}`,
        number(p.logStart),
        number(p.highWatermark),
        number(p.first),
        number(p.handover?.handledBefore),
        number(p.handover?.handledByNobody),
        number(p.handover?.twice),
      ]),
    ),
    row([
      l10n.t('together'),
      '',
      '',
      '',
      ...[sum?.handledBefore, sum?.handledByNobody, sum?.twice].map((n) => `**${number(n)}**`),
    ]),
  ].join('\n');
}

function advice(component: ComponentForecast): string[] {
  const sum = handoverOf(component.topics.flatMap((topic) => topic.partitions));
  if (!sum)
    return [l10n.t('Not everything is known: the commits of the group before could not be read, or there was none.')];
  const copy = l10n.t(
    'To hand over exactly: stop both, and reset the offsets of group {0} to those of the group before.',
    markdown(component.group ?? '?'),
  );
  if (sum.handledByNobody > 0)
    return [
      l10n.t(
        '{0} would be handled by nobody. With oldest they are received, and those handled before again.',
        messageCount(sum.handledByNobody),
      ),
      copy,
    ];
  if (sum.twice > 0)
    return [l10n.t('{0} would be handled twice: the handler must stand that.', messageCount(sum.twice)), copy];
  return [l10n.t('Nothing is lost and nothing comes twice.')];
}
