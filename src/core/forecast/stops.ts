import * as l10n from '@vscode/l10n';
import type { Reader } from '../dapr/delivery/readers.ts';
import type { Finding } from '../dapr/finding.ts';
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

/** A document at which daprd stops: a component, or any that is longer than daprd can read. */
export interface Stop {
  document: Document;
  /** Of the component; the file of what is none. */
  name: string;
  /** The apps that load it; undefined: all. */
  scopes: readonly string[] | undefined;
  rule: string;
  /** From 1; absent: not asked. */
  line?: number;
}

/** Too long for daprd, which reads the files before it looks at scopes. */
const UNREADABLE = 'C-15';

/** @param findings by file; where a Subscription stops daprd, its reader tells */
export function stopsIn(
  workspace: Workspace,
  findings: ReadonlyMap<string, readonly Finding[]>,
  lineOf?: (file: string, offset: number) => number,
): Stop[] {
  return workspace.paths.flatMap((file) => {
    const stopping = findings.get(file)?.filter(({ consequence }) => consequence === 'daprd-stops') ?? [];
    if (stopping.length === 0) return [];
    return workspace.documents(file).flatMap((now): Stop[] => {
      const document = now.before ?? now;
      const component = document.resource?.kind === 'component' ? document.resource : undefined;
      const stop = faultsOf(document, stopping)[0];
      if (!stop || (component === undefined && stop.rule !== UNREADABLE)) return [];
      return [
        {
          document,
          name: component?.name ?? file,
          scopes: stop.rule === UNREADABLE ? undefined : component?.scopes?.map(({ text }) => text),
          rule: stop.rule,
          ...(lineOf ? { line: lineOf(file, stop.range.start) } : {}),
        },
      ];
    });
  });
}

/** Those of the folders from which the readers' components come. */
export function stopsNear(
  readers: readonly Reader[],
  linter: Pick<Linter, 'workspace' | 'judgements' | 'hasDapr'>,
): Stop[] {
  const { workspace } = linter;
  const folders = new Set(readers.map(({ component }) => folderOf(component.document.file)));
  const files = workspace.paths.filter((path) => folders.has(folderOf(path)) && linter.hasDapr(path));
  return stopsIn(workspace, new Map(files.map((file) => [file, linter.judgements(file)])));
}

/**
 * Another document of the folder at which daprd of the same app stops: every component is initialised before the
 * first subscription begins, so nothing of this one is read either. undefined: there is none, or no app is known.
 */
export function stopBeside({ component, app }: Reader, stops: readonly Stop[]): Stop | undefined {
  if (app === null) return undefined;
  const folder = folderOf(component.document.file);
  return stops.find(
    ({ document, scopes }) =>
      document !== component.document && folderOf(document.file) === folder && (scopes?.includes(app) ?? true),
  );
}

export function stopText({ component, app }: Reader, stop: Stop): string {
  const { name, document } = stop;
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
export function stopLine({ name, rule }: Stop): string {
  return l10n.t('daprd stops before, at {0} ({1}): nothing is delivered', name, rule);
}
