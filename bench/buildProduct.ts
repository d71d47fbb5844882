import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** `dist/` as it ships. */
export function buildProduct(): void {
  const root = path.join(import.meta.dirname, '..');
  const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('the build failed');
}
