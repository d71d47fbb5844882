// One running VS Code server with a data folder of its own.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { until } from './until.ts';
import { writeSettings } from './windowSettings.ts';

export interface ServerOptions {
  /** From `ensureServer`. */
  home: string;
  /** Everything the server writes: settings, extensions, logs. */
  dataDir: string;
  /** Packages (.vsix) to install. */
  extensions: readonly string[];
  settings: Record<string, unknown>;
  env: Record<string, string>;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  address: string;
  log: string;
  stop(): Promise<void>;
}

const run = promisify(execFile);

/** Installs the extensions as a user would and starts the server; resolves when it answers. */
export async function startServer({ home, dataDir, extensions, settings, env }: ServerOptions): Promise<Server> {
  await mkdir(dataDir, { recursive: true });
  await writeSettings(path.join(dataDir, 'data'), settings);
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
      main,
      ...common,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--without-connection-token',
      '--telemetry-level',
      'off',
      '--disable-workspace-trust',
    ],
    { env: environment, stdio: ['ignore', out, out], detached: process.platform !== 'win32' },
  );
  closeSync(out);
  const killAtExit = () => signal(child, 'SIGKILL');
  process.once('exit', killAtExit);
  const address = `http://127.0.0.1:${port}`;
  const stop = async () => {
    signal(child, 'SIGTERM');
    await until('the VS Code server to end', () => child.exitCode !== null || child.signalCode !== null, 5_000).catch(
      () => undefined,
    );
    signal(child, 'SIGKILL'); // also whoever of its group is left: the extension host
    process.off('exit', killAtExit);
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
  return { address, log, stop };
}

/** The server and its extension hosts are one process group. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // gone already
  }
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
