import type { TextRange } from '../../core/dapr/finding.ts';
import type { Component, MetadataItem } from '../../core/dapr/resources/component.ts';
import type { Document } from '../../core/dapr/resources/document.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import type { MapEntry, YamlNode } from '../../core/dapr/yaml/nodes.ts';

/** What stands at an offset of a file. Ranges count from the start of the document. */
export interface Place {
  document: Document;
  component: Component | undefined;
  subscription: Subscription | undefined;
  /** The metadata item of the component around the offset. */
  item: MetadataItem | undefined;
  /** The entries from the document's top down to the offset. */
  path: MapEntry[];
  /** On the key of the last entry, not on its value. */
  onKey: boolean;
  range: TextRange;
}

/** `offset` counts from the start of the file. null: between documents, or in one that daprd does not read. */
export function placeAt(documents: readonly Document[], offset: number): Place | null {
  // Embedded documents come after the one they are written in and know better what is at the offset.
  const document = documents.findLast((d) => offset >= d.start && offset <= d.start + d.text.length);
  if (!document) return null;
  const at = offset - document.start;
  const path: MapEntry[] = [];
  const found = document.root ? descend(document.root, at, path) : null;
  const { resource } = document;
  const component = resource?.kind === 'component' ? resource : undefined;
  return {
    document,
    component,
    subscription: resource?.kind === 'subscription' ? resource : undefined,
    item: component?.metadata.find((item) => contains(item.node.range, at)),
    path,
    onKey: found?.onKey ?? false,
    range: found?.range ?? { start: at, end: at },
  };
}

function descend(node: YamlNode, at: number, path: MapEntry[]): { onKey: boolean; range: TextRange } | null {
  switch (node.kind) {
    case 'scalar':
      return contains(node.range, at) ? { onKey: false, range: node.range } : null;
    case 'seq':
      for (const item of node.items) {
        const found = contains(item.range, at) ? descend(item, at, path) : null;
        if (found) return found;
      }
      return null;
    case 'map':
      for (const entry of node.entries) {
        // What a merge key or an alias brings in stands elsewhere in the text.
        if (entry.merged) continue;
        if (contains(entry.key.range, at)) {
          path.push(entry);
          return { onKey: true, range: entry.key.range };
        }
        if (contains(entry.value.range, at)) {
          path.push(entry);
          return descend(entry.value, at, path);
        }
      }
      return null;
  }
}

const contains = (range: TextRange, at: number) => at >= range.start && at <= range.end;
