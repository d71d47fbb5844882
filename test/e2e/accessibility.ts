import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { FrameLocator } from 'playwright-core';
import { until } from '../support/vscode/until.ts';
import type { TestWindow } from './window.ts';

/**
 * VS Code's own themes, which a page takes all its colours from, by their ids in the settings; each is of one kind, and
 * of another one than that before it: a page tells that it wears the next one.
 */
export const THEMES = {
  'Light 2026': 'vscode-light',
  'Default Dark Modern': 'vscode-dark',
  'Default Light Modern': 'vscode-light',
  'Dark 2026': 'vscode-dark',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast-light',
} as const;
export type Theme = keyof typeof THEMES;

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds in a page, `rule: selector: what to do`. `part`: a selector of what is ours in a page of VS Code; its
 * colours are not judged, since the ground lies behind the frame. Axe comes in as the debugger's own code, past the
 * page's policy.
 */
export async function violations(frame: FrameLocator, part?: string): Promise<string[]> {
  const found = await frame.locator('body').evaluate(
    async ({ ownerDocument }, { source, part }): Promise<axe.Result[]> => {
      const view = ownerDocument.defaultView as unknown as { eval: (text: string) => void; axe: typeof axe };
      view.eval(source);
      const rules = part === undefined ? {} : { 'color-contrast': { enabled: false } };
      return (await view.axe.run(part ?? ownerDocument, { resultTypes: ['violations'], rules })).violations;
    },
    { source: AXE, part },
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}\n${html}`),
  );
}

/** Puts the whole window into a theme and waits until the page is drawn in it. */
export async function wear(window: TestWindow, theme: Theme, frame: FrameLocator): Promise<void> {
  await window.driver.eval(async (vscode, id: string) => {
    await vscode.workspace.getConfiguration('workbench').update('colorTheme', id, vscode.ConfigurationTarget.Global);
  }, theme);
  const body = frame.locator('body');
  const kinds = async () => (await body.getAttribute('class'))?.split(' ').filter((name) => name.startsWith('vscode-'));
  await until(`the theme ${theme}`, async () => {
    const worn = (await kinds()) ?? [];
    // A light theme of high contrast is both.
    return worn.includes(THEMES[theme]) && worn.includes('vscode-high-contrast') === theme.includes('High Contrast');
  });
}
