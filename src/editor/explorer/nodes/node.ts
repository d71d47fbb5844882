import { byteFormat } from '../../../shared/byteSize.ts';

export { count as formatCount } from '../../../shared/counts.ts';

/** A row of the tree as plain data; clustersTree.ts turns it into the editor's item. */
export interface ExplorerNode {
  /** Stable: the same thing has the same id after a refresh, so that the editor keeps it expanded and selected. */
  id: string;
  /** What the commands of package.json match on. */
  context: string;
  label: string;
  description?: string;
  /** Lines of plain text. */
  tooltip?: string;
  icon?: NodeIcon;
  /** Read aloud instead of label and description. */
  spoken?: string;
  expanded?: boolean;
  /** Absent: a leaf. */
  children?: () => readonly ExplorerNode[] | Promise<readonly ExplorerNode[]>;
  /** Run by a click. */
  command?: { id: string; title: string };
  /** What "Copy" copies; default: the label. */
  copy?: string;
  /** What the commands act on. */
  clusterId: string;
  topic?: string;
  partition?: number;
  group?: string;
  broker?: number;
  /** Name of a setting. */
  setting?: string;
}

export interface NodeIcon {
  codicon: string;
  /** A theme colour id. */
  colour?: string;
}

/** `1.2 MiB`. */
export const bytesText = byteFormat('en');

/** Parts of a description that are there, with the separator of the tree between them. */
export function joined(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
