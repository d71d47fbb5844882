// The mocha tests of test/host, inside the extension host of a window in which the .vsix is installed.
import { build } from 'esbuild';
import { cp, glob, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { measureActivation } from '../vscode/activation.ts';
import { launchHost } from '../vscode/launchHost.ts';
import { ROOT } from './exec.ts';
import { failure, type LevelResult, type Say } from './result.ts';

export interface HostLevelOptions {
  vsix: string;
  /** Seen by the tests as process.env. */
  env: Record<string, string>;
  /** Parts of file names to run; all when empty. */
  filters: readonly string[];
  say: Say;
}

export async function runHostTests({ vsix, env, filters, say }: HostLevelOptions): Promise<LevelResult> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-host-'));
  try {
    const workspace = path.join(folder, 'workspace');
    await cp(path.join(ROOT, 'demo/workspace'), workspace, { recursive: true });
    const files = await bundleTests(filters);
    const host = await launchHost({ folder: workspace, vsix, env, say });
    try {
      say(`VS Code ${host.driver.version} (${host.kind}) is up`);
      say(`activation: ${await measureActivation(host.driver)}`);
      const result: LevelResult = { passed: 0, failures: [] };
      const mocha = pathToFileURL(path.join(ROOT, 'node_modules/mocha/index.js')).href;
      for await (const event of host.driver.runMocha(mocha, files)) {
        if (event.type === 'pass') {
          result.passed++;
          console.log(`  ✓ ${event.title} ${event.ms} ms`);
        } else if (event.type === 'fail') {
          result.failures.push(failure(`host > ${event.title}`, event.error));
          console.error(`  ✗ ${event.title}\n${event.error.replace(/^/gm, '      ')}`);
        }
      }
      return result;
    } finally {
      await host.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Each test file becomes one CommonJS file below out/host. */
async function bundleTests(filters: readonly string[]): Promise<string[]> {
  const sources: string[] = [];
  for await (const file of glob('test/host/**/*.test.ts', { cwd: ROOT }))
    if (filters.length === 0 || filters.some((part) => file.includes(part))) sources.push(file);
  const outdir = path.join(ROOT, 'out/host');
  await build({
    absWorkingDir: ROOT,
    entryPoints: sources.sort(),
    outdir,
    outbase: 'test/host',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return sources.map((file) => path.join(outdir, path.relative('test/host', file).replace(/\.ts$/, '.cjs')));
}
