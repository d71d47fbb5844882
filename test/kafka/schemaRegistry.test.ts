import fs from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { runDoctor } from '../../src/core/kafka/connect/doctor.ts';
import type { RegistrySettings } from '../../src/core/kafka/profile.ts';
import { registryOf, SchemaRegistry } from '../../src/core/kafka/values/registry.ts';
import { runCli } from '../support/cli/runCli.ts';
import { KEY_PASSPHRASE, makeCertificates } from '../support/kafka/certificates.ts';

describe('a schema registry behind TLS', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'registry-'));
  const pem = (name: string) => path.join(dir, name);
  beforeAll(() => makeCertificates(dir));
  afterAll(() => fs.rmSync(dir, { recursive: true }));

  /** Answers `subjects` with whom it sees; returns its address. */
  async function serve(certificate: string, options: TlsOptions = {}): Promise<string> {
    const both = fs.readFileSync(pem(certificate));
    const server = https.createServer({ key: both, cert: both, ...options }, (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      if (request.url === '/moved/subjects') response.writeHead(302, { location: '/subjects' }).end();
      else if (request.url === '/away/subjects')
        response.writeHead(302, { location: 'https://elsewhere.example/subjects' }).end();
      else response.end(JSON.stringify([subject?.CN ?? 'nobody', request.headers.authorization ?? 'no login']));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const subjects = (registry: RegistrySettings, secrets = {}) =>
    new SchemaRegistry(registryOf({ id: 'c', name: 'c', bootstrap: ['b:9092'], registry }, secrets)!).subjects();
  const clientOnly = () => ({ requestCert: true, rejectUnauthorized: true, ca: fs.readFileSync(pem('ca.crt')) });
  const ca = { caFile: pem('ca.crt') };

  it('is asked when its own CA is named, with its own login', async () => {
    const url = await serve('server.pem');
    const login = `Basic ${Buffer.from('bob:secret').toString('base64')}`;
    expect(await subjects({ url, tls: ca })).toEqual(['no login', 'nobody']);
    expect(await subjects({ url, username: 'bob', tls: ca }, { registryPassword: 'secret' })).toEqual([
      login,
      'nobody',
    ]);
  });

  it('is shown a client certificate, whose key may be encrypted', async () => {
    const url = await serve('server.pem', clientOnly());
    const certFile = pem('client.crt');
    expect(await subjects({ url, tls: { ...ca, certFile, keyFile: pem('client.key') } })).toEqual([
      'client',
      'no login',
    ]);
    const encrypted = { ...ca, certFile, keyFile: pem('client-encrypted.key') };
    expect(await subjects({ url, tls: encrypted }, { registryKeyPassphrase: KEY_PASSPHRASE })).toEqual([
      'client',
      'no login',
    ]);
    await expect(subjects({ url, tls: encrypted }, { registryKeyPassphrase: 'wrong' })).rejects.toThrow(
      `The schema registry ${url} cannot be reached: The passphrase for ${encrypted.keyFile} is missing or wrong.`,
    );
  });

  it('is refused with the reason when its certificate or ours is not in order', async () => {
    const url = await serve('server.pem');
    const host = new URL(url).host;
    const start = `The schema registry ${url} cannot be reached: `;
    const untrusted =
      `${start}The certificate of ${host} is signed by a CA that is not trusted here ` +
      '(self-signed certificate in certificate chain). Name the CA certificate of the registry in the connection, or in ' +
      'the environment variable NODE_EXTRA_CA_CERTS.';
    await expect(subjects({ url })).rejects.toThrow(untrusted);
    await expect(subjects({ url, tls: { caFile: pem('other-ca.crt') } })).rejects.toThrow(untrusted);
    await expect(subjects({ url, tls: { caFile: pem('none.crt') } })).rejects.toThrow(
      `${start}The file ${pem('none.crt')} cannot be read: `,
    );
    const expired = await serve('expired.pem');
    await expect(subjects({ url: expired, tls: ca })).rejects.toThrow('has expired. Have it renewed');
    const other = await serve('wrong-name.pem');
    await expect(subjects({ url: other, tls: ca })).rejects.toThrow('is for another name');
    const picky = await serve('server.pem', clientOnly());
    await expect(subjects({ url: picky, tls: ca })).rejects.toThrow(
      `The schema registry ${picky} cannot be reached: ${new URL(picky).host} demands a client certificate. ` +
        'Add a certificate and its key to the connection.',
    );
  });

  it('is part of what the doctor looks at, after the brokers', async () => {
    const url = await serve('server.pem', clientOnly());
    const profile = { id: 'c', name: 'c', bootstrap: inject('kafka').bootstrap.split(',') };
    const keyFile = pem('client-encrypted.key');
    const registry = { url, username: 'bob', tls: { ...ca, certFile: pem('client.crt'), keyFile } };
    const secrets = { registryPassword: 'secret', registryKeyPassphrase: KEY_PASSPHRASE };
    const { steps, ok } = await runDoctor({ ...profile, registry }, secrets);
    expect(ok).toBe(true);
    expect(steps.at(-1)).toMatchObject({
      step: 'rights',
      target: `schema registry ${url}`,
      detail: '2 subjects visible',
    });
    const failing = await runDoctor({ ...profile, registry: { url, tls: ca } }, {});
    expect(failing.steps.filter((s) => !s.ok)).toEqual([
      expect.objectContaining({
        step: 'tls',
        hint: expect.stringContaining(`${new URL(url).host} demands a client certificate.`),
      }),
    ]);
  });

  it('is asked by the command, which says how to trust it, and trusts it then', async () => {
    const url = await serve('server.pem');
    const args = ['doctor', '--json', '--bootstrap', inject('kafka').bootstrap, '--registry', url];
    const refused = await runCli(args);
    expect(refused.code).toBe(3);
    expect((refused.json() as { steps: unknown[] }).steps.at(-1)).toMatchObject({
      step: 'tls',
      target: `schema registry ${url}`,
      ok: false,
      hint: expect.stringContaining(
        'Name the CA certificate of the registry in the connection, or in the environment variable NODE_EXTRA_CA_CERTS.',
      ),
    });
    const trusted = await runCli(args, { env: { NODE_EXTRA_CA_CERTS: pem('ca.crt') } });
    expect((trusted.json() as { steps: unknown[] }).steps.at(-1)).toMatchObject({ step: 'rights', ok: true });
    expect(trusted.code).toBe(0);
  });

  it('is tried again with a file that was mended', async () => {
    const url = await serve('server.pem');
    const caFile = pem('late-ca.crt');
    const registry = new SchemaRegistry(
      registryOf({ id: 'c', name: 'c', bootstrap: ['b:9092'], registry: { url, tls: { caFile } } }, {})!,
    );
    await expect(registry.subjects()).rejects.toThrow(`The file ${caFile} cannot be read: `);
    fs.copyFileSync(pem('ca.crt'), caFile);
    expect(await registry.subjects()).toEqual(['no login', 'nobody']);
  });

  it('may send on within itself only', async () => {
    const url = await serve('server.pem');
    expect(await subjects({ url: `${url}/moved`, tls: ca })).toEqual(['no login', 'nobody']);
    await expect(subjects({ url: `${url}/away`, tls: ca })).rejects.toThrow(
      `The schema registry ${url}/away answers with status 302.`,
    );
  });
});
