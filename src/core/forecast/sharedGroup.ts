import * as l10n from '@vscode/l10n';
import { namesBroker } from '../dapr/delivery/namesBroker.ts';
import { brokersOf, type Reader } from '../dapr/delivery/readers.ts';
import { ruleTitleWithId } from '../dapr/delivery/sentences.ts';
import type { ForecastOptions, ForecastPlan, PlannedReader } from './plan.ts';
import type { ForecastProblem } from './result.ts';

/** F-20: apps or components that read a topic in one group divide its partitions. Other readers like that, by name. */
export function sharing(readers: readonly PlannedReader[], reader: Reader, brokerTopic: string | null): string[] {
  const { group } = reader.group;
  // Nobody can join the group without a name, of a binding that gives none.
  if (group === null || group === '' || brokerTopic === null) return [];
  return readers
    .filter(
      ({ reader: other }) =>
        other !== reader &&
        other.group.group === group &&
        mayMeet(reader, other) &&
        other.topics.some((topic) => topic.brokerTopic === brokerTopic),
    )
    .map(({ reader: other }) => nameOf(other));
}

/** Brokers that have none in common are of two clusters, as far as files tell: groups of one name do not meet there. */
function mayMeet(a: Reader, b: Reader): boolean {
  const [brokers, others] = [brokersOf(a.component), brokersOf(b.component)];
  return brokers === undefined || others === undefined || brokers.some(namesBroker(others));
}

export const sharedText = (others: readonly string[]): string =>
  `${ruleTitleWithId('F-20')} ${l10n.t('Also: {0}.', others.join(', '))}`;

/**
 * A sentence for each reader and those that it shares topics with: the figures are the group's, of which it gets a part.
 * @param others who reads beside `readers`
 */
export function sharedGroups(readers: readonly PlannedReader[], others: readonly PlannedReader[]): ForecastProblem[] {
  const everybody = [...readers, ...others];
  return readers.flatMap(({ reader, file, line }) => {
    const topicsOf = new Map<string, string[]>();
    for (const { topic, brokerTopic } of reader.topics) {
      const found = sharing(everybody, reader, brokerTopic);
      if (found.length === 0) continue;
      const text = sharedText(found);
      topicsOf.set(text, [...(topicsOf.get(text) ?? []), brokerTopic ?? topic]);
    }
    return [...topicsOf].map(([text, topics]) => ({
      file,
      line,
      message: `${nameOf(reader)}, ${topics.join(', ')}: ${text}`,
    }));
  });
}

/**
 * Who reads beside those that are asked about: other apps through the component, as the "what if" changes it for all,
 * and other components as they are.
 * @param planFor the plan of the same files
 */
export function othersBeside(
  options: ForecastOptions,
  planFor: (options: ForecastOptions) => ForecastPlan,
): PlannedReader[] {
  // Which topics one app subscribes in code says nothing of the others.
  const { appId, topics: _topics, was: _was, baseFiles: _base, ...everyApp } = options;
  const { component, set: _set, topic: _topic, place: _place, ...asIs } = everyApp;
  const apps =
    appId === undefined ? [] : planFor(everyApp).readers.filter(({ reader: { app } }) => app !== null && app !== appId);
  if (component === undefined) return apps;
  const all = planFor(asIs).readers;
  const known =
    appId !== undefined && all.some(({ reader }) => reader.app === null) ? planFor({ ...asIs, appId }).readers : all;
  return [...apps, ...known.filter(({ reader }) => reader.component.name !== component)];
}

function nameOf(reader: Reader): string {
  return reader.app === null ? reader.component.name : `${reader.component.name} (${reader.app})`;
}
