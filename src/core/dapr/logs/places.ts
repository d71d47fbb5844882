import type { Finding, TextRange } from '../finding.ts';
import type { Linter } from '../rules/lint.ts';
import type { LogExplanation } from './explain.ts';

/** Where a log line comes from; the range counts from the start of the file. */
export interface LogPlace {
  file: string;
  range: TextRange;
  /** What is found there; undefined: only the component that the line names. */
  finding?: Finding;
}

/** The findings of the line's rule, those of the component it names before all others; else that component itself. */
export function placesOf(explanation: LogExplanation, linter: Pick<Linter, 'workspace' | 'findings'>): LogPlace[] {
  const { workspace } = linter;
  const found = workspace.paths.flatMap((file) =>
    linter
      .findings(file)
      .filter((finding) => finding.rule === explanation.rule)
      .map((finding) => ({ file, range: finding.range, finding })),
  );
  const { component } = explanation;
  if (component === undefined) return found;
  const near = found.filter(({ file, range }) => {
    const resource = workspace
      .documents(file)
      .find((d) => range.start >= d.start && range.start <= d.start + d.text.length)?.resource;
    if (resource?.kind === 'subscription') return resource.pubsubname?.text === component;
    return resource?.kind === 'component' && resource.name === component;
  });
  if (near.length > 0) return near;
  return workspace.componentsNamed(component).map(({ document, nameNode, root }) => {
    const { start, end } = (nameNode ?? root).range;
    return { file: document.file, range: { start: document.start + start, end: document.start + end } };
  });
}
