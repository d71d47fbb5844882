import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import type * as Axe from 'axe-core';

const SOURCE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds below an element against WCAG 2.1 A and AA: rule, element and what is wrong with it. Empty is good. */
export async function axeFindings(root: Locator): Promise<string[]> {
  const element = await root.elementHandle();
  const frame = await element?.ownerFrame();
  if (!element || !frame) throw new Error('The element is not there.');
  // As an expression, not as a script of the page: its Content-Security-Policy stays in force.
  await frame.evaluate(await readFile(SOURCE, 'utf8'));
  const results = await element.evaluate((node) =>
    (globalThis as unknown as { axe: typeof Axe }).axe.run(node as Element, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
    }),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
