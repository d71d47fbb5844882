import * as l10n from '@vscode/l10n';
import { componentOf } from '../catalog/catalog.ts';
import { editDistance, nearest } from '../catalog/nearest.ts';
import { CATEGORIES, COMPONENT_TYPES, COMPONENT_TYPE_ALIASES } from '../catalog/componentTypes.ts';
import type { Fix } from '../finding.ts';
import type { Component } from '../resources/component.ts';
import { entryOf, textOf } from '../yaml/nodes.ts';
import { lineBelow } from './edits.ts';
import { isTemplated, replaceFix } from './replaceFix.ts';
import { atLeast, type Problem, type Rule, type RuleContext } from './rule.ts';

/** How daprd names a building block when it does not know a type. */
const BLOCKS: Record<string, string> = {
  pubsub: 'message bus',
  bindings: 'binding',
  state: 'state store',
  secretstores: 'secret store',
  configuration: 'configuration store',
  lock: 'lock store',
  crypto: 'crypto provider',
};

function* typeAndVersion(component: Component, { options }: RuleContext): Generator<Problem> {
  const { typeNode, versionNode, document, root } = component;
  // What is no text at all keeps the document from decoding (C-10).
  const isText = [typeNode, versionNode].every((node) => node === undefined || node.kind === 'scalar');
  if (isTemplated(typeNode) || document.conditional || !isText) return;
  const type = textOf(typeNode) ?? '';
  const dot = type.indexOf('.');
  const category = dot < 0 ? '' : type.slice(0, dot);
  // 1.13 knew these, 1.18.0 does not (executed).
  if (category === 'workflowbackend' && !atLeast(options, '1.18.0')) return;
  if (!CATEGORIES.includes(category)) {
    const lower = CATEGORIES.find((known) => known === category.toLowerCase());
    const fixed =
      lower !== undefined
        ? lower + type.slice(dot)
        : COMPONENT_TYPES.includes(`pubsub.${type.toLowerCase()}`)
          ? `pubsub.${type.toLowerCase()}`
          : nearest(type, COMPONENT_TYPES);
    yield {
      range: (typeNode ?? entryOf(root, 'spec')?.key ?? root).range,
      message: l10n.t(
        'daprd stops: process component {0} error: incorrect type {1}. A type begins with its building block in lower case, such as pubsub.kafka.',
        component.name,
        type,
      ),
      fixes: fixed === undefined ? [] : replaceFix(typeNode, fixed),
    };
    return;
  }
  // Self-hosted an absent version is v1 (scenario y-version-absent).
  if (versionNode === undefined && options.mode === 'kubernetes')
    yield {
      range: (typeNode ?? root).range,
      consequence: 'not-loaded',
      message: l10n.t('spec.version is missing: the Kubernetes schema refuses the resource.'),
      fixes: addVersion(component),
    };
  const known = componentOf(type);
  const candidates = [...COMPONENT_TYPES, ...COMPONENT_TYPE_ALIASES];
  if (known === undefined && !candidates.some((candidate) => candidate.toLowerCase() === type.toLowerCase())) {
    const likely = likelyType(
      type.toLowerCase(),
      candidates.filter((candidate) => candidate.startsWith(`${category}.`)),
    );
    // Other building blocks have more pluggable types: there it is an error when it looks like a slip of the pen.
    const slip = category === 'pubsub' || (likely !== undefined && editDistance(likely, type.toLowerCase()) <= 2);
    yield {
      range: (typeNode ?? root).range,
      ...(slip ? {} : { severity: 'warning' }),
      message: l10n.t(
        "daprd stops: couldn't find {0} {1}/{2}, unless a pluggable component of that name is installed.",
        BLOCKS[category] ?? category,
        type.toLowerCase(),
        component.version === '' ? 'v1' : component.version,
      ),
      fixes: likely === undefined ? [] : replaceFix(typeNode, likely),
    };
    return;
  }
  if (known === undefined || isTemplated(versionNode)) return;
  if (!['', 'v0', 'v1'].includes(component.version.toLowerCase()))
    yield {
      range: (versionNode ?? root).range,
      message: l10n.t(
        "daprd stops: couldn't find {0} {1}/{2}. The version of this type is v1.",
        known.type.startsWith('pubsub') ? 'message bus' : 'binding',
        known.type,
        component.version,
      ),
      fixes: replaceFix(versionNode, 'v1'),
    };
}

/** What a product is called, or the last part of a name, tells more than its letters do. */
function likelyType(type: string, candidates: readonly string[]): string | undefined {
  if (/^pubsub\..*(?:redpanda|confluent|msk|warpstream)/.test(type)) return 'pubsub.kafka';
  const last = type.slice(type.lastIndexOf('.'));
  return (last === '.' ? undefined : candidates.find((one) => one.endsWith(last))) ?? nearest(type, candidates);
}

function addVersion({ typeNode, root, document }: Component): Fix[] {
  const spec = entryOf(root, 'spec')?.value;
  if (typeNode === undefined || spec?.kind !== 'map' || spec.flow) return [];
  return [
    {
      title: l10n.t('Add {0}', 'version: v1'),
      edits: [lineBelow(typeNode.range, 'version: v1', document)],
      preferred: true,
    },
  ];
}

export const componentTypeRules: readonly Rule[] = [
  { id: 'C-06', severity: 'error', consequence: 'daprd-stops', check: typeAndVersion },
];
