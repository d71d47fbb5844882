import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { TestWindow } from './window.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../out/e2e');

/** A picture of the window for those who run a test to look at: out/e2e/NAME.png. */
export async function picture(window: TestWindow, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await window.page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
}

/** Characters of a webview's text: enough for a page, and a log can still be read. */
const MOST_TEXT = 6_000;

/** The notifications and each webview as a screen reader meets them: a log keeps these where pictures are lost. */
async function spoken(window: TestWindow): Promise<string> {
  const toasts = await window.page.locator('.notification-toast').all();
  const webviews = await window.page.locator('iframe.webview').all();
  const parts = [
    ...toasts,
    ...webviews.map((webview) => webview.contentFrame().frameLocator('#active-frame').locator('body')),
  ];
  const texts = parts.map((part) => part.ariaSnapshot({ timeout: 5_000 }).catch((error: unknown) => String(error)));
  return (await Promise.all(texts)).map((text) => text.slice(0, MOST_TEXT)).join('\n');
}

/** After a failed test: a picture of the window, what was in it and in its console, and how busy the machine was. */
export function keepEvidence(current: () => TestWindow | undefined): void {
  afterEach(async ({ task }) => {
    const window = current();
    if (task.result?.state !== 'fail' || !window) return;
    await mkdir(FOLDER, { recursive: true });
    const file = path.join(FOLDER, `${task.name.replace(/[^\w]+/g, '-').slice(0, 80)}.png`);
    await window.page.screenshot({ path: file });
    const load = os.loadavg().map((n) => n.toFixed(1));
    const evidence = [
      `picture: ${file}`,
      `VS Code ${window.driver.version} (${window.kind}), load ${load.join(' ')}`,
      ...window.problems.map((problem) => `console: ${problem}`),
      await spoken(window),
    ];
    // With the error, not when it happens: the end of a log is what people see of it.
    for (const error of task.result.errors?.slice(0, 1) ?? []) error.message += `\n${evidence.join('\n')}`;
  });
}
