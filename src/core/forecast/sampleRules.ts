import * as l10n from '@vscode/l10n';
import type { Reader, ReaderTopic } from '../dapr/delivery/readers.ts';
import { brokerTopic } from '../dapr/delivery/group.ts';
import { looseItemOf, type Component } from '../dapr/resources/component.ts';
import type { Subscription } from '../dapr/resources/subscription.ts';
import { addItem, setValue } from '../dapr/rules/edits.ts';
import { missingRange } from '../dapr/rules/initialOffset.ts';
import type { Problem, Rule, RuleContext } from '../dapr/rules/rule.ts';
import { dryRunSetup, sampledFaults, type SampledFault } from './dryRun.ts';
import { readersFor, type AskLive, type LiveReader } from './liveReader.ts';
import type { TopicSample } from './sample.ts';

/** K-30, K-31 and K-65: what daprd would do with records that were sampled. */
export function sampleRules(live: AskLive): Rule[] {
  const faults = faultsOnce();
  const found = (
    id: SampledFault['rule'],
    { workspace, options }: RuleContext,
    is: (r: Reader, t: ReaderTopic) => boolean,
  ) =>
    readersFor(workspace, options).flatMap((reader) => {
      const answer = reader.topics.some((topic) => is(reader, topic)) ? live(reader) : null;
      return answer
        ? reader.topics
            .filter((topic) => is(reader, topic))
            .flatMap((topic) => faults(answer, topic, options.daprVersion).filter((fault) => fault.rule === id))
        : [];
    })[0];
  const onSubscription = (id: 'K-30' | 'K-65', severity: Rule['severity']): Rule => ({
    id,
    severity,
    on: 'subscription',
    crossFile: true,
    *check(subscription, context) {
      const fault = found(id, context, (_reader, topic) => topic.subscription === subscription);
      if (fault && subscription.topic)
        yield {
          range: subscription.topic.node.range,
          message: fault.message,
          fixes: id === 'K-30' ? rawPayload(subscription) : [],
        };
      const why = !fault && id === 'K-30' ? notLookedAt(subscription, context, live) : undefined;
      if (why !== undefined && subscription.topic)
        yield {
          range: subscription.topic.node.range,
          message: l10n.t('Whether its records would block a partition could not be looked at: {0}', why),
          fixes: [],
        };
    },
  });
  return [
    onSubscription('K-30', 'info'),
    onSubscription('K-65', 'warning'),
    {
      id: 'K-31',
      severity: 'info',
      consequence: 'runs',
      on: 'component',
      crossFile: true,
      *check(component, context) {
        const fault = found('K-31', context, (reader) => reader.component === component);
        if (!fault) return;
        const item = looseItemOf(component, 'escapeHeaders');
        yield {
          range: (item?.valueNode ?? item?.nameNode)?.range ?? missingRange(component),
          message: fault.message,
          fixes: escapeHeaders(component),
        };
      },
    },
  ];
}

/** Why no record of the topic could be read; undefined: it was not tried, or it could. */
function notLookedAt(
  subscription: Subscription,
  { workspace, options }: RuleContext,
  live: AskLive,
): string | undefined {
  for (const reader of readersFor(workspace, options)) {
    const topic = reader.topics.find((candidate) => candidate.subscription === subscription);
    const why = topic && live(reader)?.unread.get(topic.brokerTopic ?? '');
    if (why !== undefined) return why;
  }
  return undefined;
}

/** A dead letter topic that the cluster does not have, where its brokers do not create topics by themselves. */
export function* missingDeadLetters(
  subscription: Subscription,
  { workspace, options }: RuleContext,
  live: AskLive,
): Iterable<Problem> {
  const { deadLetterTopic } = subscription;
  if (!deadLetterTopic || deadLetterTopic.text === '' || deadLetterTopic.node.templated) return;
  for (const reader of readersFor(workspace, options)) {
    if (!reader.topics.some((topic) => topic.subscription === subscription)) continue;
    const answer = live(reader);
    const name = deadLetterName(reader, deadLetterTopic.text, options.mode);
    if (!answer || name === null || answer.facts.topics.get(name)?.missing !== true) continue;
    const {
      cluster,
      facts: { broker },
    } = answer;
    if (broker === undefined || broker.createsTopics === true) continue;
    yield {
      range: deadLetterTopic.node.range,
      message:
        broker.createsTopics !== false
          ? l10n.t(
              'The dead letter topic {0} does not exist on {1}. Whether its brokers create topics is not known ({2}): where they do not, the copy fails and the partition blocks at the first message that fails. Create it.',
              name,
              cluster,
              broker.error ?? l10n.t('not known'),
            )
          : l10n.t(
              'The dead letter topic {0} does not exist on {1}, and its brokers create no topics: the copy fails and the partition blocks at the first message that fails (before 1.15.0 the message is lost). Create it.',
              name,
              cluster,
            ),
    };
    return;
  }
}

/** On the broker: dead letters get the same prefix as what is read. */
export function deadLetterName(reader: Reader, topic: string, mode: RuleContext['options']['mode']): string | null {
  return brokerTopic(topic, reader.metadata, mode === 'kubernetes' ? null : 'default');
}

/** The rules run at each key press; a sample is judged once for each set-up. */
function faultsOnce() {
  const known = new WeakMap<TopicSample, Map<string, SampledFault[]>>();
  return (live: LiveReader, topic: ReaderTopic, daprVersion: string): SampledFault[] => {
    const sample = live.samples.get(topic.brokerTopic ?? '');
    if (!sample || !topic.subscription || topic.subscription.bulkSubscribe) return [];
    const setup = dryRunSetup(live.planned.reader, topic.subscription, {
      now: 0,
      daprVersion,
      http: true,
      evaluate: () => true,
      compileRegex: live.compileRegex,
    });
    const { rawPayload, deadLetterTopic, escapeHeaders } = setup;
    const pattern = looseItemOf(live.planned.reader.component, 'excludeHeaderMetaRegex')?.value;
    const key = JSON.stringify([rawPayload, deadLetterTopic, escapeHeaders, pattern, daprVersion]);
    const judged = known.get(sample) ?? new Map<string, SampledFault[]>();
    known.set(sample, judged);
    const faults = judged.get(key) ?? sampledFaults(sample.records, setup);
    judged.set(key, faults);
    return faults;
  };
}

function rawPayload(subscription: Subscription) {
  const { topic, document, metadata } = subscription;
  const before = topic ? document.text.slice(document.text.lastIndexOf('\n', topic.node.range.start) + 1) : '';
  const indent = /^( +)topic:/.exec(before)?.[1];
  // Beside other metadata or in one line with the topic a person puts it better.
  if (!topic || indent === undefined || metadata.length > 0) return [];
  const eol = document.text.includes('\r\n') ? '\r\n' : '\n';
  const newline = document.text.indexOf('\n', topic.node.range.end);
  const end = newline < 0 ? document.text.length : newline - (eol.length - 1);
  const newText = `${eol}${indent}metadata:${eol}${indent}  rawPayload: "true"`;
  return [{ title: l10n.t('Set rawPayload: "true"'), edits: [{ range: { start: end, end }, newText }] }];
}

function escapeHeaders(component: Component) {
  const item = looseItemOf(component, 'escapeHeaders');
  const edit = item ? setValue(item, 'true', component.document) : addItem(component, 'escapeHeaders', 'true');
  return edit ? [{ title: l10n.t('Set escapeHeaders: "true"'), edits: [edit] }] : [];
}
