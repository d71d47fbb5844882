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

/** After a failed test: a picture of the window, what its console said, and how busy the machine was. */
export function keepEvidence(current: () => TestWindow | undefined): void {
  afterEach(async ({ task }) => {
    const window = current();
    if (task.result?.state !== 'fail' || !window) return;
    await mkdir(FOLDER, { recursive: true });
    const file = path.join(FOLDER, `${task.name.replace(/[^\w]+/g, '-').slice(0, 80)}.png`);
    await window.page.screenshot({ path: file });
    const load = os.loadavg().map((n) => n.toFixed(1));
    console.error(`picture: ${file}\nVS Code ${window.driver.version} (${window.kind}), load ${load.join(' ')}`);
    if (window.problems.length > 0) console.error(`console:\n  ${window.problems.join('\n  ')}`);
  });
}
