// What a window waits for when it activates the extension: the bundle of src/extension.ts without its late chunks.
import { build } from 'esbuild';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);

describe('the bundle that activation loads', () => {
  /** Source file -> bytes of it in the bundle. */
  let sources: Map<string, number>;

  beforeAll(async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['src/extension.ts'],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      outdir: 'dist',
      platform: 'node',
      format: 'cjs',
      target: 'node20.19',
      external: ['vscode', '*.late.ts', '@vscode/l10n'],
    });
    const [output] = Object.values(metafile.outputs);
    sources = new Map(Object.entries(output!.inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]));
  });

  it('has no library', () => {
    expect([...sources.keys()].filter((file) => !file.startsWith('src/'))).toEqual([]);
  });

  it('has of the core only what is known without a cluster and without a file', () => {
    expect([...sources.keys()].filter((file) => file.startsWith('src/core/')).sort()).toEqual([
      'src/core/dapr/delivery/namesBroker.ts',
      'src/core/dapr/lintOptions.ts',
      'src/core/dapr/rules/ruleDocs.ts',
      'src/core/kafka/profile.ts',
    ]);
  });

  it('stays small', () => {
    const largest = [...sources].sort((a, b) => b[1] - a[1]).slice(0, 10);
    const bytes = [...sources.values()].reduce((sum, size) => sum + size, 0);
    expect(bytes, largest.map(([file, size]) => `${size} ${file}`).join('\n')).toBeLessThan(100_000);
  });
});
