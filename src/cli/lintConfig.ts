import fs from 'node:fs/promises';
import path from 'node:path';
import { CONFIG_FILE, parseLintConfig, type LintConfig } from '../core/dapr/config.ts';

/** The nearest `kafka-dapr.config.yaml` in `cwd` or above it; an empty configuration where there is none. */
export async function nearestConfig(cwd: string): Promise<LintConfig> {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const text = await fs.readFile(path.join(folder, CONFIG_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) return parseLintConfig(text);
    if (path.dirname(folder) === folder) return { options: {}, problems: [] };
  }
}
