import * as l10n from '@vscode/l10n';
import { parseMatch } from '../delivery/matchExpression.ts';
import { refusedPart } from '../delivery/matchTypes.ts';
import { misfits } from '../resources/decoding.ts';
import type { Document } from '../resources/document.ts';
import type { Workspace } from '../workspace.ts';
import { entryOf, keyText, nodeAt, textOf, type ScalarNode, type YamlNode } from '../yaml/nodes.ts';
import { WANTED } from './componentShape.ts';
import { goDurationError, isBareInteger } from './durationText.ts';
import { ownFileFix } from './fileFixes.ts';
import { waitsForEver } from './routeExpressions.ts';
import type { Problem, Rule, RuleContext } from './rule.ts';

/** Why daprd refuses a text, in its own words; undefined: it takes it. */
type Check = (text: string) => string | undefined;

/** Go's form, or a bare number of milliseconds. */
const duration: Check = (text) => (isBareInteger(text) ? undefined : goDurationError(text) || undefined);

/** `500-599,429`: single codes and ranges of them. */
const codes =
  (least: number, most: number): Check =>
  (text) => {
    const bad = text.split(',').find((pattern) => {
      const [from = '', to = from, ...more] = pattern.split('-');
      const outside = [from, to].some((end) => !/^\d+$/.test(end) || Number(end) < least || Number(end) > most);
      return pattern !== '' && (more.length > 0 || outside || Number(to) < Number(from));
    });
    return bad === undefined ? undefined : `invalid pattern ${bad}`;
  };

/** Fields of policies (RT:pkg/resiliency/resiliency.go, decodePolicies), in lower case as everything here: daprd reads any. */
const CHECKS: Record<string, Check | undefined> = {
  policy: (text) => (/^(?:constant|exponential)$/i.test(text) ? undefined : `unexpected back off policy type: ${text}`),
  duration,
  maxinterval: duration,
  interval: duration,
  timeout: duration,
  httpstatuscodes: codes(100, 599),
  grpcstatuscodes: codes(0, 16),
};

/** The field of a target that names a policy, and the list it stands in. */
const LISTS: Record<string, string | undefined> = {
  timeout: 'timeouts',
  retry: 'retries',
  circuitbreaker: 'circuitBreakers',
};

/** The texts below a node with the keys that lead to them, the field's own name last as it is written. */
function* textsIn(node: YamlNode | undefined, path: readonly string[] = []): Generator<[string[], ScalarNode]> {
  if (node?.kind === 'scalar' && !node.templated) yield [[...path], node];
  if (node?.kind === 'map') for (const { key, value } of node.entries) yield* textsIn(value, [...path, keyText(key)]);
}

const isResiliency = ({ kind, resource }: Document) => kind === 'Resiliency' && resource !== undefined;

/** Self-hosted, daprd reads the first document of a file only. Comments alone are no document, dashes begin one. */
function isRead(document: Document, { workspace, options }: RuleContext): boolean {
  if (options.mode === 'kubernetes' || document.embedded) return true;
  const before = workspace.documents(document.file).slice(0, document.index);
  const isNone = (text: string) => text.replace(/^[ \t]*#.*$/gm, '').trim() === '';
  return before.every(({ embedded, text }, at) => embedded || (at === 0 && isNone(text)));
}

/** Names of the policies of every Resiliency: a target may use those of another. */
function policyNames(workspace: Workspace): Set<string> {
  const names = new Set<string>();
  for (const { kind, root } of workspace.paths.flatMap((file) => workspace.documents(file)))
    for (const list of kind === 'Resiliency' ? Object.values(LISTS) : []) {
      const policies = nodeAt(root, 'spec', 'policies', list ?? '');
      if (policies?.kind === 'map') for (const { key } of policies.entries) names.add(`${list} ${keyText(key)}`);
    }
  return names;
}

function* faults({ root, conditional }: Document, { workspace }: RuleContext): Generator<Problem> {
  const unfit = root?.kind === 'map' ? misfits('resiliency', root) : [];
  for (const { node, path, wanted } of unfit)
    yield {
      range: node.range,
      message: l10n.t('daprd skips the whole document: {0} must be {1}.', path, WANTED[wanted]()),
    };
  if (unfit.length > 0) return;
  // Of a fault in the timeouts or retries daprd does not come to the circuit breakers.
  let ended = false;
  for (const [path, node] of textsIn(nodeAt(root, 'spec', 'policies'))) {
    const text = textOf(node) ?? '';
    const [list, field = ''] = [path[0]?.toLowerCase(), path.at(-1)];
    const own = list === 'timeouts' ? duration : text === '' ? undefined : CHECKS[field.toLowerCase()];
    const error = own?.(text);
    if (error === undefined) continue;
    ended ||= list !== 'circuitbreakers';
    yield unread(node, field, error);
  }
  for (const [path, node] of textsIn(nodeAt(root, 'spec', 'policies', 'circuitBreakers'))) {
    const [field = '', text = ''] = [path.at(-1), textOf(node)];
    if (field.toLowerCase() !== 'trip' || text === '') continue;
    const parsed = parseMatch(text);
    const refused = 'tree' in parsed ? refusedPart(parsed.tree) : { part: parsed.fault.found, unknown: false };
    if (refused?.unknown === true && !ended)
      yield { range: node.range, severity: 'error', consequence: 'daprd-stops', message: waitsForEver(refused.part) };
    else if (refused !== undefined) yield unread(node, field, `ERROR: ${refused.part}`);
  }
  if (conditional) return;
  const known = workspace.derive(policyNames);
  for (const [path, node] of textsIn(nodeAt(root, 'spec', 'targets'))) {
    const [list, name = ''] = [LISTS[path.at(-1)?.toLowerCase() ?? ''], textOf(node)];
    if (list === undefined || name === '' || known.has(`${list} ${name}`) || name.startsWith('DaprBuiltIn')) continue;
    yield {
      range: node.range,
      message: l10n.t('No policy "{0}" is among the {1}: daprd applies none here and says nothing.', name, list),
    };
  }
}

function unread({ range }: YamlNode, field: string, error: string): Problem {
  return {
    range,
    message: l10n.t(
      'daprd only logs "Could not read resiliency policy" and goes on without the targets of this Resiliency: {0} is wrong ({1}).',
      field,
      error,
    ),
  };
}

export const resiliencyRules: readonly Rule[] = [
  {
    id: 'C-17',
    severity: 'warning',
    on: 'document',
    crossFile: true,
    *check(document, context) {
      const { root } = document;
      if (!isResiliency(document) || isRead(document, context) || root?.kind !== 'map') return;
      yield {
        range: (entryOf(root, 'kind')?.value ?? root).range,
        message: l10n.t(
          'Ignored without a message: daprd reads a Resiliency only from the first document of its file. Give it a file of its own.',
        ),
        fixes: ownFileFix(document, context.workspace),
      };
    },
  },
  {
    id: 'C-19',
    severity: 'warning',
    on: 'document',
    crossFile: true,
    *check(document, context) {
      if (isResiliency(document) && isRead(document, context)) yield* faults(document, context);
    },
  },
];
