// Every npm script of this project, on a machine that has nothing but Node >= 20.19 and npm:
//   node scripts/run.mjs TASK [ARGUMENTS]
// finds or downloads the Node of the tools, installs node_modules when they are not what the lock file says, and runs
// the task with both first on the PATH. No dependencies of its own: it runs before there are any.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureDependencies } from './dependencies.mjs';
import { cacheDir, ensureNode } from './toolchain.mjs';

const root = path.dirname(import.meta.dirname);
const bin = (file) => path.join(root, 'node_modules', file);
const TSC = bin('typescript/bin/tsc');
const VITEST = bin('vitest/vitest.mjs');

/** task -> commands for Node, run one after the other until one fails. The arguments of the call go to the last one. */
const TASKS = {
  test: [['test/run.ts']],
  unit: [[VITEST, 'run']],
  kafka: [['test/run.ts', 'kafka']],
  host: [['test/run.ts', 'host']],
  e2e: [['test/run.ts', 'e2e']],
  demo: [['demo/run.ts']],
  bench: [['bench/run.ts']],
  build: [['esbuild.mjs']],
  package: [['esbuild.mjs'], ['scripts/package.ts']],
  lint: [[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  typecheck: [
    [TSC, '-p', '.'],
    [TSC, '-p', 'webview'],
    [TSC, '-p', 'test'],
  ],
  format: [[bin('prettier/bin/prettier.cjs'), '.', '--write', '--log-level', 'warn']],
  'format:check': [[bin('prettier/bin/prettier.cjs'), '.', '--check', '--log-level', 'warn']],
};

const say = (text) => console.log(`▸ ${text}`);

/** Runs one command to its end; resolves to its exit code. Ctrl-C reaches it too: wait for it to clean up. */
function run(node, args) {
  const env = {
    ...process.env,
    PATH: [path.dirname(node), bin('.bin'), process.env.PATH].join(path.delimiter),
    KAFKA_DAPR_CACHE: cacheDir(),
    // package.json says CommonJS (what VS Code loads from dist/); our .ts files are modules and Node finds out by itself.
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ''} --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --disable-warning=ExperimentalWarning`.trim(),
  };
  const child = spawn(node, args, { cwd: root, env, stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  const ignore = () => {}; // the terminal sends SIGINT to the whole group
  process.on('SIGINT', ignore).on('SIGTERM', forward).on('SIGHUP', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', forward).off('SIGHUP', forward);
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 0));
    });
  });
}

async function main([task, ...args]) {
  const commands = TASKS[task];
  if (!commands) {
    console.error(`Usage: node scripts/run.mjs TASK [ARGUMENTS]\nTasks: ${Object.keys(TASKS).join(', ')}`);
    return 2;
  }
  const node = ensureNode(say);
  ensureDependencies(root, say);
  for (const [i, command] of commands.entries()) {
    const code = await run(node, i === commands.length - 1 ? [...command, ...args] : command);
    if (code !== 0) return code;
  }
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
}
