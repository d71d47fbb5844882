import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createLinter } from '../src/core/dapr/rules/lint.ts';
import { DEFAULT_LINT_OPTIONS } from '../src/core/dapr/lintOptions.ts';
import { contest, load } from './contest.ts';

const FILES = 1_000;
const LINES = 60;
const DOCUMENTS = 40;
const KEYSTROKES = 300;
const BARS = { allFiles: 1_000, keystroke: 10 };

/** The helper's two bars: a whole workspace by the command, and one key in a long file of an editor. Returns the bars missed. */
export async function lintBench(): Promise<number> {
  return (await allFiles()) + keystrokes();
}

async function allFiles(): Promise<number> {
  const cli = path.resolve('dist/cli.js');
  if (!fs.existsSync(cli)) throw new Error('dist/cli.js is missing: npm run build');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lint-bench-'));
  try {
    for (let i = 0; i < FILES; i++) fs.writeFileSync(path.join(folder, `component-${i}.yaml`), sixtyLines(i));
    const command = [process.execPath, cli, 'lint', folder, '--json'];
    const [result] = await contest([{ name: 'lint', command }], 5);
    if (result === undefined || !new RegExp(`"filesChecked":\\s*${FILES}\\b`).test(result.answer))
      throw new Error(`not ${FILES} files: ${result?.answer.slice(0, 200)}`);
    const [least, most] = result.spread;
    return report(
      `${FILES} files of ${LINES} lines by the command, its start included`,
      result.ms,
      BARS.allFiles,
      `${least.toFixed(0)} to ${most.toFixed(0)} ms, load ${load()}`,
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A key into the middle of a file, as the editor does it: the text is set, the findings of the file are asked for. */
function keystrokes(): number {
  const linter = createLinter(DEFAULT_LINT_OPTIONS);
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => component(i));
  const at = documents.slice(0, DOCUMENTS / 2).join('---\n').length + documents[0]!.indexOf('group-') + 10;
  let text = documents.join('---\n');
  linter.set('components.yaml', text);
  const found = linter.findings('components.yaml').length;
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    text = text.slice(0, at) + 'abcdefghij'[i % 10]! + text.slice(at);
    const start = performance.now();
    linter.set('components.yaml', text);
    const now = linter.findings('components.yaml').length;
    times.push(performance.now() - start);
    if (now !== found) throw new Error(`${now} findings instead of ${found}`);
  }
  times.sort((a, b) => a - b);
  const p95 = times[Math.floor(times.length * 0.95)]!;
  const median = times[times.length >> 1]!;
  return report(
    `a key in a file of ${DOCUMENTS} documents (${text.split('\n').length} lines), the median`,
    median,
    BARS.keystroke,
    `95 of 100 within ${p95.toFixed(2)} ms, slowest ${times.at(-1)!.toFixed(2)} ms`,
  );
}

function report(what: string, ms: number, bar: number, more: string): number {
  const kept = ms <= bar;
  console.log(`   ${what}: ${ms.toFixed(ms < 100 ? 2 : 0)} ms (bar ${bar} ms, ${kept ? 'kept' : 'MISSED'}); ${more}`);
  return kept ? 0 : 1;
}

/** One component and the two subscriptions to it: 60 lines with nothing in them that is an error. */
function sixtyLines(i: number): string {
  const text = [component(i), subscription(i, 'orders'), subscription(i, 'payments')].join('---\n');
  const missing = LINES - (text.split('\n').length - 1);
  if (missing < 0) throw new Error(`${-missing} lines too many`);
  return '# who looks after this\n'.repeat(missing) + text;
}

function component(i: number): string {
  const items: Record<string, string> = {
    brokers: 'kafka-0:9092,kafka-1:9092,kafka-2:9092',
    authType: 'none',
    consumerGroup: `group-${i}-of-the-shop`,
    clientID: '{appID}',
    initialOffset: i % 2 === 0 ? 'newest' : 'oldest',
    sessionTimeout: '20s',
    heartbeatInterval: '5s',
    maxMessageBytes: '1048576',
    consumeRetryInterval: '200ms',
    version: '2.8.0',
  };
  const lines = Object.entries(items).map(
    ([name, value]) => `  - name: ${name}\n    value: ${JSON.stringify(value)}\n`,
  );
  return `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: pubsub-${i}\nspec:\n  type: pubsub.kafka\n  version: v1\n  metadata:\n${lines.join('')}scopes:\n- app-${i}\n`;
}

function subscription(i: number, topic: string): string {
  return `apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: ${topic}-${i}\nspec:\n  pubsubname: pubsub-${i}\n  topic: ${topic}\n  deadLetterTopic: ${topic}-dlq\n  routes:\n    default: /${topic}\nscopes:\n- app-${i}\n`;
}
