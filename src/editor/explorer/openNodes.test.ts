import { expect, test } from 'vitest';
import { OpenNodes } from './openNodes.ts';

test('what was open below a closed node is hidden with it, and open again with it', () => {
  const nodes = new OpenNodes();
  for (const id of ['shop', 'shop/topics', 'shop/topics/topic/orders', 'shop2', 'shop2/groups']) nodes.expanded(id);
  nodes.collapsed('shop');
  expect([...nodes.visible()]).toEqual(['shop2', 'shop2/groups']);
  nodes.expanded('shop');
  expect([...nodes.visible()].sort()).toEqual([
    'shop',
    'shop/topics',
    'shop/topics/topic/orders',
    'shop2',
    'shop2/groups',
  ]);
});

test('when all is closed at once, a node that is opened again shows nothing open below it', () => {
  const nodes = new OpenNodes();
  for (const id of ['shop', 'shop/topics', 'shop2']) nodes.expanded(id);
  nodes.collapsed('shop2');
  nodes.allCollapsed();
  expect([...nodes.visible()]).toEqual([]);
  nodes.expanded('shop');
  expect([...nodes.visible()]).toEqual(['shop']);
});

test('a node that was closed itself stays closed when its parent is opened', () => {
  const nodes = new OpenNodes();
  for (const id of ['shop', 'shop/topics']) nodes.expanded(id);
  nodes.collapsed('shop/topics');
  nodes.collapsed('shop');
  nodes.expanded('shop');
  expect([...nodes.visible()]).toEqual(['shop']);
});
