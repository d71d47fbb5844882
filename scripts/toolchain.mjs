// The Node that builds and tests this project. Today's vitest, vsce and test-electron need Node >= 22, the `.ts` files of
// test/, demo/ and bench/ run by type stripping, and the VS Code server wants Node 24, while a machine may have 20.19.
// So a Node that is too old fetches a newer one from npm's own `node-<platform>-<arch>` package, once per machine.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const NODE_VERSION = '24.21.0';
const OLDEST_USABLE = 24;

/** Downloads of every kind live here, outside the checkout: KAFKA_DAPR_CACHE, else ~/.cache/kafka-dapr-explorer. */
export const cacheDir = () =>
  process.env.KAFKA_DAPR_CACHE ||
  path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'kafka-dapr-explorer');

const isUsable = (version) => Number(version.slice(1).split('.')[0]) >= OLDEST_USABLE;

/** The path of a Node that can run the tools: the running one, a cached one, or one downloaded now. */
export function ensureNode(say) {
  if (isUsable(process.version)) return process.execPath;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const home = path.join(cacheDir(), `node-${NODE_VERSION}`);
  const node = path.join(home, 'bin', binary);
  if (runs(node)) return node;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}@${NODE_VERSION}`;
  say(`Node ${process.version} is too old for the tools; downloading ${name} (50 MB, once) …`);
  const scratch = `${home}.${process.pid}`;
  fs.mkdirSync(scratch, { recursive: true });
  try {
    const pack = npm(['pack', '--silent', name], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
    const archive = fs.readdirSync(scratch).find((f) => f.endsWith('.tgz'));
    if (pack.status !== 0 || !archive)
      throw new Error(`npm could not download ${name}. Check the network, or run with Node ${OLDEST_USABLE} or newer.`);
    const inside = `package/bin/${binary}`;
    const tar = spawnSync('tar', ['xzf', archive, '--strip-components=1', inside], { cwd: scratch, stdio: 'inherit' });
    if (tar.status !== 0) throw new Error(`tar could not unpack ${archive}. Is tar installed?`);
    fs.rmSync(path.join(scratch, archive));
    fs.rmSync(home, { recursive: true, force: true });
    fs.renameSync(scratch, home);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  if (!runs(node))
    throw new Error(`The downloaded ${node} does not start on this machine. Install Node ${OLDEST_USABLE} or newer.`);
  return node;
}

const runs = (node) =>
  fs.existsSync(node) && spawnSync(node, ['--version']).stdout?.toString().trim() === `v${NODE_VERSION}`;

/** Runs npm: the one that runs us when there is one, else the one on the PATH. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  const result = cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error)
    throw new Error(`npm does not start (${result.error.message}). It comes with Node: https://nodejs.org`);
  return result;
}
