import fs from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile } from '../core/dapr/workspace.ts';
import { CONFIG_FILE, parseLintConfig, type LintConfig } from '../core/dapr/config.ts';

/** The nearest `kafka-dapr.config.yaml` in `cwd` or above it, and its text: it may tell apps. An empty configuration where there is none. */
export async function nearestConfig(cwd: string): Promise<LintConfig & { file?: SourceFile }> {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const name = path.join(folder, CONFIG_FILE);
    const text = await fs.readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined)
      return { ...parseLintConfig(text), file: { path: path.relative(cwd, name).split(path.sep).join('/'), text } };
    if (path.dirname(folder) === folder) return { options: {}, problems: [] };
  }
}

/** The files with that configuration, once. */
export function withConfig(files: readonly SourceFile[], { file }: { file?: SourceFile }): readonly SourceFile[] {
  return file === undefined || files.some(({ path }) => path === file.path) ? files : [...files, file];
}
