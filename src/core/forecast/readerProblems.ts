import * as l10n from '@vscode/l10n';
import { effectiveInitialOffset } from '../dapr/delivery/initialOffset.ts';
import type { Reader } from '../dapr/delivery/readers.ts';
import { isTopicName } from '../dapr/delivery/topicName.ts';
import type { ForecastOptions } from './plan.ts';
import type { ForecastProblem } from './result.ts';

/** What keeps the figures of one reader unknown or at zero, each a sentence with the next step. */
export function readerProblems(
  reader: Reader,
  at: { file: string; line: number },
  options: ForecastOptions,
): ForecastProblem[] {
  const problem = (message: string): ForecastProblem => ({ ...at, message });
  const problems: ForecastProblem[] = [];
  const { group, component } = reader;
  const appId = options.appId ?? reader.app;
  if (reader.topics.length === 0 && component.type === 'pubsub.kafka')
    problems.push(
      problem(
        l10n.t(
          '{0}: no Subscription of these files names it{1}. {2}',
          component.name,
          appId === null ? '' : ` (${appId})`,
          options.place === 'editor'
            ? l10n.t('If the app subscribes in code, tell its topics once: “Subscribed in code?” above the component.')
            : l10n.t('Name topics with --topic, if the app subscribes in code.'),
        ),
      ),
    );
  if (options.set?.initialOffset !== undefined && effectiveInitialOffset(options.set.initialOffset) === null)
    problems.push(
      problem(
        l10n.t(
          '{0}: daprd refuses initialOffset "{1}" and stops; it knows oldest and newest.',
          component.name,
          options.set.initialOffset,
        ),
      ),
    );
  if (group.unknown !== undefined)
    problems.push(problem(unknownGroup(component.name, group.unknown, group.template, options.place)));
  if (group.group === '')
    problems.push(
      problem(
        l10n.t(
          '{0}: the binding has neither consumerGroup nor consumerID: its group is empty and nothing is delivered.',
          component.name,
        ),
      ),
    );
  for (const { topic, brokerTopic } of reader.topics) {
    if (brokerTopic === null)
      problems.push(
        problem(
          l10n.t(
            '{0}: {namespace} renames topic {1} on the broker, and the namespace is not known.{2}',
            component.name,
            topic,
            giveNamespace(options.place),
          ),
        ),
      );
    else if (!isTopicName(brokerTopic))
      problems.push(
        problem(
          l10n.t(
            '{0}: Kafka refuses the topic name "{1}", and all topics of this component stop (F-19).',
            component.name,
            brokerTopic,
          ),
        ),
      );
  }
  return problems;
}

function unknownGroup(
  name: string,
  why: 'secret' | 'uuid' | 'podName' | 'namespace' | 'appId',
  template: string | undefined,
  place: ForecastOptions['place'],
): string {
  switch (why) {
    case 'secret':
      return l10n.t('{0}: the group comes from a secret, the environment or a template and is not known here.', name);
    case 'uuid':
      return l10n.t(
        '{0}: the group {1} gets a new name at every start; no start finds commits of an earlier one (F-17).',
        name,
        template ?? '',
      );
    case 'podName':
      return l10n.t('{0}: the group {1} depends on the pod and is not known here.', name, template ?? '');
    case 'namespace':
      return l10n.t(
        '{0}: the group {1} depends on the namespace, which is not known.{2}',
        name,
        template ?? '',
        giveNamespace(place),
      );
    case 'appId':
      return l10n.t(
        '{0}: the group depends on the app id, which no file tells. {1}',
        name,
        place === 'editor'
          ? l10n.t('Say it once: “Which app reads here?” above the component.')
          : l10n.t('Give --app-id.'),
      );
  }
}

const giveNamespace = (place: ForecastOptions['place']): string =>
  place === 'editor' ? '' : ` ${l10n.t('Give --namespace.')}`;
