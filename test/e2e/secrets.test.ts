// A whole session with every kind of secret: typed, tried, wrong, saved, used, imported. Afterwards everything that the
// editor wrote is searched for each of them.
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import http, { type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ClusterProfile, ClusterSecrets } from '../../src/core/kafka/profile.ts';
import { KEY_PASSPHRASE, P12_PASSPHRASE } from '../support/kafka/certificates.ts';
import { everyListener } from '../support/kafka/everyListener.ts';
import { until } from '../support/vscode/until.ts';
import { keepEvidence, picture } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

const kafka = await everyListener(inject('kafka'));
const cert = (name: string) => path.join(kafka.certs, name);

/** Schema registries: one that wants a login, one that wants a certificate. */
const registries: Server[] = [
  http.createServer(({ headers }, response) => {
    const login = Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
    response.writeHead(login === 'reader:registry-4715' ? 200 : 401).end('["orders-value"]');
  }),
  https.createServer(
    {
      key: readFileSync(cert('server.pem')),
      cert: readFileSync(cert('server.pem')),
      ca: readFileSync(cert('ca.crt')),
      requestCert: true,
    },
    (_, response) => response.end('["orders-value", "payments-value"]'),
  ),
];
const [loginRegistry, certificateRegistry] = await Promise.all(
  registries.map(async (server) => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Of a JSON Web Token that the lab's brokers take without a signature. */
const CLAIMS = base64({ sub: 'admin', iat: 1_700_000_000, exp: 4_000_000_000, note: 'tok-4711' });
const TOKEN = `${base64({ alg: 'none' })}.${CLAIMS}.`;

interface Case {
  profile: Omit<ClusterProfile, 'id' | 'name'>;
  secret: keyof ClusterSecrets;
  value: string;
  /** Whether the doctor is content. */
  passes: boolean;
}
const list = (addresses: string) => addresses.split(',');
const CASES: Record<string, Case> = {
  'wrong-password': {
    profile: { bootstrap: list(kafka.sasl), sasl: { mechanism: 'scram-sha-256', username: 'alice' } },
    ...{ secret: 'password', value: 'sasl-wrong-4712', passes: false },
  },
  password: {
    profile: { bootstrap: list(kafka.sasl), sasl: { mechanism: 'plain', username: 'alice' } },
    ...{ secret: 'password', value: 'alice-secret', passes: true },
  },
  token: {
    profile: { bootstrap: list(kafka.sasl), sasl: { mechanism: 'oauthbearer' } },
    ...{ secret: 'token', value: TOKEN, passes: true },
  },
  'client-secret': {
    profile: {
      bootstrap: list(kafka.sasl),
      sasl: { mechanism: 'oauthbearer-client-credentials', tokenUrl: 'http://127.0.0.1:1/token', clientId: 'shop' },
    },
    ...{ secret: 'clientSecret', value: 'oauth-4713', passes: false },
  },
  'key-passphrase': {
    profile: {
      bootstrap: list(kafka.mtls),
      tls: { caFile: cert('ca.crt'), certFile: cert('client.crt'), keyFile: cert('client-encrypted.key') },
    },
    ...{ secret: 'keyPassphrase', value: KEY_PASSPHRASE, passes: true },
  },
  'wrong-passphrase': {
    profile: { bootstrap: list(kafka.mtls), tls: { caFile: cert('ca.crt'), pfxFile: cert('client.p12') } },
    ...{ secret: 'pfxPassphrase', value: 'p12-wrong-4714', passes: false },
  },
  'store-password': {
    profile: { bootstrap: list(kafka.mtls), tls: { caFile: cert('ca.crt'), pfxFile: cert('client.p12') } },
    ...{ secret: 'pfxPassphrase', value: P12_PASSPHRASE, passes: true },
  },
  registry: {
    profile: { bootstrap: list(kafka.bootstrap), registry: { url: `http://${loginRegistry}`, username: 'reader' } },
    ...{ secret: 'registryPassword', value: 'registry-4715', passes: true },
  },
  'registry-key': {
    profile: {
      bootstrap: list(kafka.bootstrap),
      registry: {
        url: `https://${certificateRegistry}`,
        tls: { caFile: cert('ca.crt'), certFile: cert('client.crt'), keyFile: cert('client-encrypted.key') },
      },
    },
    ...{ secret: 'registryKeyPassphrase', value: KEY_PASSPHRASE, passes: true },
  },
};

const PROPERTIES = `bootstrap.servers=${kafka.saslSsl}
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" password="jaas-4716";
ssl.keystore.location=/keys/client.p12
ssl.keystore.password=keystore-4717
schema.registry.url=http://127.0.0.1:1
basic.auth.user.info=reader:userinfo-4718
`;
const COMPONENT = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: dapr-orders
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: ${kafka.sasl}
    - name: authType
      value: password
    - name: saslUsername
      value: alice
    - name: saslPassword
      value: dapr-4719
    - name: disableTls
      value: "true"
`;
const COMPOSE = `services:
  kafka:
    image: apache/kafka:4.1.0
    ports: ["19092:9092"]
    environment:
      KAFKA_LISTENERS: EXTERNAL://:9092,CONTROLLER://:9093
      KAFKA_ADVERTISED_LISTENERS: EXTERNAL://localhost:19092
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT
`;
const IMPORTED = ['jaas-4716', 'keystore-4717', 'userinfo-4718', 'dapr-4719'];
/** Also as it would look inside a request or a decoded token. */
const SECRETS = [...Object.values(CASES).map((c) => c.value), CLAIMS, 'tok-4711', ...IMPORTED];
const FORMS = SECRETS.flatMap((secret) => [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]);

let window: TestWindow;

keepEvidence(() => window);
beforeAll(async () => {
  const clusters = Object.entries(CASES).map(([id, { profile }]) => ({ profile: { id, name: id, ...profile } }));
  const files = { 'client.properties': PROPERTIES, 'components/orders.yaml': COMPONENT, 'compose.yaml': COMPOSE };
  window = await openWindow(files, { clusters });
  await window.workbench.openSideBar('Kafka & Dapr');
});
afterAll(async () => {
  await window?.close();
  for (const server of registries) server.close();
  await kafka.stop();
});

const view = () => window.workbench.view('Clusters');
const label = async (name: string) => (await window.workbench.row(view(), name).getAttribute('aria-label')) ?? '';
const start = (command: string, args: Record<string, string> = {}) =>
  window.driver.eval(
    (vscode, given: { command: string; args: Record<string, string> }) => {
      void vscode.commands.executeCommand(`kafkaDapr.${given.command}`, given.args);
    },
    { command, args },
  );
const picks = () => window.page.locator('.quick-input-list .monaco-list-row');
const box = () => window.page.locator('.quick-input-widget input.input');
/** Types a path into the open file dialog, once that has filled in where it starts. */
async function choose(name: string): Promise<void> {
  await until('the file dialog', async () => (await box().inputValue()).includes(window.folder));
  const file = path.join(window.folder, name);
  await box().fill(file);
  await until('the path', async () => (await box().inputValue()) === file);
  await box().press('Enter');
}
const ok = () => window.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();

describe.each(Object.entries(CASES))('%s', (id, { secret, value, passes }) => {
  it('is typed, tried, saved and used', async () => {
    await start('editCluster', { clusterId: id });
    const page: FrameLocator = await window.workbench.webview(`#secret-${secret}`);
    await page.locator(`#secret-${secret} input`).fill(value);
    await page.locator('#test').click();
    await page.locator(`.verdict.${passes ? 'passed' : 'failed'}`).waitFor();
    const told = await page.locator('.doctor').innerText();
    expect(told).not.toContain(value);
    if (id === 'registry-key') {
      expect(told).toMatch(/rights\s+schema registry https:\S+\s+2 subjects visible/);
      const { y, height } = (await page.locator('.verdict').boundingBox())!;
      expect(y + height).toBeLessThan(await window.page.evaluate(() => globalThis.innerHeight));
      await picture(window, 'registry-certificates');
    }
    await page.locator('#save').click();
    await page.locator('#save').waitFor({ state: 'detached' });
    await window.workbench.row(view(), id).click();
    await window.page.keyboard.press('ArrowRight');
    await until(`${id} to answer`, async () =>
      passes
        ? (await label(id)).includes('1 broker')
        : /cannot|wrong|fail|could not|refused|check/i.test(await label(id)),
    );
    await window.page.keyboard.press('ArrowLeft');
    // The doctor, from the tree, with what is saved.
    await start('checkConnection', { clusterId: id });
    const again = await window.workbench.webview(`#secret-${secret}[placeholder="saved, type to replace it"]`);
    await again.locator(`.verdict.${passes ? 'passed' : 'failed'}`).waitFor();
    await again.locator('#save').click();
    await again.locator('#save').waitFor({ state: 'detached' });
  });
});

describe('importing', () => {
  it('a client.properties file, with what stands in it', async () => {
    await start('importClusters');
    await picks().filter({ hasText: 'A client.properties file' }).click();
    await choose('client.properties');
    await picks().filter({ hasText: kafka.saslSsl }).waitFor();
    await picture(window, 'import-properties');
    await ok();
    await window.workbench.row(view(), 'client.properties').waitFor();
  });

  it('the Kafka services of a compose file', async () => {
    await start('importClusters');
    await picks().filter({ hasText: 'Docker Compose files' }).click();
    await picks().filter({ hasText: 'localhost:19092' }).waitFor();
    await picture(window, 'import-compose');
    await ok();
    await window.workbench.row(view(), 'kafka').waitFor();
  });

  it('a Dapr component, which then connects or says why not', async () => {
    await start('importClusters');
    await picks().filter({ hasText: 'Dapr component files' }).click();
    await picks().filter({ hasText: 'dapr-orders' }).waitFor();
    await ok();
    await window.workbench.row(view(), 'dapr-orders').click();
    await window.page.keyboard.press('ArrowRight');
    await until('the refusal', async () => /password|log in/i.test(await label('dapr-orders')));
    await picture(window, 'import-dapr');
  });
});

describe('nothing of it is written anywhere', () => {
  it('not into an exported file, which holds everything else', async () => {
    const file = path.join(window.folder, 'exported.json');
    await start('exportClusters');
    await choose('exported.json');
    const text = await until('the file', () => readFile(file, 'utf8').catch(() => undefined));
    expect(FORMS.filter((secret) => text.includes(secret))).toEqual([]);
    for (const part of [...Object.keys(CASES), 'dapr-orders', 'client.properties', kafka.mtls, '"clientId": "shop"'])
      expect(text).toContain(part);
  });

  it('not into settings, logs, or the files of global and workspace state', async () => {
    const installed = await window.driver.eval(
      (vscode) => vscode.extensions.getExtension('kafka-dapr-explorer.kafka-dapr-explorer')?.extensionPath ?? '',
    );
    const storage = path.resolve(installed, '../..');
    const found: string[] = [];
    const read: string[] = [];
    let known = false;
    for (const name of await readdir(storage, { recursive: true, withFileTypes: true })) {
      const file = path.join(name.parentPath, name.name);
      if (!name.isFile() || /node_modules|[/\\]extensions[/\\]/.test(file)) continue;
      const text = await readFile(file, 'latin1');
      read.push(file);
      known ||= text.includes('"username":"alice"') || text.includes('"username": "alice"');
      for (const secret of FORMS) if (text.includes(secret)) found.push(`${file}: ${secret}`);
    }
    // What is no secret was found: the search looks where things are kept.
    expect(known).toBe(true);
    expect(read.some((file) => file.endsWith('settings.json'))).toBe(true);
    expect(read.some((file) => /[/\\]logs[/\\]/.test(file))).toBe(true);
    expect(read.filter((file) => /[/\\]clusters[/\\]/.test(file)).length).toBeGreaterThanOrEqual(11);
    expect(found).toEqual([]);
  });

  it('not into what the page of the editor keeps: its databases and its local storage', async () => {
    const kept = await window.page.evaluate(async () => {
      const request = <T>(asked: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => reject(asked.error ?? new Error('IndexedDB'));
        });
      const texts: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
      for (const { name } of await indexedDB.databases()) {
        const database = await request(indexedDB.open(name ?? ''));
        for (const store of database.objectStoreNames) {
          const all = database.transaction(store).objectStore(store);
          const [keys, values] = await Promise.all([request(all.getAllKeys()), request(all.getAll())]);
          for (const [at, value] of (values as unknown[]).entries()) {
            const text = value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : JSON.stringify(value);
            texts.push(`${name}/${store}/${JSON.stringify(keys[at])}: ${text}`);
          }
        }
        database.close();
      }
      return texts;
    });
    const found = kept.flatMap((text) => FORMS.filter((secret) => text.includes(secret)).map((s) => `${s} in ${text}`));
    expect(found.map((text) => text.slice(0, 200))).toEqual([]);
    // On the desktop these are files, which were searched above.
    if (window.kind === 'server') expect(kept.some((text) => text.includes('kafka'))).toBe(true);
  });
});
