import type { Workspace } from '../workspace.ts';
import type { App } from './apps.ts';

/** The folder of a file, without `.` and `..`. */
export function folderOf(file: string): string {
  return normalize(file.slice(0, Math.max(0, file.lastIndexOf('/'))));
}

/** The resource folders of an app of a run file; none for other apps. */
export function resourceFoldersOf(app: App): string[] {
  return app.resourcesPaths.map((path) => inFolderOf(app.file, path));
}

/** A path that is written in a file, from the workspace's root. */
export function inFolderOf(file: string, path: string): string {
  const base = folderOf(file);
  return normalize(path.startsWith('/') || base === '' ? path : `${base}/${path}`);
}

/** The folders whose files daprd reads together with this file: its own, and those an app lists beside it. */
export function foldersOf(file: string, workspace: Workspace): ReadonlySet<string> {
  const own = folderOf(file);
  const together = workspace.apps.map(resourceFoldersOf).filter((folders) => folders.includes(own));
  return new Set([own, ...together.flat()]);
}

function normalize(path: string): string {
  if (!/\/\/|.\/$|(?:^|\/)\.\.?(?:\/|$)/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + parts.join('/');
}
