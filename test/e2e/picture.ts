import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { TestWindow } from './window.ts';

export const PICTURES = path.resolve(import.meta.dirname, '../../out/e2e');

/** A picture for those who run this test to look at. */
export async function picture(window: TestWindow, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await window.page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
}
