import { expect, test } from 'vitest';
import type { ExplorerNode } from './nodes/node.ts';
import { ShownNodes } from './shownNodes.ts';

const leaf = (id: string, description: string): ExplorerNode => ({
  id,
  context: '',
  label: id,
  description,
  clusterId: 'c',
});
const folder = (id: string, description: string, children: ExplorerNode[]): ExplorerNode => ({
  ...leaf(id, description),
  children: () => children,
});

/** Gives the editor a tree down to the leaves. */
async function shown(root: ExplorerNode): Promise<ShownNodes> {
  const nodes = new ShownNodes();
  nodes.give(undefined, [root]);
  const open = async (node: ExplorerNode): Promise<void> => {
    const children = await node.children?.();
    if (!children) return;
    nodes.give(node, children);
    for (const child of children) await open(child);
  };
  await open(root);
  return nodes;
}
const ids = (nodes: ExplorerNode[]) => nodes.map((n) => n.id);

test('only the leaf that looks different is told, by the object that is known', async () => {
  const old = leaf('p1', 'next 7');
  const nodes = await shown(folder('c', '', [folder('t', '', [leaf('p0', 'next 5'), old])]));
  const told = await nodes.update(folder('c', '', [folder('t', '', [leaf('p0', 'next 5'), leaf('p1', 'next 8')])]));
  expect(told).toEqual([old]);
  expect(told[0]).toBe(old);
  expect(old.description).toBe('next 8');
});

test('nothing changed, nothing told', async () => {
  const tree = () => folder('c', 'x', [leaf('a', '1')]);
  expect(await (await shown(tree())).update(tree())).toEqual([]);
});

test('a field that has come or gone is told once', async () => {
  // In the order in which nodes are made: what may be missing stands between the others.
  const node = (description?: string): ExplorerNode => ({
    id: 'c',
    context: '',
    ...(description === undefined ? {} : { description }),
    label: 'topics',
    clusterId: 'c',
  });
  const nodes = await shown(node());
  for (const description of ['7', undefined, '8']) {
    const [told] = await nodes.update(node(description));
    expect(told).toEqual(node(description));
    expect(await nodes.update(node(description))).toEqual([]);
  }
});

test('a folder with other children is told, and what is below it not again', async () => {
  const nodes = await shown(folder('c', '', [folder('t', '', [leaf('a', '1')])]));
  expect(ids(await nodes.update(folder('c', '', [folder('t', '', [leaf('a', '2'), leaf('b', '1')])])))).toEqual(['t']);
});

test('children that were never asked for are not asked for now', async () => {
  const nodes = new ShownNodes();
  nodes.give(undefined, [leaf('c', '')]);
  const closed: ExplorerNode = {
    ...leaf('c', ''),
    children: () => {
      throw new Error('must not be asked');
    },
  };
  await nodes.update(closed);
  expect(await nodes.update(closed)).toEqual([]);
});

test('a node that the editor does not know is not told', async () => {
  expect(await new ShownNodes().update(leaf('x', ''))).toEqual([]);
});
