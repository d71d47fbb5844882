import http, { type RequestListener } from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { RegistrySettings } from '../profile.ts';
import { runDoctor, type DoctorOptions } from './doctor.ts';

/** What the doctor says of a registry, beside brokers that nobody can reach. */
async function examine(
  registry: RegistrySettings,
  password?: string,
  { connectTimeoutMs = 8000, ...options }: DoctorOptions & { connectTimeoutMs?: number } = {},
) {
  const profile = { id: 'c', name: 'c', bootstrap: ['127.0.0.1:1'], connectTimeoutMs, registry };
  const { steps } = await runDoctor(profile, password === undefined ? {} : { registryPassword: password }, options);
  expect(steps.map((s) => s.step).slice(0, 2)).toEqual(['dns', 'tcp']);
  return steps.slice(2).map(({ ms: _, ...step }) => step);
}

/** Listens until the test ends; returns `127.0.0.1:port`. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    if (server instanceof http.Server) server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const registry = async (answer: RequestListener) => `http://${await listen(http.createServer(answer))}`;
const failed = (url: string, step: string, detail: unknown, hint: string) => [
  { step, target: `schema registry ${url}`, ok: false, detail, hint },
];

it('asks the registry with its own login, although no broker can be reached', async () => {
  const login = `Basic ${Buffer.from('reader:secret').toString('base64')}`;
  const url = await registry(({ headers, url: path }, response) => {
    if (headers.authorization !== login) response.writeHead(401).end();
    else response.end(path === '/subjects' ? '["orders-value"]' : '{}');
  });
  expect(await examine({ url, username: 'reader' }, 'secret')).toEqual([
    { step: 'rights', target: `schema registry ${url}`, ok: true, detail: '1 subject visible' },
  ]);
  expect(await examine({ url, username: 'reader' }, 'wrong')).toEqual(
    failed(
      url,
      'rights',
      'HTTP 401',
      `The schema registry ${url} refuses this user: check its user name and password.`,
    ),
  );
});

it.each(['<html>Welcome</html>', '{"subjects":[]}', 404])(
  'takes no other server for a registry: %s',
  async (answer) => {
    const url = await registry((_, response) => {
      if (typeof answer === 'number') response.statusCode = answer;
      response.end(String(answer));
    });
    const hint = `${url} does not answer like a schema registry. Check its path: at Apicurio it is /apis/ccompat/v7.`;
    expect(await examine({ url })).toEqual(failed(url, 'rights', expect.any(String), hint));
  },
);

it.each([
  [
    'dns',
    'http://no-such-host.invalid',
    'The host name in no-such-host.invalid is not known here. Check the spelling, and your DNS or VPN.',
  ],
  ['tcp', 'http://localhost:1', 'Nothing listens on localhost:1. Is the registry running, and is the port right?'],
])('names the step %s where it ends', async (step, url, reason) => {
  const [only] = await examine({ url });
  expect(only).toMatchObject({ step, ok: false, hint: `The schema registry ${url} cannot be reached: ${reason}` });
  expect(only?.detail).toMatch(/ENOTFOUND|EAI_AGAIN|ECONNREFUSED/);
});

it('tells http from https', async () => {
  const plain = new URL(await registry((_, response) => void response.end('[]'))).host;
  expect((await examine({ url: `https://${plain}` }))[0]).toMatchObject({
    step: 'tls',
    hint: `The schema registry https://${plain} cannot be reached: ${plain} does not speak TLS. Write its address with http://, or use the TLS port.`,
  });
  const mute = await listen(net.createServer((socket) => void socket.on('data', () => socket.destroy())));
  expect((await examine({ url: `http://${mute}` }))[0]).toMatchObject({
    step: 'tcp',
    hint: `The schema registry http://${mute} cannot be reached: ${mute} closed the connection without an answer: it may be a TLS port, whose address begins with https://.`,
  });
});

it.each([
  ['says nothing', null],
  ['stops in the middle', '["orders'],
])('waits as long as the connection says for a registry that %s', async (_, part) => {
  const url = await registry((_, response) => void (part === null || response.writeHead(200).write(part)));
  const host = new URL(url).host;
  expect((await examine({ url }, undefined, { connectTimeoutMs: 300 }))[0]).toMatchObject({
    step: 'tcp',
    hint: `The schema registry ${url} cannot be reached: ${host} does not answer. A firewall, a VPN that is off or a wrong address are the usual causes.`,
  });
});

it('is cancelled while it waits for the registry', async () => {
  const cancel = new AbortController();
  const url = await registry(() => cancel.abort());
  await expect(examine({ url }, undefined, { signal: cancel.signal })).rejects.toMatchObject({ kind: 'cancelled' });
});
