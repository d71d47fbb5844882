import path from 'node:path';
import { execNode, ROOT } from './exec.ts';
import { seconds, type Say } from './result.ts';

/** Builds and packs the extension; resolves to the .vsix. */
export async function makePackage(say: Say): Promise<string> {
  const begin = performance.now();
  const vsix = path.join(ROOT, 'out', 'kafka-dapr-explorer.vsix');
  for (const step of [['esbuild.mjs'], ['scripts/package.ts', vsix]])
    if ((await execNode(step)) !== 0) throw new Error(`node ${step[0]} failed: see above.`);
  say(`built and packed after ${seconds(begin)}`);
  return vsix;
}
