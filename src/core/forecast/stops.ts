import * as l10n from '@vscode/l10n';
import { appsOf, type Reader } from '../dapr/delivery/readers.ts';
import { folderOf } from '../dapr/resources/folders.ts';
import type { JudgedFiles } from './plan.ts';

/** Faults that depend on the environment daprd will run in (POD_NAME): the group's own sentence says that it is not known. */
export const NOT_TOLD = new Set(['K-19']);

/**
 * Another component of the folder at which daprd of the same app stops: every component is initialised before the
 * first subscription begins, so nothing of this one is read either. undefined: there is none, or no app is known.
 */
export function stopBeside(reader: Reader, { linter, findings, lineOf }: JudgedFiles, appId?: string) {
  const { component, app } = reader;
  if (app === null) return undefined;
  const folder = folderOf(component.document.file);
  for (const other of linter.workspace.components) {
    const { file, start, text } = other.document;
    if (other === component || folderOf(file) !== folder) continue;
    if (!appsOf(other, linter.workspace, appId).includes(app)) continue;
    const stop = (findings.get(file) ?? []).find(
      ({ consequence, rule, range }) =>
        consequence === 'daprd-stops' &&
        !NOT_TOLD.has(rule) &&
        range.start >= start &&
        range.end <= start + text.length,
    );
    if (stop)
      return l10n.t(
        '{0}: daprd of {1} stops before it reads anything, at {2} ({3}:{4}, {5}).',
        component.name,
        app,
        other.name,
        file,
        lineOf(file, stop.range.start),
        stop.rule,
      );
  }
  return undefined;
}
