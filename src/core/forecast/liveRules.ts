import * as l10n from '@vscode/l10n';
import type { Component } from '../dapr/resources/component.ts';
import { itemOf, isKafka } from '../dapr/resources/component.ts';
import type { Subscription } from '../dapr/resources/subscription.ts';
import { effectiveInitialOffset, missingRange, reads, startAtOldest } from '../dapr/rules/initialOffset.ts';
import type { Problem, Rule, RuleContext } from '../dapr/rules/rule.ts';
import { count } from '../../shared/counts.ts';
import { lossOf, readersFor, type AskLive, type LiveReader } from './liveReader.ts';
import { missingDeadLetters, sampleRules } from './sampleRules.ts';

type ComponentRule = Extract<Rule, { on?: 'component' }>;

/** The rules with the halves that need a cluster. `live` answers from what is known already. */
export function liveRules(rules: readonly Rule[], live: AskLive): Rule[] {
  const joined = rules.map((rule): Rule => {
    if (rule.id === 'K-01' && rule.on === undefined) return withLoss(rule, live);
    if (rule.id === 'K-04' && rule.on === undefined) return withGrownTopics(rule, live);
    if (rule.id === 'S-11' && rule.on === 'subscription') return withMissingDeadLetters(rule, live);
    return rule;
  });
  return [...joined, ...sampleRules(live)];
}

function withMissingDeadLetters(rule: Extract<Rule, { on: 'subscription' }>, live: AskLive): Rule {
  return {
    ...rule,
    crossFile: true,
    *check(subscription: Subscription, context: RuleContext) {
      yield* rule.check(subscription, context);
      yield* missingDeadLetters(subscription, context, live);
    },
  };
}

const readersThrough = (component: Component, { workspace, options }: RuleContext) =>
  readersFor(workspace, options).filter((reader) => reader.component === component);

/** K-01 carries the facts, and is silent where every partition of every known topic has a commit that is resumed. */
function withLoss(rule: ComponentRule, live: AskLive): ComponentRule {
  return {
    ...rule,
    crossFile: true,
    *check(component: Component, context: RuleContext) {
      const readers = readersThrough(component, context).map((reader) => ({ reader, live: live(reader) }));
      const losses = readers.flatMap(({ reader, live }) =>
        live ? reader.topics.map((topic) => lossOf(live, topic)) : [],
      );
      const told = readers.every(({ reader, live }) => live !== null && reader.topics.length > 0);
      if (told && losses.length > 0 && losses.every((loss) => loss.proven)) return;
      const facts = [...new Set(losses.map((loss) => loss.sentence).filter((sentence) => sentence !== ''))];
      for (const problem of rule.check(component, context))
        yield { ...problem, message: [...facts, problem.message].join(' ') };
    },
  };
}

/** K-04 also where the running group does not read a partition that is there by now. */
function withGrownTopics(rule: ComponentRule, live: AskLive): ComponentRule {
  return {
    ...rule,
    crossFile: true,
    *check(component: Component, context: RuleContext) {
      yield* rule.check(component, context);
      if (!isKafka(component) || !reads(component) || effectiveInitialOffset(component) !== 'newest') return;
      for (const reader of readersThrough(component, context)) {
        const found = live(reader);
        if (found) yield* grown(component, found);
      }
    },
  };
}

function* grown(component: Component, { forecast }: LiveReader): Iterable<Problem> {
  const item = itemOf(component, 'initialOffset');
  const range = (item?.valueNode ?? item?.nameNode)?.range ?? missingRange(component);
  const oldest = startAtOldest(component);
  for (const topic of forecast.topics) {
    const added = topic.partitions.filter((p) => p.rule === 'F-07');
    if (added.length === 0) continue;
    yield {
      range,
      message: l10n.t(
        '{0} of {1} was added, and no member of group {2} reads it yet: with newest (Kafka: latest) the group starts at its end when it notices (up to two metadata refresh intervals, 16 minutes by default); {3} messages are there already and are never received.',
        added.map((p) => `P${p.partition}`).join(', '),
        topic.brokerTopic ?? topic.topic,
        forecast.group ?? '?',
        count(added.reduce((sum, p) => sum + (p.skipped ?? 0), 0)),
      ),
      fixes: oldest === undefined ? [] : [{ title: l10n.t('Start at oldest'), edits: [oldest] }],
    };
  }
}
