// The demo: a real Kafka filled with data, live consumer groups, and VS Code with the extension on a workspace of Dapr
// files.
//   npm run demo                            desktop VS Code where there is one, else in the browser (prints the address)
//   npm run demo -- --screenshots DIR       headless: saves pictures and exits
//   npm run demo -- --cluster-only          only the cluster, for a debugged extension
// Ctrl-C ends everything that was started and deletes what it wrote.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { cacheDir } from '../test/support/cache.ts';
import { buildExtension, packExtension } from '../test/support/runner/build.ts';
import { workbenchUrl } from '../test/support/vscode/browserWindow.ts';
import { prepareDesktop } from '../test/support/vscode/desktop.ts';
import { installedDesktop, prepareVsCode } from '../test/support/vscode/findVsCode.ts';
import { startServer } from '../test/support/vscode/server.ts';
import { ensureServer } from '../test/support/vscode/serverInstall.ts';
import type { SeededCluster } from '../test/support/vscode/userData.ts';
import { startDemo, type Demo } from './demo.ts';
import { takeScreenshots } from './screenshots.ts';

const say = (text: string) => console.log(`▸ ${text}`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { screenshots: { type: 'string' }, 'cluster-only': { type: 'boolean', default: false } },
  });
  const clusterOnly = values['cluster-only'];
  // Kafka starts while the extension is built and VS Code is fetched. What fails first ends the demo, but only after
  // the others have come so far that they can be stopped.
  const [demo, vsix, vsCode] = await Promise.allSettled([
    startDemo({ log: say, signal: stop.signal }),
    clusterOnly ? undefined : buildExtension(say).then(() => packExtension(say)),
    clusterOnly ? undefined : values.screenshots ? prepareVsCode(say) : fetchVsCode(),
  ]);
  try {
    const cluster = valueOf(demo);
    const extension = valueOf(vsix);
    valueOf(vsCode);
    say(`the demo cluster answers at ${cluster.bootstrap}`);
    if (values.screenshots !== undefined) {
      await takeScreenshots({ ...windowOf(cluster), vsix: extension!, into: path.resolve(values.screenshots), say });
    } else if (clusterOnly) {
      say(`Ctrl-C ends it. The workspace: ${cluster.workspace}`);
      await stopped;
    } else {
      await showWindow(cluster, extension!);
    }
  } finally {
    if (demo.status === 'fulfilled') {
      say('stopping the demo cluster …');
      await demo.value.stop();
    }
  }
}

function valueOf<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

/** The demo cluster, saved; and the workspace. */
function windowOf(demo: Demo): { clusters: SeededCluster[]; folder: string } {
  return {
    clusters: [
      {
        profile: { id: 'demo', name: 'demo', bootstrap: demo.bootstrap.split(',') },
        favourites: ['orders', 'payments'],
      },
    ],
    folder: demo.workspace,
  };
}

async function fetchVsCode(): Promise<void> {
  if (!installedDesktop()) await ensureServer(cacheDir(), say);
}

/** Opens VS Code for a person and waits until that person is done. */
async function showWindow(demo: Demo, vsix: string): Promise<void> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'kafka-dapr-demo-'));
  const window = { ...windowOf(demo), dataDir, extensions: [vsix], settings: {}, env: {} };
  try {
    const executable = installedDesktop();
    if (executable) {
      const { executablePath, args, env } = await prepareDesktop({ ...window, executable });
      const code = spawn(executablePath, args, { env, stdio: 'ignore' });
      say('VS Code opens. Close its window, or press Ctrl-C here, to end the demo.');
      await Promise.race([once(code, 'exit'), stopped]);
      if (code.exitCode === null) {
        code.kill();
        await once(code, 'exit');
      }
    } else {
      const server = await startServer({ ...window, home: await ensureServer(cacheDir(), say) });
      say(`VS Code: ${workbenchUrl(server.address, demo.workspace)}`);
      say('Open this address in a browser. Ctrl-C here ends the demo.');
      await stopped;
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

try {
  await main();
  if (stop.signal.aborted) say('nothing is left behind');
} catch (error) {
  if (stop.signal.aborted) {
    say('stopped');
  } else {
    console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof Error && error.cause instanceof Error) console.error(`  ${error.cause.message}`);
    process.exitCode = 1;
  }
}
