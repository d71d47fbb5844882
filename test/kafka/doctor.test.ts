// What the connection doctor says of a broker that is set up in a doubtful way, or lets this user see nothing.
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { runDoctor } from '../../src/core/kafka/connect/doctor.ts';
import type { ClusterProfile, ClusterSecrets } from '../../src/core/kafka/profile.ts';
import { startKafka, type KafkaLab } from '../support/kafka/startKafka.ts';
import { openTool } from '../support/kafka/tool.ts';

let kafka: KafkaLab;
beforeAll(async () => {
  kafka = await startKafka({
    version: inject('kafka').version,
    certificates: { tls: 'expired', mtls: 'wrong-name' },
    // Nobody listens on port 1 of this machine: so it is with the port of a container that is not published.
    advertised: { saslssl: 'localhost:1' },
    extra: { 'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN' },
  });
});
afterAll(() => kafka?.stop());

const profile = (at: string, more: Partial<ClusterProfile> = {}): ClusterProfile => ({
  id: 'c',
  name: 'c',
  bootstrap: [at],
  ...more,
});
const ca = () => ({ caFile: `${kafka.certs}/ca.crt` });

/** The steps that failed, or only look wrong, with what they say. */
async function hints(at: ClusterProfile, secrets: ClusterSecrets = {}): Promise<[string, boolean, string][]> {
  const { steps } = await runDoctor(at, secrets);
  return steps.flatMap((s) => (s.hint === undefined ? [] : [[s.step, s.ok, s.hint]]));
}

it('a certificate that has expired', async () => {
  const sentence = `The certificate of ${kafka.tls} has expired. Have it renewed, or check the clock of this machine.`;
  expect(await hints(profile(kafka.tls!, { tls: ca() }))).toEqual([['tls', false, sentence]]);
});

it('a certificate that is made out to another name, and the way around it', async () => {
  expect(await hints(profile(kafka.mtls!, { tls: ca() }))).toEqual([
    [
      'tls',
      false,
      expect.stringMatching(
        `^The certificate of ${kafka.mtls} is for another name \\(.*127\\.0\\.0\\.1.*\\)\\. Use a name from the certificate, or set the TLS server name\\.$`,
      ),
    ],
  ]);
  const named = { ...ca(), serverName: 'elsewhere.example' };
  expect(await hints(profile(kafka.mtls!, { tls: named }))).toEqual([
    ['tls', false, expect.stringContaining('demands a client certificate')],
  ]);
});

it.each([
  ['SCRAM-SHA-512', { mechanism: 'scram-sha-512', username: 'alice' }, { password: 'alice-secret' }],
  ['OAUTHBEARER', { mechanism: 'oauthbearer' }, { token: 'x' }],
] as const)('%s where it is not enabled', async (name, sasl, secrets) => {
  expect(await hints(profile(kafka.sasl!, { sasl }), secrets)).toEqual([
    [
      'sasl',
      false,
      `The broker does not offer the login mechanism ${name} here, but PLAIN. Choose one of these, or the address of the listener that offers ${name}.`,
    ],
  ]);
});

it('localhost, which the broker in its container takes for itself', async () => {
  // Another name of this machine stands for another machine; what comes in there is forwarded as Docker does.
  const elsewhere = process.platform === 'darwin' ? os.hostname() : '127.0.0.2';
  const [host = '', port] = kafka.saslSsl!.split(':');
  const forward = net.createServer((client) => {
    const broker = net.connect(Number(port), host);
    client.pipe(broker).pipe(client);
    client.on('error', () => broker.destroy());
    broker.on('error', () => client.destroy());
  });
  forward.listen(0, elsewhere);
  await once(forward, 'listening');
  const at = `${elsewhere}:${(forward.address() as AddressInfo).port}`;
  const sasl = { mechanism: 'plain', username: 'alice' } as const;
  const reached = profile(at, { tls: { ...ca(), serverName: 'localhost' }, sasl });
  const secrets = { password: 'alice-secret' };
  try {
    expect(await hints(reached, secrets)).toEqual([
      [
        'advertised',
        false,
        `The broker says that it is reached at localhost:1, which means this machine, not ${elsewhere}. Set advertised.listeners on the broker to a name that works from here, or map localhost:1 to ${at} in the connection.`,
      ],
    ]);
    const { ok, steps } = await runDoctor({ ...reached, addressMap: { 'localhost:1': at } }, secrets);
    expect(ok).toBe(true);
    expect(steps.find((s) => s.step === 'advertised')?.detail).toBe(`Reached at ${at}.`);
    // The certificate is the broker's, whatever the address is that leads to it.
    const own = (name: string) => ({
      ...profile(name, { tls: ca(), sasl }),
      addressMap: { [name]: at, 'localhost:1': at },
    });
    expect((await runDoctor(own('localhost:1'), secrets)).ok).toBe(true);
    expect(await hints(own('other.inside:1'), secrets)).toEqual([
      [
        'tls',
        false,
        expect.stringContaining(`The certificate of other.inside:1 (mapped to ${at}) is for another name`),
      ],
    ]);
  } finally {
    forward.close();
  }
});

it('a user who may see nothing', async () => {
  const tool = openTool(kafka);
  try {
    for (const resource of [
      ['topic', '*'],
      ['group', '*'],
      ['cluster', 'kafka-cluster'],
    ] as const)
      await tool.run('forbid', 'limited', ...resource, 'all');
  } finally {
    await tool.close();
  }
  const sasl = { mechanism: 'plain', username: 'limited' } as const;
  expect(await hints(profile(kafka.sasl!, { sasl }), { password: 'limited-secret' })).toEqual([
    ['rights', true, 'No topic is visible: the cluster is empty, or this user lacks the right Describe on topics.'],
    ['rights', true, 'No group is visible: there is none, or this user lacks the right Describe on groups.'],
  ]);
});
