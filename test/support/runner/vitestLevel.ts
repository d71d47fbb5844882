import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execNode, ROOT } from './exec.ts';
import type { LevelResult } from './result.ts';

interface JsonReport {
  numPassedTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

/** Runs the vitest tests of one configuration; `filters` are vitest's own arguments (files, -t NAME). */
export async function runVitest(
  config: string,
  filters: readonly string[],
  env: Record<string, string>,
): Promise<LevelResult> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-vitest-'));
  const report = path.join(folder, 'report.json');
  try {
    const code = await execNode(
      [
        path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--config',
        config,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...filters,
      ],
      env,
    );
    const json = JSON.parse(await readFile(report, 'utf8').catch(() => '{}')) as Partial<JsonReport>;
    return count(json, code, filters.includes('-t'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function count(report: Partial<JsonReport>, exitCode: number, byName: boolean): LevelResult {
  const { numPassedTests: passed = 0, testResults = [] } = report;
  let failed = 0;
  for (const file of testResults) {
    // A skipped test proves nothing, so it counts as failed, unless its name was not asked for. So does a file that
    // could not even be loaded.
    const bad = file.assertionResults.filter(
      ({ status }) => status !== 'passed' && !(byName && status === 'skipped'),
    ).length;
    failed += bad === 0 && file.status === 'failed' ? 1 : bad;
  }
  // A failed global setup or an unhandled error after the last test shows in the exit code only.
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}
