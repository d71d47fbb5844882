import type { ScalarNode, YamlNode } from './nodes.ts';

const TAB_LINE = /^ *\t[ \t]*(?=#|\r?$)/gm;

interface Leaf {
  node: ScalarNode;
  /** Column of the block map or list that the scalar stands in. */
  column: number;
}

/**
 * A line that is empty but for a tab, or a comment behind one, where daprd's parser allows none: between the entries of
 * block maps and lists. Inside a flow collection, a quoted text or a block, and after a plain text that could go on there, a tab is
 * blank. Its offset, or undefined.
 */
export function strayTab(text: string, root: YamlNode): number | undefined {
  if (!text.includes('\t')) return undefined;
  const tabs = [...text.matchAll(TAB_LINE)].map((match) => ({
    line: match.index,
    column: match[0].indexOf('\t'),
  }));
  if (tabs.length === 0) return undefined;
  const leaves: Leaf[] = [];
  const flows: YamlNode[] = [];
  collect(root, columnOf(text, root.range.start), text, leaves, flows, new Set());
  leaves.sort((a, b) => a.node.range.start - b.node.range.start);
  const found = tabs.find(({ line, column }) => {
    if (flows.some(({ range }) => line > range.start && line < range.end)) return false;
    const leaf = leaves.findLast(({ node }) => node.range.start < line);
    if (leaf === undefined) return true;
    const { node } = leaf;
    const block = node.style === 'literal' || node.style === 'folded';
    const between = text.slice(Math.min(node.range.end, line), line);
    if (node.range.end < line && /\S/.test(between)) return true;
    if (block) return column < contentColumn(text, node);
    return node.style === 'plain' ? column <= leaf.column : node.range.end <= line;
  });
  return found && found.line;
}

function collect(
  node: YamlNode,
  column: number,
  text: string,
  leaves: Leaf[],
  flows: YamlNode[],
  seen: Set<YamlNode>,
): void {
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'scalar') {
    if (node.range.end > node.range.start) leaves.push({ node, column });
    return;
  }
  if (node.flow) {
    flows.push(node);
    return;
  }
  if (node.kind === 'seq') {
    const [first] = node.items;
    const dash = first === undefined ? -1 : text.lastIndexOf('-', first.range.start - 1);
    for (const item of node.items) collect(item, dash < 0 ? column : columnOf(text, dash), text, leaves, flows, seen);
    return;
  }
  for (const { key, value, merged } of node.entries) {
    if (merged) continue;
    const at = columnOf(text, key.range.start);
    collect(key, at, text, leaves, flows, seen);
    collect(value, at, text, leaves, flows, seen);
  }
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Where the lines of a block begin. */
function contentColumn(text: string, node: ScalarNode): number {
  return /\n( *)[^ \r\n]/.exec(text.slice(node.range.start, node.range.end))?.[1]?.length ?? 0;
}
