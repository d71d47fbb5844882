import * as l10n from '@vscode/l10n';
import type { ComponentForecast, ForecastResult, PartitionForecast, TopicForecast } from './result.ts';

export type FailOn = 'skipped' | 'gone' | 'replayed';

/**
 * Why a deployment gate should stay closed: one sentence for each number that is above 0 or unknown, and for each
 * component that would not start, would start and receive nothing, or cannot be read. A gate before which nothing was brought stays closed, too. Empty:
 * nothing to fail on. With a handover, `skipped` means handled by nobody.
 */
export function failures(result: ForecastResult, failOn: readonly FailOn[]): string[] {
  if (failOn.length === 0) return [];
  const reasons = result.components.flatMap((component) => [
    ...(result.notStarting.includes(component)
      ? [l10n.t('{0}: the component would not start.', nameOf(component))]
      : []),
    ...waiting(component),
    ...component.topics.flatMap((topic) => failOn.flatMap((number) => failureOf(component, topic, number))),
  ]);
  reasons.push(
    ...result.unreadable.map(({ file, line }) =>
      l10n.t('{0}:{1}: what this document would have read is not known.', file, line),
    ),
  );
  if (reasons.length === 0 && result.components.every(({ topics }) => topics.length === 0))
    reasons.push(l10n.t('Nothing was forecast: no component with a topic is known here.'));
  return reasons;
}

/**
 * What a person should know of an open gate: `replayed` counts what the component's own group handled before, not
 * what its predecessor did. A sentence for each topic.
 */
export function remarks({ components }: ForecastResult, failOn: readonly FailOn[]): string[] {
  if (!failOn.includes('replayed')) return [];
  return components.flatMap((component) =>
    component.topics.flatMap(({ topic, brokerTopic, partitions }) => {
      const handovers = partitions.flatMap(({ handover }) => handover ?? []);
      const known = handovers.flatMap(({ twice }) => twice ?? []);
      const twice = known.reduce((sum, n) => sum + n, 0);
      const where = [nameOf(component), brokerTopic ?? topic] as const;
      if (known.length < handovers.length)
        return [
          l10n.t(
            '{0}, topic {1}: how much of what the group before handled comes again is not known. --fail-on replayed does not count it.',
            ...where,
          ),
        ];
      return twice === 0
        ? []
        : [
            l10n.t(
              '{0}, topic {1}: {2} that the group before handled come again. --fail-on replayed does not count them.',
              ...where,
              twice,
            ),
          ];
    }),
  );
}

/** daprd runs, but nothing reaches the app: with no lag yet, no number would tell. */
function waiting(component: ComponentForecast): string[] {
  const all = component.topics.flatMap(({ partitions }) => partitions.map(({ rule }) => rule));
  const rules = new Set(all);
  return [
    ...(rules.has('F-18')
      ? [l10n.t('{0}: Kafka refuses the join, and nothing would be delivered (F-18).', nameOf(component))]
      : []),
    ...(rules.has('F-19')
      ? [l10n.t('{0}: a topic is not there, and nothing would be delivered of any (F-19).', nameOf(component))]
      : []),
    ...(rules.has('F-25')
      ? [
          all.every((rule) => rule === 'F-25')
            ? l10n.t('{0}: Kafka refuses what Dapr asks, and nothing would be delivered (F-25).', nameOf(component))
            : l10n.t(
                '{0}: some brokers refuse what Dapr asks, and nothing would be delivered of their partitions (F-25).',
                nameOf(component),
              ),
        ]
      : []),
  ];
}

function failureOf(component: ComponentForecast, topic: TopicForecast, number: FailOn): string[] {
  const values = topic.partitions.map((partition) => valueOf(partition, number));
  const where = [nameOf(component), topic.brokerTopic ?? topic.topic] as const;
  if (values.length === 0 || values.some((value) => value === null))
    return [l10n.t('{0}, topic {1}: {2} is not known.', ...where, number)];
  const sum = values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return sum > 0 ? [l10n.t('{0}, topic {1}: {2} is {3}.', ...where, number, sum)] : [];
}

function valueOf(partition: PartitionForecast, number: FailOn): number | null {
  return number === 'skipped' && partition.handover !== undefined
    ? partition.handover.handledByNobody
    : partition[number];
}

function nameOf(component: ComponentForecast): string {
  return component.app === null ? component.name : `${component.name} (${component.app})`;
}
