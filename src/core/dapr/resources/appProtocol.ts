import type { App } from './apps.ts';
import { nodeAt, textOf, type YamlNode } from '../yaml/nodes.ts';

/**
 * How daprd calls an app: as the run file (`appProtocol`, its own or the common one), the annotation
 * `dapr.io/app-protocol` or the argument `--app-protocol` beside its id says; undefined: none of them does, and daprd
 * takes HTTP. https and h2c are HTTP, grpcs is gRPC.
 */
export function appProtocolOf(apps: readonly App[], id: string | null): 'http' | 'grpc' | undefined {
  for (const app of apps) {
    if (app.id !== id) continue;
    const text = protocolText(app);
    if (text !== undefined && text !== '') return /^grpcs?$/i.test(text.trim()) ? 'grpc' : 'http';
  }
  return undefined;
}

function protocolText({ source, document, node }: App): string | undefined {
  const { root } = document;
  if (root === undefined) return undefined;
  switch (source) {
    case 'dapr.yaml': {
      const apps = nodeAt(root, 'apps');
      const item =
        apps?.kind === 'seq' ? apps.items.find((own) => own === node || nodeAt(own, 'appID') === node) : undefined;
      return textOf(nodeAt(item, 'appProtocol')) ?? textOf(nodeAt(root, 'common', 'appProtocol'));
    }
    case 'annotation': {
      const map = parentOf(root, node);
      return map?.kind === 'map'
        ? textOf(map.entries.find(({ key }) => key.text === 'dapr.io/app-protocol')?.value)
        : undefined;
    }
    case 'argument': {
      const line = textOf(node) ?? '';
      const inLine = /(?:^|\s)--?app-protocol[= ]["']?(\w+)/.exec(line)?.[1];
      const list = inLine === undefined ? parentOf(root, node) : undefined;
      return inLine ?? (list?.kind === 'seq' ? argumentIn(list.items) : undefined);
    }
    case 'told':
      return undefined;
  }
}

/** `--app-protocol grpc` over two items, or `--app-protocol=grpc` in one. */
function argumentIn(items: readonly YamlNode[]): string | undefined {
  for (const [i, item] of items.entries()) {
    const match = /^--?app-protocol(?:=(\w+))?$/.exec(textOf(item) ?? '');
    if (match) return match[1] ?? textOf(items[i + 1]);
  }
  return undefined;
}

/** The map or list that holds a node; documents with anchors may hold a node several times. */
function parentOf(root: YamlNode, node: YamlNode): YamlNode | undefined {
  const seen = new Set<YamlNode>();
  const visit = (at: YamlNode): YamlNode | undefined => {
    if (seen.has(at)) return undefined;
    seen.add(at);
    const children = at.kind === 'seq' ? at.items : at.kind === 'map' ? at.entries.map((entry) => entry.value) : [];
    if (children.includes(node)) return at;
    for (const child of children) {
      const found = visit(child);
      if (found) return found;
    }
    return undefined;
  };
  return visit(root);
}
