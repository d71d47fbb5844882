import * as l10n from '@vscode/l10n';
import { parseMatch } from '../delivery/matchExpression.ts';
import { refusedPart } from '../delivery/matchTypes.ts';
import { misfits } from '../resources/decoding.ts';
import type { Document } from '../resources/document.ts';
import type { Workspace } from '../workspace.ts';
import { entryOf, keyText, nodeAt, textOf, type MapEntry, type YamlNode } from '../yaml/nodes.ts';
import { WANTED } from './componentShape.ts';
import { goDurationError, isBareInteger } from './durationText.ts';
import { ownFileFix } from './fileFixes.ts';
import { isTemplated } from './replaceFix.ts';
import { waitsForEver } from './routeExpressions.ts';
import type { Problem, Rule, RuleContext } from './rule.ts';

/** Why daprd refuses a text, in its own words; undefined: it takes it. */
type Check = (text: string) => string | undefined;

/** Go's form, or a bare number of milliseconds. */
const duration: Check = (text) => (isBareInteger(text) ? undefined : goDurationError(text) || undefined);

/** As in a struct that leaves out what is empty. */
const optional =
  (check: Check): Check =>
  (text) =>
    text === '' ? undefined : check(text);

const policy: Check = (text) =>
  /^(?:constant|exponential)$/i.test(text) ? undefined : `unexpected back off policy type: ${text}`;

const notNegative =
  (error: string): Check =>
  (text) =>
    /^-.*[1-9]/.test(text) ? error.replace('{0}', text) : undefined;

/** `500-599,429`: single codes and ranges of them. */
const codes =
  (least: number, most: number): Check =>
  (text) => {
    for (const pattern of text.split(',').filter((part) => part !== '')) {
      const ends = pattern.split('-');
      if (ends.length > 2) return `invalid pattern ${pattern}, more than one '-' exists`;
      const bad = ends.find((end) => !/^[-+]?\d+$/.test(end));
      if (bad !== undefined) return `failed to parse code ${bad} from pattern ${pattern} to int`;
      const outside = ends.map(Number).find((end) => end < least || end > most);
      if (outside !== undefined) return `invalid pattern ${pattern}, code ${outside} is not valid`;
      if (Number(ends.at(-1)) < Number(ends[0]))
        return `invalid pattern ${pattern}, start value should not bigger than end value`;
    }
    return undefined;
  };

/** Where in `spec` which texts stand (RT:pkg/resiliency/resiliency.go, decodePolicies and decodeTargets). */
const ANY = '*';
const CHECKS: readonly [path: string, check: Check][] = [
  ['policies timeouts *', duration],
  ['policies retries * policy', optional(policy)],
  ['policies retries * duration', optional(duration)],
  ['policies retries * maxInterval', optional(duration)],
  ['policies retries * matching httpStatusCodes', codes(100, 599)],
  ['policies retries * matching gRPCStatusCodes', codes(0, 16)],
  ['policies circuitBreakers * maxRequests', notNegative("cannot parse 'maxRequests', {0} overflows uint")],
  ['policies circuitBreakers * interval', optional(duration)],
  ['policies circuitBreakers * timeout', optional(duration)],
  ['targets apps * circuitBreakerCacheSize', notNegative('must provide a positive size')],
  ['targets actors * circuitBreakerCacheSize', notNegative('must provide a positive size')],
];

const TARGETS = ['targets apps *', 'targets actors *', 'targets components * inbound', 'targets components * outbound'];
/** The field of a target that names a policy of a list. */
const LISTS = { timeout: 'timeouts', retry: 'retries', circuitBreaker: 'circuitBreakers' };

function* entriesAt(node: YamlNode | undefined, [step, ...rest]: readonly string[]): Generator<MapEntry> {
  const all = node?.kind === 'map' ? node.entries : [];
  const one = step === undefined || step === ANY ? undefined : entryOf(node, step);
  for (const entry of step === ANY ? all : one === undefined ? [] : [one])
    if (rest.length === 0) yield entry;
    else yield* entriesAt(entry.value, rest);
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
  for (const file of workspace.paths)
    for (const { kind, root } of workspace.documents(file))
      if (kind === 'Resiliency')
        for (const list of ['timeouts', 'retries', 'circuitBreakers'])
          for (const { key } of entriesAt(nodeAt(root, 'spec'), ['policies', list, ANY]))
            names.add(`${list} ${keyText(key)}`);
  return names;
}

function* faults({ root, conditional }: Document, { workspace }: RuleContext): Generator<Problem> {
  if (root?.kind !== 'map') return;
  const unfit = misfits('resiliency', root);
  for (const { node, path, wanted } of unfit)
    yield {
      range: node.range,
      message: l10n.t('daprd only logs "Could not parse resiliency file" and goes on without it: {0} must be {1}.', path, WANTED[wanted]()), // prettier-ignore
    };
  if (unfit.length > 0) return;
  const spec = nodeAt(root, 'spec');
  // Of a fault in the timeouts or retries daprd does not come to the circuit breakers.
  let ended = false;
  for (const [path, check] of CHECKS)
    for (const { key, value } of entriesAt(spec, path.split(' '))) {
      const text = isTemplated(value) ? undefined : textOf(value);
      const error = text === undefined ? undefined : check(text);
      if (error === undefined) continue;
      ended ||= /timeouts|retries/.test(path);
      yield unread(value, keyText(key), error);
    }
  for (const { key, value } of entriesAt(spec, ['policies', 'circuitBreakers', ANY, 'trip'])) {
    const text = textOf(value) ?? '';
    if (text === '' || isTemplated(value)) continue;
    const parsed = parseMatch(text);
    if ('fault' in parsed) yield unread(value, keyText(key), `Syntax error: ${parsed.fault.found}`);
    const refused = 'tree' in parsed ? refusedPart(parsed.tree) : undefined;
    if (refused?.unknown === true && !ended)
      yield {
        range: value.range,
        severity: 'error',
        consequence: 'daprd-stops',
        message: waitsForEver(refused.part),
      };
    else if (refused !== undefined) yield unread(value, keyText(key), `ERROR: ${refused.part}`);
  }
  for (const { key, value } of entriesAt(spec, ['targets', 'actors', ANY])) {
    const scope = textOf(nodeAt(value, 'circuitBreakerScope')) ?? '';
    if (!textOf(nodeAt(value, 'circuitBreaker')) || /^(?:type|id|both)$/.test(scope)) continue;
    if (isTemplated(nodeAt(value, 'circuitBreakerScope'))) continue;
    const error = scope === '' ? 'actor circuit breakers must include scope' : `unknown circuit breaker scope "${scope}"`; // prettier-ignore
    yield unread(nodeAt(value, 'circuitBreakerScope') ?? value, keyText(key), error);
  }
  if (conditional) return;
  const known = workspace.derive(policyNames);
  for (const path of TARGETS)
    for (const { value: target } of entriesAt(spec, path.split(' ')))
      for (const [field, list] of Object.entries(LISTS)) {
        const node = nodeAt(target, field);
        const name = isTemplated(node) ? '' : (textOf(node) ?? '');
        if (node !== undefined && name !== '' && !known.has(`${list} ${name}`) && !name.startsWith('DaprBuiltIn'))
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
