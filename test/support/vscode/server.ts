// One running VS Code server with a data folder of its own.
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { until } from './until.ts';
import { trustArguments, writeUserData, type UserData } from './userData.ts';

export interface ServerOptions extends UserData {
  /** From `ensureServer`. */
  home: string;
  /** Everything the server writes: settings, extensions, logs. Deleted when the server ends. */
  dataDir: string;
  /** Packages (.vsix) to install. */
  extensions: readonly string[];
  env: Record<string, string>;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  address: string;
  /** Ends it with all its processes and deletes `dataDir`. */
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** Installs the extensions as a user would and starts the server; resolves when it answers. */
export async function startServer({
  home,
  dataDir,
  extensions,
  settings,
  clusters,
  restricted,
  env,
}: ServerOptions): Promise<Server> {
  await mkdir(dataDir, { recursive: true });
  await writeUserData(path.join(dataDir, 'data'), { settings, clusters, ...(restricted && { restricted }) });
  const main = path.join(home, 'out', 'server-main.js');
  const common = ['--server-data-dir', dataDir, '--accept-server-license-terms'];
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const environment = { ...inherited, ...env };
  await run(process.execPath, [main, ...common, ...extensions.flatMap((vsix) => ['--install-extension', vsix])], {
    env: environment,
  });

  const port = await freePort();
  const log = path.join(dataDir, 'server.log');
  const out = openSync(log, 'a');
  const child = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, 'guard.mjs'),
      dataDir,
      main,
      ...common,
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--telemetry-level', 'off', ...trustArguments(restricted)],
    ],
    { env: environment, stdio: ['pipe', out, out], detached: true },
  );
  closeSync(out);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.stdin?.end();
    await ended;
  };
  try {
    await until(
      'the VS Code server',
      async () => {
        if (child.exitCode !== null)
          throw new Error(`The VS Code server ended:\n${(await readFile(log, 'utf8')).slice(-2000)}`);
        return fetch(`${address}/version`).then(
          (r) => r.ok,
          () => false,
        );
      },
      30_000,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
