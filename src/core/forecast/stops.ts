import * as l10n from '@vscode/l10n';
import { appsOf, type Reader } from '../dapr/delivery/readers.ts';
import type { Finding } from '../dapr/finding.ts';
import type { Component } from '../dapr/resources/component.ts';
import type { Document } from '../dapr/resources/document.ts';
import { folderOf } from '../dapr/resources/folders.ts';
import type { Linter } from '../dapr/rules/lint.ts';
import type { Workspace } from '../dapr/workspace.ts';

/** Faults that depend on the environment daprd will run in (POD_NAME): the group's own sentence says that it is not known. */
const NOT_TOLD = new Set(['K-19']);

/** What is surely wrong with a document. @param findings those of its file */
export function faultsOf({ start, text }: Document, findings: readonly Finding[] = []): Finding[] {
  return findings.filter(
    ({ rule, range }) => !NOT_TOLD.has(rule) && range.start >= start && range.end <= start + text.length,
  );
}

/** A component at which daprd stops. */
export interface Stop {
  component: Component;
  rule: string;
  /** From 1; absent: not asked. */
  line?: number;
}

export function stopsIn(
  workspace: Workspace,
  findings: ReadonlyMap<string, readonly Finding[]>,
  lineOf?: (file: string, offset: number) => number,
): Stop[] {
  return workspace.components.flatMap((component): Stop[] => {
    const { document } = component;
    const stop = faultsOf(document, findings.get(document.file)).find((f) => f.consequence === 'daprd-stops');
    if (!stop) return [];
    return [{ component, rule: stop.rule, ...(lineOf ? { line: lineOf(document.file, stop.range.start) } : {}) }];
  });
}

/** Those of the folders from which the readers' components come. */
export function stopsNear(readers: readonly Reader[], linter: Pick<Linter, 'workspace' | 'judgements'>): Stop[] {
  const { workspace } = linter;
  const folders = new Set(readers.map(({ component }) => folderOf(component.document.file)));
  const files = [...folders].flatMap((folder) => workspace.componentsIn(folder).map(({ document }) => document.file));
  const findings = new Map([...new Set(files)].map((file) => [file, linter.judgements(file)]));
  return stopsIn(workspace, findings);
}

/**
 * Another component of the folder at which daprd of the same app stops: every component is initialised before the
 * first subscription begins, so nothing of this one is read either. undefined: there is none, or no app is known.
 */
export function stopBeside(
  { component, app }: Reader,
  stops: readonly Stop[],
  workspace: Workspace,
  appId?: string,
): Stop | undefined {
  if (app === null) return undefined;
  const folder = folderOf(component.document.file);
  return stops.find(
    ({ component: other }) =>
      other !== component && folderOf(other.document.file) === folder && appsOf(other, workspace, appId).includes(app),
  );
}

export function stopText({ component, app }: Reader, stop: Stop): string {
  const { name, document } = stop.component;
  const place = stop.line === undefined ? document.file : `${document.file}:${stop.line}`;
  return l10n.t(
    '{0}: daprd of {1} stops before it reads anything, at {2} ({3}, {4}).',
    component.name,
    app ?? '',
    name,
    place,
    stop.rule,
  );
}

/** The same beside other facts of the component, where room is scarce. */
export function stopLine({ component, rule }: Stop): string {
  return l10n.t('daprd stops before, at {0} ({1}): nothing is delivered', component.name, rule);
}
