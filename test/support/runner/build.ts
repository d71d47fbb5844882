import path from 'node:path';
import { execNode, ROOT } from './exec.ts';
import { seconds, type Say } from './result.ts';

/** Builds `dist/`: the command of the kafka level, and what is packed. */
export async function buildExtension(say: Say): Promise<void> {
  const begin = performance.now();
  await step('esbuild.mjs');
  say(`built after ${seconds(begin)}`);
}

/** Packs what was built; resolves to the .vsix. */
export async function packExtension(say: Say): Promise<string> {
  const begin = performance.now();
  const vsix = path.join(ROOT, 'out', 'kafka-dapr-explorer.vsix');
  await step('scripts/package.ts', vsix);
  say(`packed after ${seconds(begin)}`);
  return vsix;
}

async function step(script: string, ...args: string[]): Promise<void> {
  if ((await execNode([script, ...args])) !== 0) throw new Error(`node ${script} failed: see above.`);
}
