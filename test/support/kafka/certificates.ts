// Certificates for one run, made by openssl: a CA, what the brokers show, what clients show, and wrong ones of every kind.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const KEY_PASSPHRASE = 'key-secret';
export const P12_PASSPHRASE = 'p12-secret';

/**
 * Fills `dir` with PEM files: `ca.crt`; `server.pem` (key, certificate, CA) for localhost and 127.0.0.1; `client.crt`,
 * `client.key`, `client-encrypted.key` (passphrase {@link KEY_PASSPHRASE}), `client.p12` ({@link P12_PASSPHRASE});
 * `other-ca.crt`, which signed nothing here; `stranger.crt` and `.key`, a client whose CA the brokers do not know; and for servers that a client must
 * refuse: `wrong-name.pem` (made out to elsewhere.example) and `expired.pem` (valid until yesterday).
 */
export async function makeCertificates(dir: string): Promise<void> {
  await fs.mkdir(dir, { recursive: true });
  const openssl = async (...args: string[]): Promise<void> => {
    try {
      await run('openssl', args, { cwd: dir });
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      throw new Error(
        missing ? 'openssl is missing: install it (it makes the test certificates).' : `openssl ${args[0]} failed`,
        { cause },
      );
    }
  };
  const authority = async (name: string): Promise<void> => {
    await openssl('req', '-x509', ...newKey(name), '-days', '30', '-subj', `/CN=${name}`, '-out', `${name}.crt`);
  };
  const signed = async (name: string, ca: string, altNames: string, validity: string[] = ['-days', '30']) => {
    await fs.writeFile(path.join(dir, `${name}.ext`), `subjectAltName=${altNames}\n`);
    await openssl('req', '-new', ...newKey(name), '-subj', `/CN=${name}`, '-out', `${name}.csr`);
    const by = ['-CA', `${ca}.crt`, '-CAkey', `${ca}.key`, '-set_serial', String(serial++)];
    await openssl(
      ...['x509', '-req', '-in', `${name}.csr`, ...by, ...validity],
      ...['-extfile', `${name}.ext`, '-out', `${name}.crt`],
    );
    const parts = await Promise.all(
      [`${name}.key`, `${name}.crt`, `${ca}.crt`].map((f) => fs.readFile(path.join(dir, f))),
    );
    await fs.writeFile(path.join(dir, `${name}.pem`), Buffer.concat(parts));
  };
  let serial = 1;
  const here = 'DNS:localhost,IP:127.0.0.1';

  await Promise.all([authority('ca'), authority('other-ca')]);
  await Promise.all([
    signed('server', 'ca', here),
    signed('client', 'ca', 'DNS:client'),
    signed('stranger', 'other-ca', 'DNS:stranger'),
    signed('wrong-name', 'ca', 'DNS:elsewhere.example'),
    // A negative number of days is the one way to an expired certificate that every openssl since 1.1 knows.
    signed('expired', 'ca', here, ['-days', '-1']),
  ]);
  await Promise.all([
    openssl(
      ...['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-in', 'client.key'],
      ...['-passout', `pass:${KEY_PASSPHRASE}`, '-out', 'client-encrypted.key'],
    ),
    openssl(
      ...['pkcs12', '-export', '-inkey', 'client.key', '-in', 'client.crt', '-certfile', 'ca.crt'],
      ...['-passout', `pass:${P12_PASSPHRASE}`, '-out', 'client.p12'],
    ),
  ]);
}

/** EC keys: made in milliseconds. PKCS#8, the only form the brokers read. */
const newKey = (name: string): string[] => [
  ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`],
];
