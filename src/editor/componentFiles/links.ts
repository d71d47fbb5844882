import type { TextRange } from '../../core/dapr/finding.ts';
import type { Document } from '../../core/dapr/resources/document.ts';
import { readScopes } from '../../core/dapr/resources/component.ts';
import { entryOf, nodeAt, type YamlNode } from '../../core/dapr/yaml/nodes.ts';
import type { Workspace } from '../../core/dapr/workspace.ts';
import type { Place } from './places.ts';

/** A place in a file; the range counts from the start of the file. */
export interface Target {
  file: string;
  range: TextRange;
}

/** What a name at a place stands for: a component by its name, or an app by its id. */
export type Name = { kind: 'component' | 'app'; name: string };

const TARGET = /^spec\.targets\.components\.[^.]+$/;

export function nameAt(place: Place): Name | null {
  const path = place.path.map((entry) => entry.key.text).join('.');
  if (place.onKey)
    return place.document.kind === 'Resiliency' && TARGET.test(path)
      ? { kind: 'component', name: place.path.at(-1)?.key.text ?? '' }
      : null;
  const text = place.document.text.slice(place.range.start, place.range.end).replace(/^(['"])(.*)\1$/, '$2');
  if (place.subscription && path === 'spec.pubsubname') return { kind: 'component', name: text };
  if (place.component && (path === 'metadata.name' || path === 'auth.secretStore'))
    return { kind: 'component', name: text };
  if (path === 'scopes') return { kind: 'app', name: text };
  if (/(?:^|\.)(?:appID|dapr\.io\/app-id)$/.test(path)) return { kind: 'app', name: text };
  return null;
}

export function definitionsOf(name: Name, workspace: Workspace): Target[] {
  switch (name.kind) {
    case 'component':
      return workspace.components
        .filter((c) => c.name === name.name)
        .flatMap((c) => (c.nameNode ? [target(c.document, c.nameNode)] : []));
    case 'app':
      return workspace.apps.filter((a) => a.id === name.name).map((a) => target(a.document, a.node));
  }
}

export function referencesOf(name: Name, workspace: Workspace): Target[] {
  switch (name.kind) {
    case 'component':
      return [
        ...workspace.subscriptions.flatMap((s) =>
          s.pubsubname?.text === name.name ? [target(s.document, s.pubsubname.node)] : [],
        ),
        ...workspace.components.flatMap((c) =>
          c.secretStore?.text === name.name ? [target(c.document, c.secretStore.node)] : [],
        ),
        ...others(workspace).flatMap((document) => {
          const targets = nodeAt(document.root, 'spec', 'targets', 'components');
          const entry = document.kind === 'Resiliency' ? entryOf(targets, name.name) : undefined;
          return entry === undefined ? [] : [target(document, entry.key)];
        }),
      ];
    case 'app':
      return [
        ...workspace.components,
        ...workspace.subscriptions,
        ...others(workspace).map((document) => ({
          document,
          scopes: readScopes(entryOf(document.root, 'scopes')?.value),
        })),
      ].flatMap((r) =>
        (r.scopes ?? []).filter((scope) => scope.text === name.name).map((scope) => target(r.document, scope.node)),
      );
  }
}

/** Dapr's documents of other kinds: Resiliency, Configuration, HTTPEndpoint. */
function others(workspace: Workspace): Document[] {
  return workspace.paths
    .flatMap((file) => workspace.documents(file))
    .filter(({ resource }) => resource?.kind === 'other');
}

function target(document: Document, node: YamlNode): Target {
  const { start, end } = node.range;
  return { file: document.file, range: { start: document.start + start, end: document.start + end } };
}
