import { nodeAt, textOf, type YamlNode } from '../yaml/nodes.ts';
import type { Document } from './document.ts';
import { CONFIG_FILE } from '../config.ts';
import { inFolderOf } from './folders.ts';

/** An app whose id the workspace tells. */
export interface App {
  id: string;
  file: string;
  /** Where it is said, in the document. */
  node: YamlNode;
  document: Document;
  source: 'dapr.yaml' | 'annotation' | 'argument' | 'told';
  /** Resource folders of a multi-app run file, as written there. */
  resourcesPaths: string[];
  /** Where the app's own code lies (`appDirPath`), from the workspace's root; undefined: not told. */
  folder?: string;
}

/** App ids that one document tells: multi-app run files, `dapr.io/app-id` annotations, `--app-id` arguments. */
export function readApps(document: Document): App[] {
  const { root, resource } = document;
  if (root?.kind !== 'map' || (resource !== undefined && resource.kind !== 'other')) return [];
  const apps = nodeAt(root, 'apps');
  if (apps?.kind === 'seq') return apps.items.flatMap((item) => runFileApp(document, root, item));
  const found: App[] = [];
  const isTask = nodeAt(root, 'tasks')?.kind === 'seq';
  walk(root, (key, value) => {
    // An annotation, or a task of type dapr in VS Code's tasks.json.
    if (key === 'dapr.io/app-id' || (key === 'appId' && isTask)) {
      const id = textOf(value);
      if (id !== undefined && id !== '') found.push(app(document, id, value, 'annotation'));
    }
  });
  for (const [id, node] of argumentIds(root)) found.push(app(document, id, node, 'argument'));
  return found;
}

function app(
  document: Document,
  id: string,
  node: YamlNode,
  source: App['source'],
  resourcesPaths: string[] = [],
): App {
  return { id, file: document.file, node, document, source, resourcesPaths };
}

function runFileApp(document: Document, root: YamlNode, item: YamlNode): App[] {
  const node = nodeAt(item, 'appID');
  // Without appID the run file takes the name of the app's folder.
  const path = textOf(nodeAt(item, 'appDirPath'))?.replaceAll('\\', '/');
  const folder = path === undefined ? undefined : inFolderOf(document.file, path);
  const id = textOf(node) ?? path?.replace(/\/+$/, '').split('/').at(-1);
  if (id === undefined || id === '') return [];
  const paths = [
    ...texts(nodeAt(item, 'resourcesPath')),
    ...texts(nodeAt(item, 'resourcesPaths')),
    ...texts(nodeAt(root, 'common', 'resourcesPath')),
    ...texts(nodeAt(root, 'common', 'resourcesPaths')),
  ];
  const found = app(document, id, node ?? item, isDeclaring(document.file) ? 'told' : 'dapr.yaml', paths);
  return [folder === undefined ? found : { ...found, folder }];
}

/** The file in which a workspace tells what its other files do not. */
export function isDeclaring(file: string): boolean {
  return file === CONFIG_FILE || file.endsWith(`/${CONFIG_FILE}`);
}

/** Which of several such files counts: the one nearest to the top, the first by name of those. */
export function declaringOf(files: Iterable<string>): string | undefined {
  const depth = (file: string) => file.split('/').length;
  return [...files].filter(isDeclaring).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))[0];
}

function texts(node: YamlNode | undefined): string[] {
  if (node === undefined) return [];
  const nodes = node.kind === 'seq' ? node.items : [node];
  return nodes.flatMap((n) => textOf(n) ?? []);
}

/** `--app-id x`, `--app-id=x` and `-app-id` in command lists and command lines (compose files, pods, tasks). */
function argumentIds(root: YamlNode): [string, YamlNode][] {
  const found: [string, YamlNode][] = [];
  const visit = (node: YamlNode) => {
    if (node.kind !== 'seq') return;
    node.items.forEach((item, i) => {
      const next = node.items[i + 1];
      if (/^--?app-id$/.test(textOf(item) ?? '') && next !== undefined) {
        const id = textOf(next);
        if (id !== undefined && id !== '') found.push([id, next]);
      }
    });
  };
  walk(root, (_key, value) => {
    visit(value);
    for (const item of value.kind === 'seq' ? value.items : [value]) {
      const match = /(?:^|\s)--?app-id[= ]["']?([\w.-]+)/.exec(textOf(item) ?? '');
      if (match?.[1] !== undefined) found.push([match[1], item]);
    }
  });
  return found;
}

/** Every entry of every map, each node once. */
function walk(root: YamlNode, see: (key: string, value: YamlNode) => void): void {
  const seen = new Set<YamlNode>();
  const visit = (node: YamlNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'seq') node.items.forEach(visit);
    else if (node.kind === 'map')
      for (const { key, value } of node.entries) {
        see(key.text, value);
        visit(value);
      }
  };
  visit(root);
}
