import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const MAIN = new URL('../support/kafka/main.ts', import.meta.url).pathname;
const UNTIL = { timeout: 30_000, interval: 50 };

/** The broker command, once it has printed where it answers. */
async function startCommand() {
  const child = spawn(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', MAIN], {
    env: { ...process.env, KAFKA_BOOTSTRAP: '' },
  });
  const environment: Record<string, string> = {};
  for await (const line of createInterface(child.stdout)) {
    const [, name, value] = /^export (\w+)='(.*)'$/.exec(line) ?? [];
    if (name !== undefined) environment[name] = value!;
    if (name === 'KAFKA_TOOL') break;
  }
  const port = Number(environment.KAFKA_BOOTSTRAP?.split(':')[1]);
  return { child, port, dir: path.dirname(environment.KAFKA_CERTS!) };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

const isGone = async ({ port, dir }: { port: number; dir: string }) => !(await answers(port)) && !fs.existsSync(dir);

describe('a broker started by hand', () => {
  it('leaves no process and no data on Ctrl-C', async () => {
    const broker = await startCommand();
    expect(await isGone(broker)).toBe(false);
    broker.child.kill('SIGINT');
    await once(broker.child, 'exit');
    expect(broker.child.exitCode).toBe(0);
    expect(await isGone(broker)).toBe(true);
  });

  it('ends by itself, data and all, when whoever started it was killed', async () => {
    const broker = await startCommand();
    broker.child.kill('SIGKILL');
    await expect.poll(() => isGone(broker), UNTIL).toBe(true);
  });
});
