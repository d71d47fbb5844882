import * as l10n from '@vscode/l10n';
import { folderOf, foldersOf, resourceFoldersOf } from '../resources/folders.ts';
import type { Component } from '../resources/component.ts';
import type { LintOptions } from '../lintOptions.ts';
import type { Workspace } from '../workspace.ts';
import type { Fix } from '../finding.ts';
import type { Document } from '../resources/document.ts';
import { parseYaml } from '../yaml/parse.ts';
import { lineEnd, replaceByText } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

/** The earlier document that makes daprd refuse this one, and how sure that is. */
interface Clash {
  earlier: Component;
  certain: boolean;
}

/**
 * The loader remembers a name once a document in scope of its app carried it; any later one of that name is fatal,
 * also one that is scoped to another app (RT:pkg/internal/loader/disk/disk.go:73-107, scenarios y-dup-*, C-03 …).
 */
function clashOf(component: Component, workspace: Workspace, options: LintOptions): Clash | undefined {
  const folders = foldersOf(component.document.file, workspace);
  const apps = new Set(workspace.apps.map((app) => app.id));
  let uncertain: Clash | undefined;
  for (const earlier of workspace.componentsNamed(component.name)) {
    if (earlier === component) break;
    if (earlier.skipped || earlier.document.conditional || !isLoaded(earlier.document.file)) continue;
    if (earlier.namespace !== component.namespace && !ignoresNamespaces(options)) continue;
    if (!folders.has(folderOf(earlier.document.file)) || earlier.document.embedded !== component.document.embedded)
      continue;
    if (earlier.scopes === undefined || earlier.scopes.some((scope) => apps.has(scope.text)))
      return { earlier, certain: true };
    if (apps.size === 0) uncertain ??= { earlier, certain: false };
  }
  return uncertain;
}

/** Of a resources folder daprd reads these files only. */
function isLoaded(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/** Without NAMESPACE in its environment a self-hosted daprd loads the documents of every namespace. */
function ignoresNamespaces({ environment }: LintOptions): boolean {
  return environment !== undefined && (environment['NAMESPACE'] ?? '') === '';
}

function* duplicateNames(component: Component, workspace: Workspace, options: LintOptions): Generator<Problem> {
  if (
    component.name === '' ||
    component.skipped ||
    component.document.conditional ||
    component.document.embedded ||
    !isLoaded(component.document.file) ||
    component.nameNode === undefined
  )
    return;
  if (component.nameNode.kind === 'scalar' && component.nameNode.templated) return;
  const clash = clashOf(component, workspace, options);
  if (clash === undefined) return;
  const { earlier, certain } = clash;
  const shown = `${component.name} (${component.type}/${component.version === '' ? 'v1' : component.version})`;
  yield {
    range: component.nameNode.range,
    severity: certain ? 'error' : 'warning',
    fatal: 'loading',
    message: certain
      ? l10n.t(
          'daprd stops: failed to load components: duplicate definition of Component name {0}; {1} defines it, too.',
          shown,
          earlier.document.file,
        )
      : l10n.t(
          'A daprd of an app that {1} is scoped to stops: failed to load components: duplicate definition of Component name {0}; other scopes here do not help.',
          shown,
          earlier.document.file,
        ),
    fixes: [
      {
        title: l10n.t('Rename to {0}', `${component.name}-2`),
        edits: [replaceByText(component.nameNode, `${component.name}-2`)],
      },
    ],
  };
}

/** JSON is YAML, as long as it has no comments. */
function renameFix({ file }: Document, workspace: Workspace): Fix[] {
  const whole = workspace.documents(file).every(({ text }) => parseYaml(text).error === undefined);
  return whole ? moveFix({ file }, file.replace(/\.[^./]*$/, '.yaml'), workspace) : [];
}

/** Unless a component of that name is there already: what lies below may be the copy of one. */
function moveUpFix({ file }: Document, folder: string, workspace: Workspace): Fix[] {
  const there = new Set(workspace.componentsIn(folder).map(({ name }) => name));
  const copy = workspace
    .documents(file)
    .some(({ resource }) => resource?.kind === 'component' && there.has(resource.name));
  return copy ? [] : moveFix({ file }, `${folder}${file.slice(file.lastIndexOf('/'))}`, workspace);
}

function moveFix({ file }: Pick<Document, 'file'>, to: string, workspace: Workspace): Fix[] {
  return workspace.has(to)
    ? []
    : [{ title: l10n.t('Move to {0}', to), edits: [], files: [{ kind: 'move', path: file, to }] }];
}

export const resourceFolderRules: readonly Rule[] = [
  {
    id: 'C-03',
    severity: 'error',
    consequence: 'daprd-stops',
    crossFile: true,
    *check(component, { workspace, options }) {
      if (options.mode === 'self-hosted') yield* duplicateNames(component, workspace, options);
    },
  },
  {
    id: 'C-16',
    severity: 'info',
    on: 'document',
    crossFile: true,
    *check(document, { workspace, options }) {
      if (
        options.mode === 'kubernetes' ||
        document.resource === undefined ||
        document.embedded ||
        document.root === undefined
      )
        return;
      if (workspace.documents(document.file).find((other) => other.resource !== undefined) !== document) return;
      const folder = folderOf(document.file);
      const resources = workspace.apps.flatMap(resourceFoldersOf);
      const range = { start: document.root.range.start, end: lineEnd(document.text, document.root.range.start) };
      const above = resources.find((path) => folder.startsWith(`${path}/`));
      if (resources.includes(folder) && !isLoaded(document.file))
        yield {
          range,
          message: l10n.t('Not loaded: daprd reads only .yaml and .yml files of its resources folder.'),
          fixes: renameFix(document, workspace),
        };
      else if (!resources.includes(folder) && above !== undefined)
        yield {
          range,
          message: l10n.t('Not loaded: daprd does not look into sub-folders of its resources folder.'),
          fixes: moveUpFix(document, above, workspace),
        };
    },
  },
];
