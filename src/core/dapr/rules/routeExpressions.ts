import * as l10n from '@vscode/l10n';
import { unguardedFields, yieldsNoBoolean } from '../delivery/matchAnalysis.ts';
import { refusedPart } from '../delivery/matchTypes.ts';
import { parseMatch } from '../delivery/matchExpression.ts';
import type { TextRange } from '../finding.ts';
import type { Located } from '../resources/component.ts';
import type { Subscription } from '../resources/subscription.ts';
import { replaceScalar } from './edits.ts';
import type { Rule } from './rule.ts';

/** Attributes that every CloudEvent and every record that Dapr wraps has; plain JSON records have none of them. */
const ALWAYS = ['event', 'event.data'];

function* matches(subscription: Subscription): Generator<Located> {
  // v1alpha1 has no rules.
  if (subscription.version === 'v1alpha1') return;
  for (const { match } of subscription.rules)
    if (match !== undefined && match.text.trim() !== '' && !match.node.templated) yield match;
}

/** The place of a part of an expression, where the scalar's source is its text; else the whole scalar. */
function within(match: Located, start: number, end: number, text: string): TextRange {
  const { range, style } = match.node;
  const quotes = style === 'single' || style === 'double' ? 1 : 0;
  const source = text.slice(range.start + quotes, range.end - quotes);
  if (style === 'literal' || style === 'folded' || source !== match.text) return range;
  const from = range.start + quotes + start;
  return { start: from, end: Math.max(from + (end > start ? end - start : 0), start === end ? range.end : from) };
}

export function waitsForEver(part: string): string {
  return l10n.t(
    'daprd never starts, whatever components it has, and says nothing: it tries for ever to find {0}, a function it does not know.',
    part,
  );
}

export const routeExpressionRules: readonly Rule[] = [
  {
    id: 'S-09',
    severity: 'error',
    consequence: 'daprd-stops',
    on: 'subscription',
    *check(subscription) {
      for (const match of matches(subscription)) {
        const parsed = parseMatch(match.text);
        if ('tree' in parsed) {
          const refused = refusedPart(parsed.tree);
          if (refused !== undefined)
            yield {
              range: match.node.range,
              message: refused.unknown
                ? waitsForEver(refused.part)
                : l10n.t(
                    'daprd does not start, whatever components it has: the check of types refuses "{0}" in this expression ("Fatal error from runtime: ERROR: …").',
                    refused.part,
                  ),
            };
          continue;
        }
        const { fault } = parsed;
        yield {
          range:
            fault.found === '' ? match.node.range : within(match, fault.start, fault.end, subscription.document.text),
          message:
            fault.found === ''
              ? l10n.t(
                  'daprd stops, whatever components it has: "Fatal error from runtime: ERROR: <input>:1:{0}: Syntax error". The expression ends too early.',
                  fault.start + 1,
                )
              : l10n.t(
                  'daprd stops, whatever components it has: "Fatal error from runtime: ERROR: <input>:1:{0}: Syntax error" at "{1}".',
                  fault.start + 1,
                  fault.found,
                ),
        };
      }
    },
  },
  {
    id: 'S-10',
    severity: 'warning',
    on: 'subscription',
    *check(subscription) {
      for (const match of matches(subscription)) {
        const parsed = parseMatch(match.text);
        // S-09 tells of what keeps daprd from starting.
        if (!('tree' in parsed) || refusedPart(parsed.tree) !== undefined) continue;
        if (yieldsNoBoolean(parsed.tree)) {
          yield {
            range: match.node.range,
            message: l10n.t(
              'The expression yields no true or false: every message fails here and blocks its partition; the default route is not used.',
            ),
          };
          continue;
        }
        const [first, ...others] = unguardedFields(parsed.tree).filter((field) => !ALWAYS.includes(field.path));
        if (first === undefined) continue;
        const guards = [first, ...others]
          .filter((field) => field.path.startsWith('event.'))
          .map((field) => `has(${field.path})`);
        const body = /\|\||\?/.test(match.text) ? `(${match.text})` : match.text;
        yield {
          range: within(match, first.start, first.end, subscription.document.text),
          message: l10n.t(
            'A message without {0} makes this rule fail and blocks its partition, and the default route is not used (a dead letter topic takes it). Plain JSON records have no type.',
            first.path,
          ),
          fixes:
            guards.length === 0 || guards.length !== others.length + 1
              ? []
              : [
                  {
                    title: l10n.t('Ask first: {0}', guards.join(' && ')),
                    edits: [replaceScalar(match.node, `${guards.join(' && ')} && ${body}`)],
                    preferred: true,
                  },
                ],
        };
      }
    },
  },
];
