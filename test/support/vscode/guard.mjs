// node guard.mjs FOLDER PROGRAM ARGUMENTS…: runs a Node program as a process group of its own until our stdin ends. It
// does when whoever started us says so, and just as well when that one dies, however it dies: then nothing is left,
// neither a process nor FOLDER.
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

const [folder, ...command] = process.argv.slice(2);
const child = spawn(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));

const kill = (signal) => {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // all of them are gone already
  }
};

process.on('SIGINT', () => {}); // Ctrl-C is for whoever started us
process.stdin.resume();
const closed = new Promise((resolve) => process.stdin.once('end', resolve).once('error', resolve));

const code = await Promise.race([ended, closed.then(() => undefined)]);
kill('SIGTERM');
await Promise.race([ended, delay(3000)]);
kill('SIGKILL'); // also whoever is left of the group: the extension host
// A program that ended by itself leaves its logs for whoever started us to read.
if (code === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
process.exit(code ?? 0);
