import type { App } from '../resources/apps.ts';
import { isTrueText } from '../rules/booleans.ts';
import { nodeAt, textOf, type YamlNode } from '../yaml/nodes.ts';

/** What a setting of an app is called in a run file, beside the id as an annotation, and as an argument. */
interface Names {
  run: string;
  annotation: string;
  argument: string;
}

const PROTOCOL: Names = { run: 'appProtocol', annotation: 'dapr.io/app-protocol', argument: 'app-protocol' };
const PORT: Names = { run: 'appPort', annotation: 'dapr.io/app-port', argument: 'app-port' };
const HEALTH_CHECK: Names = {
  run: 'enableAppHealthCheck',
  annotation: 'dapr.io/enable-app-health-check',
  argument: 'enable-app-health-check',
};

/**
 * How daprd calls an app; undefined: no file says it, and daprd takes HTTP. https and h2c are HTTP, grpcs is gRPC.
 */
export function appProtocolOf(apps: readonly App[], id: string | null): 'http' | 'grpc' | undefined {
  const text = settingOf(apps, id, PROTOCOL) ?? '';
  return text === '' ? undefined : /^grpcs?$/i.test(text.trim()) ? 'grpc' : 'http';
}

/** The port for which daprd waits before it subscribes; undefined: no file says it. */
export function appPortOf(apps: readonly App[], id: string | null): string | undefined {
  return settingOf(apps, id, PORT) || undefined;
}

/** daprd asks the app whether it is well, and reads nothing while it is not. */
export function checksHealth(apps: readonly App[], id: string | null): boolean {
  const text = settingOf(apps, id, HEALTH_CHECK);
  // The argument alone, without a value, says yes.
  return text !== undefined && (text === '' || text.startsWith('-') || isTrueText(text));
}

/** The first of an app's places that says it: the run file (its own or the common one), an annotation, an argument. */
function settingOf(apps: readonly App[], id: string | null, names: Names): string | undefined {
  for (const app of apps) {
    const text = app.id === id ? settingText(app, names) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function settingText({ source, document, node }: App, { run, annotation, argument }: Names): string | undefined {
  const { root } = document;
  if (root === undefined) return undefined;
  switch (source) {
    case 'dapr.yaml': {
      const apps = nodeAt(root, 'apps');
      const item =
        apps?.kind === 'seq' ? apps.items.find((own) => own === node || nodeAt(own, 'appID') === node) : undefined;
      return textOf(nodeAt(item, run)) ?? textOf(nodeAt(root, 'common', run));
    }
    case 'annotation': {
      const map = parentOf(root, node);
      return map?.kind === 'map' ? textOf(map.entries.find(({ key }) => key.text === annotation)?.value) : undefined;
    }
    case 'argument': {
      const inLine = new RegExp(`(?:^|\\s)--?${argument}(?:[= ]["']?([\\w-]+)|(?=\\s|$))`).exec(textOf(node) ?? '');
      if (inLine) return inLine[1] ?? '';
      const list = parentOf(root, node);
      return list?.kind === 'seq' ? argumentIn(list.items, argument) : undefined;
    }
    case 'told':
      return undefined;
  }
}

/** `--app-protocol grpc` over two items, or `--app-protocol=grpc` in one. */
function argumentIn(items: readonly YamlNode[], name: string): string | undefined {
  const pattern = new RegExp(`^--?${name}(?:=(.*))?$`);
  for (const [i, item] of items.entries()) {
    const match = pattern.exec(textOf(item) ?? '');
    if (match) return match[1] ?? textOf(items[i + 1]) ?? '';
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
