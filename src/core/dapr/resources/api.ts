import { entryOf, nodeAt, textOf } from '../yaml/nodes.ts';
import type { Workspace } from '../workspace.ts';
import type { App } from './apps.ts';
import type { Document } from './document.ts';

/** What an API description (OpenAPI 3, Swagger 2) says that an app answers with POST, as daprd delivers. */
export interface Api {
  file: string;
  /** The described paths that have a POST, with their first base. */
  posts: readonly string[];
  /** Whether a POST to this path is described, `{id}` standing for any one segment. */
  answers(path: string): boolean;
}

/** The API description that a document is; undefined: none, or one without paths. */
function readApi({ file, root }: Document): Api | undefined {
  if (textOf(entryOf(root, 'openapi')?.value) === undefined && textOf(entryOf(root, 'swagger')?.value) === undefined)
    return undefined;
  const paths = nodeAt(root, 'paths');
  if (paths?.kind !== 'map' || paths.entries.length === 0) return undefined;
  const servers = nodeAt(root, 'servers');
  const bases = [
    textOf(nodeAt(root, 'basePath')),
    ...(servers?.kind === 'seq' ? servers.items.map((server) => textOf(nodeAt(server, 'url'))) : []),
  ].map((url) => (url ?? '').replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/$/, ''));
  const described = paths.entries
    .filter(({ value }) => entryOf(value, 'post') !== undefined || entryOf(value, '$ref') !== undefined)
    .map(({ key }) => key.text);
  const patterns = described.map(segments);
  return {
    file,
    posts: described.map((path) => (bases[0] ?? '') + path),
    answers: (path) => {
      const inside = ['', ...bases].filter((base) => path.startsWith(`${base}/`)).map((b) => path.slice(b.length));
      return inside.some((rest) => patterns.some((pattern) => fits(pattern, segments(rest))));
    },
  };
}

/** The descriptions of one app: those in its folder, or all where no other app is known that they could be of. */
export function apisOf(app: string | null, workspace: Workspace): readonly Api[] {
  const all = workspace.derive(allApis);
  if (all.length === 0 || new Set(workspace.apps.map(({ id }) => id)).size <= 1) return all;
  const folders = workspace.apps.flatMap(({ id, folder }: App) =>
    id === app && folder !== undefined && folder !== '' ? [`${folder}/`] : [],
  );
  return all.filter(({ file }) => folders.some((folder) => file.startsWith(folder)));
}

function allApis(workspace: Workspace): Api[] {
  return workspace.paths.flatMap((path) => workspace.documents(path).flatMap((document) => readApi(document) ?? []));
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length && pattern.every((segment, i) => segment === path[i] || /^\{.*\}$/.test(segment))
  );
}
