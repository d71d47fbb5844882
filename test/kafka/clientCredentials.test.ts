// OAUTHBEARER with a token server: which tokens are asked for, when, and what a person reads when there is none.
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createClusterClient, type ClusterClient } from '../../src/core/kafka/clusterClient.ts';
import { runDoctor } from '../../src/core/kafka/connect/doctor.ts';
import type { ClusterProfile } from '../../src/core/kafka/profile.ts';
import { fetchMessage } from '../../src/core/kafka/protocol/fetch.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { Tokens, type Login } from '../../src/core/kafka/transport/tokens.ts';
import { ScanWorker } from '../../src/editor/messages/scanWorker.ts';
import type { ReadSpec, ScanStatus, Told } from '../../src/shared/messagesPage.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool } from '../support/kafka/tool.ts';
import { startTokenServer, type TokenServer } from '../support/tokenServer.ts';

let kafka: KafkaLab;
let server: TokenServer;
let opened: ClusterClient[] = [];

beforeAll(async () => {
  const { version } = inject('kafka');
  // Sessions of 12 s: the client has to log in anew 10 s before their end, that is after 2 s.
  kafka = await startKafka({ version, listeners: ['sasl'], extra: { 'connections.max.reauth.ms': '12000' } });
});
afterAll(() => kafka?.stop());
beforeEach(async () => {
  server = await startTokenServer();
  opened = [];
  return async () => {
    await Promise.all(opened.map((client) => client.close()));
    await server.stop();
  };
});

const profile = (scope?: string): ClusterProfile => ({
  id: 'c',
  name: 'c',
  bootstrap: [kafka.sasl!],
  sasl: {
    mechanism: 'oauthbearer-client-credentials',
    tokenUrl: server.url,
    clientId: server.clientId,
    ...(scope === undefined ? {} : { scope }),
  },
});
const right = () => ({ clientSecret: server.clientSecret });

async function connect(scope?: string): Promise<ClusterClient> {
  const client = createClusterClient(await connectCluster(profile(scope), right()));
  opened.push(client);
  return client;
}

/** Fetches travel apart from other requests: the first one logs in. */
async function fetchOverAnotherConnection(client: ClusterClient): Promise<void> {
  const broker = await client.connection.broker(1);
  const partitions = [{ partition: 0, offset: 0, maxBytes: 1 }];
  const limits = { isolation: 0, maxWaitMs: 0, minBytes: 0, maxBytes: 1 } as const;
  const answer = await broker.request(fetchMessage, { topic: 'no-such-topic', ...limits, partitions });
  expect(answer.partitions.map((p) => p.errorCode)).toEqual([3]);
}

/** The one step that failed, and what it says. */
async function complaint(secret = server.clientSecret, scope?: string): Promise<[string, string | undefined]> {
  const { steps } = await runDoctor(profile(scope), { clientSecret: secret });
  expect(JSON.stringify(steps)).not.toContain(secret);
  const failed = steps.filter((s) => !s.ok);
  expect(failed.length).toBe(1);
  return [failed[0]!.step, failed[0]!.hint];
}

it('logs in with the right secret, and asks for one token however many connections there are', async () => {
  const client = await connect('kafka.read');
  expect((await client.describe()).brokers.map((b) => b.id)).toEqual([1]);
  await fetchOverAnotherConnection(client);
  expect(server.asked).toBe(1);
  expect(server.grants.map((g) => g.scope)).toEqual(['kafka.read']);
  expect((await runDoctor(profile(), right())).steps.find((s) => s.step === 'sasl')?.ok).toBe(true);
});

describe('with the tokens of a process', () => {
  const READ: ReadSpec = {
    start: { kind: 'earliest' },
    end: { kind: 'end' },
    partitions: [],
    isolation: 'read_uncommitted',
    filter: null,
  };

  /** Reads all of a topic as a messages page does, over three connections of its own; resolves to how many records there were. */
  async function readAsAPage(topic: string, login: Login): Promise<number> {
    let worker: ScanWorker | undefined;
    let status: ScanStatus | undefined;
    try {
      worker = new ScanWorker(
        path.resolve('dist/scanWorker.js'),
        null,
        (name, payload) => {
          if (name === 'status') status = (payload as Told).status;
        },
        () => undefined,
      );
      await worker.open(profile(), topic, login);
      await worker.request('start', READ);
      await expect.poll(() => status?.state === 'done', { timeout: 20_000 }).toBe(true);
      return status!.scanned;
    } finally {
      worker?.dispose();
    }
  }

  it('asks once for the tree, the pages and all their connections, and never hands out the secret', async () => {
    const tool = openTool(kafka);
    onTestFinished(() => tool.close());
    await tool.create('tokens', 1);
    await tool.produce('tokens', [{ value: 'a' }, { value: 'b' }]);
    const tokens = new Tokens();
    const login = () => tokens.login(profile(), { ...right(), registryPassword: 'kept' });
    for (let i = 0; i < 2; i++) {
      const { secrets, ...token } = login();
      expect(secrets).toEqual({ registryPassword: 'kept' });
      opened.push(createClusterClient(await connectCluster(profile(), secrets, token)));
    }
    expect(await Promise.all([readAsAPage('tokens', login()), readAsAPage('tokens', login())])).toEqual([2, 2]);
    expect(server.asked).toBe(1);
  });

  it('asks anew for a connection that was edited, and tells a page why there is no token', async () => {
    const tokens = new Tokens();
    const { secrets, ...token } = tokens.login(profile(), right());
    opened.push(createClusterClient(await connectCluster(profile(), secrets, token)));
    const wrong = tokens.login(profile(), { clientSecret: 'not-the-secret' });
    await expect(readAsAPage('no-such-topic', wrong)).rejects.toThrow(
      `${server.host} does not accept the client id and secret. Check both.`,
    );
    expect(server.grants.length).toBe(1);
  });
});

it('asks for a new token before the old one ends, and lives on past the end of its session', async () => {
  server.lifetime = 45;
  const client = await connect();
  await vi.waitUntil(
    async () => {
      expect(await client.topics()).toBeInstanceOf(Array);
      return server.grants.length >= 4;
    },
    { timeout: 30_000, interval: 100 },
  );
  const early = server.grants.slice(1).map((grant, i) => grant.at < server.grants[i]!.endsAt);
  expect(early).toEqual(early.map(() => true));
});

it('goes on with a token that is still valid while the token server is down', async () => {
  server.lifetime = 45;
  const client = await connect();
  const { asked } = server;
  server.instead = { status: 503, type: 'text/plain', body: 'down' };
  await fetchOverAnotherConnection(client);
  expect(server.asked).toBeGreaterThan(asked);
  expect(server.grants.length).toBe(asked);
});

it('says that the secret is wrong', async () => {
  expect(await complaint('not-the-secret')).toEqual([
    'sasl',
    `${server.host} does not accept the client id and secret. Check both.`,
  ]);
  expect(server.grants).toEqual([]);
});

it('says what the token server says of a scope', async () => {
  expect(await complaint(undefined, 'secrets')).toEqual([
    'sasl',
    `${server.host} refuses a token: scope secrets is not for this client.`,
  ]);
});

it('says that the broker refuses a token that has ended', async () => {
  server.lifetime = -30;
  expect(await complaint()).toEqual([
    'sasl',
    'The broker refuses the token (invalid_token): it has ended, or its issuer, audience or scope is not what the broker expects.',
  ]);
});

it('says that the token URL leads somewhere else, or nowhere', async () => {
  const notOne = (what: string) => `${server.host} does not answer like a token server (${what}). Check the token URL.`;
  server.instead = { status: 200, type: 'text/html', body: '<html>Sign in</html>' };
  expect(await complaint()).toEqual(['sasl', notOne('HTTP 200 text/html')]);
  server.instead = { status: 404, type: 'text/html', body: 'no' };
  expect(await complaint()).toEqual(['sasl', notOne('HTTP 404 text/html')]);
  await server.stop();
  expect(await complaint()).toEqual([
    'sasl',
    `The token server ${server.host} cannot be reached: connect ECONNREFUSED ${server.host}. Check the token URL, and your network.`,
  ]);
  server = await startTokenServer();
});

it('says that the certificate of the token server is not trusted', async () => {
  await server.stop();
  server = await startTokenServer(`${kafka.certs}/server.pem`);
  expect(await complaint()).toEqual([
    'sasl',
    expect.stringMatching(
      `^The certificate of the token server ${server.host} is not trusted here \\([A-Z_]+\\). Add its CA to this machine`,
    ),
  ]);
});
