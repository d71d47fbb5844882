import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execNode, ROOT } from './exec.ts';
import { failure, type LevelResult } from './result.ts';

interface JsonReport {
  numPassedTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: Assertion[] }[];
}

interface Assertion {
  fullName: string;
  status: string;
  failureMessages?: string[];
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
  const failures: string[] = [];
  for (const file of testResults) {
    const where = path.relative(ROOT, file.name);
    // A skipped test proves nothing, so it counts as failed, unless its name was not asked for. So does a file that
    // could not even be loaded.
    const bad = file.assertionResults.filter(({ status }) => status !== 'passed' && !(byName && status === 'skipped'));
    for (const { fullName, status, failureMessages = [] } of bad)
      failures.push(failure(`${where} > ${fullName}`, failureMessages[0] ?? status));
    if (bad.length === 0 && file.status === 'failed') failures.push(failure(where, file.message || 'not loaded'));
  }
  if (failures.length === 0 && exitCode !== 0)
    failures.push('an error outside the tests (a global setup, or an unhandled one): look for "Error" above');
  return { passed, failures };
}
