// Runs the tests of every level, or of those named: node scripts/run.mjs test [LEVEL …] [FILTER …]
//   unit   beside the code                                kafka  against a real broker
//   host   inside the extension host of a real VS Code    e2e    through the workbench, as a person would
// One broker and one package serve all levels; both are made while the unit tests run. The last line is
// `N passed, N failed`, all levels added up, and the lines before it name what failed.
import process from 'node:process';
import type { KafkaLab } from './support/kafka/startKafka.ts';
import { useKafka } from './support/kafka/useKafka.ts';
import { buildExtension, packExtension } from './support/runner/build.ts';
import { runHostTests } from './support/runner/hostLevel.ts';
import { failure, seconds, type LevelResult } from './support/runner/result.ts';
import { runVitest } from './support/runner/vitestLevel.ts';
import { prepareVsCode } from './support/vscode/findVsCode.ts';

const LEVELS = ['unit', 'kafka', 'host', 'e2e'] as const;
type Level = (typeof LEVELS)[number];

const say = (text: string) => console.log(`▸ ${text}`);
const started = performance.now();

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopped.abort(new Error(`stopped by ${signal}`)));

async function main(): Promise<LevelResult> {
  const { levels, filters } = parse(process.argv.slice(2));
  // The kafka level runs the built command.
  const needsKafka = levels.some((level) => level !== 'unit');
  const needsVsCode = levels.includes('host') || levels.includes('e2e');
  const total: LevelResult = { passed: 0, failures: [] };

  const kafka = needsKafka ? startBroker() : undefined;
  const vsCode = needsVsCode ? prepareVsCode(say) : undefined;
  const built = needsKafka ? buildExtension(say) : undefined;
  const vsix = needsVsCode ? built?.then(() => packExtension(say)) : undefined;
  // Awaited below, when a level needs them: a failure must wait for that, not end the process.
  for (const started of [kafka, vsCode, built, vsix]) started?.catch(() => undefined);
  try {
    for (const level of levels) {
      stopped.signal.throwIfAborted();
      const begin = performance.now();
      say(`${level}: starting`);
      const result = await runLevel(level).catch((error: unknown) => {
        console.error(`✗ ${level}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return { passed: 0, failures: [failure(level, error instanceof Error ? error.message : String(error))] };
      });
      if (result.passed + result.failures.length === 0)
        result.failures.push(`${level}: no test ran${filters.length > 0 ? ` (filter: ${filters.join(' ')})` : ''}`);
      say(`${level}: ${summary(result)} in ${seconds(begin)}`);
      total.passed += result.passed;
      total.failures.push(...result.failures);
    }
  } finally {
    await (await kafka?.catch(() => undefined))?.stop();
  }
  return total;

  async function runLevel(level: Level): Promise<LevelResult> {
    if (level === 'host' || level === 'e2e') await vsCode;
    const env = {
      ...(level === 'unit' || !kafka ? {} : { KAFKA_DAPR_TEST_CLUSTER: addressesOf(await kafka) }),
      ...(level === 'host' || level === 'e2e' ? { KAFKA_DAPR_VSIX: (await vsix)! } : {}),
    };
    switch (level) {
      case 'unit':
        return runVitest('vitest.config.mjs', filters, env);
      case 'kafka':
        await built;
        return runVitest('test/kafka/vitest.config.mjs', filters, env);
      case 'host':
        return runHostTests({ vsix: (await vsix)!, env, filters, say });
      case 'e2e':
        return runVitest('test/e2e/vitest.config.mjs', filters, env);
    }
  }
}

async function startBroker(): Promise<KafkaLab> {
  const begin = performance.now();
  const kafka = await useKafka({ log: say, signal: stopped.signal });
  say(`Kafka ${kafka.version} answers at ${kafka.bootstrap} after ${seconds(begin)}`);
  return kafka;
}

/** What `inject('kafka')` gives to the tests. */
const addressesOf = (kafka: KafkaLab): string => JSON.stringify(kafka);

/** Level names first; what follows them goes to the test runner: files, -t NAME. */
function parse(args: readonly string[]): { levels: readonly Level[]; filters: string[] } {
  const isLevel = (name: string): name is Level => LEVELS.some((level) => level === name);
  const end = args.findIndex((arg) => !isLevel(arg));
  const levels = (end < 0 ? args : args.slice(0, end)).filter(isLevel);
  const filters = end < 0 ? [] : args.slice(end);
  if (levels.length === 0 && filters.length > 0)
    throw new Error(`"${filters[0]}" is no level of tests. Name one first: ${LEVELS.join(', ')}.`);
  return { levels: levels.length > 0 ? levels : LEVELS, filters };
}

const summary = ({ passed, failures }: LevelResult) => `${passed} passed, ${failures.length} failed`;

try {
  const total = await main();
  say(`all levels took ${seconds(started)}`);
  for (const line of total.failures) console.log(`✗ ${line}`);
  console.log(summary(total));
  process.exitCode = total.failures.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
