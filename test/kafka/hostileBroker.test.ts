import { afterEach, expect, it } from 'vitest';
import { createClusterClient } from '../../src/core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../src/core/kafka/profile.ts';
import { connectCluster } from '../../src/core/kafka/transport/kafkaConnection.ts';
import { connecting, frame, startScriptedBroker, type Script, type ScriptedBroker } from '../support/scriptedBroker.ts';

let broker: ScriptedBroker;
afterEach(() => broker.stop());

const LIST_GROUPS: [number, number, number] = [16, 0, 2];
/** Where silence is what is tested. */
const IMPATIENT = { connectTimeoutMs: 1500, requestTimeoutMs: 1000 };
const profile = (timeouts: Partial<ClusterProfile> = {}): ClusterProfile => ({
  id: 's',
  name: 's',
  bootstrap: [broker.address],
  ...timeouts,
});
const connect = async (timeouts?: Partial<ClusterProfile>) =>
  createClusterClient(await connectCluster(profile(timeouts), {}));
const start = async (script: Script) => {
  broker = await startScriptedBroker(script);
};

/** ListGroups version 2: throttle, no error, one group. */
const groupsAnswer = Buffer.concat([
  Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]),
  Buffer.from('g'),
  Buffer.from([0, 8]),
  Buffer.from('consumer'),
]);

it('gives up on a server that accepts and stays silent', async () => {
  await start(() => null);
  await expect(connectCluster(profile(IMPATIENT), {})).rejects.toMatchObject({
    kind: 'timeout',
    message: expect.stringContaining('accepts the connection but did not answer within 1.5 s'),
  });
});

it('gives up on one that goes silent later, and says which request', async () => {
  await start(connecting([LIST_GROUPS], () => null));
  const client = await connect({ requestTimeoutMs: 1000 });
  expect(await client.groups()).toEqual({
    groups: [],
    errors: [
      {
        broker: 1,
        message: 'Broker 1 did not answer ListGroups within 1 s. It may be overloaded or cut off; try again.',
      },
    ],
  });
  await client.close();
});

it('reconnects after a silence and gets the answer', async () => {
  let first = true;
  await start(
    connecting([LIST_GROUPS], (request) => {
      if (!first) return frame(request.correlationId, groupsAnswer);
      first = false;
      return null;
    }),
  );
  const client = await connect({ requestTimeoutMs: 1000 });
  expect((await client.groups()).errors).toHaveLength(1);
  expect(await client.groups()).toMatchObject({ groups: [{ group: 'g' }], errors: [] });
  await client.close();
});

it('survives an answer that is cut at every byte, and the next one is whole', async () => {
  const whole = frame(0, groupsAnswer).length;
  let cut = 0;
  await start(
    connecting([LIST_GROUPS], (request, self) => {
      const answer = frame(request.correlationId, groupsAnswer);
      if (cut >= whole) return answer;
      setImmediate(() => self.hangUp());
      return answer.subarray(0, cut);
    }),
  );
  const client = await connect();
  for (; cut < whole; cut++) {
    const { groups, errors } = await client.groups();
    expect(groups, `cut at ${cut}`).toEqual([]);
    expect(errors, `cut at ${cut}`).toEqual([
      { broker: 1, message: expect.stringMatching(/was closed|closed the connection/) },
    ]);
  }
  expect(await client.groups()).toMatchObject({ groups: [{ group: 'g' }], errors: [] });
  await client.close();
});

it.each([
  ['ApiVersions', 18],
  ['Metadata', 3],
])('says so when the answer to %s is cut at any byte while connecting', async (_name, apiKey) => {
  let cut = 0;
  let whole = Infinity;
  const answers = connecting([], () => null);
  await start((request, self) => {
    const answer = answers(request, self);
    if (request.apiKey !== apiKey || !Buffer.isBuffer(answer)) return answer;
    whole = answer.length;
    if (cut >= whole) return answer;
    setImmediate(() => self.hangUp());
    return answer.subarray(0, cut);
  });
  for (; cut < whole; cut++) {
    const rejected = await connectCluster(profile(), {}).then(
      () => 'connected',
      (error: unknown) => error,
    );
    expect(rejected, `cut at ${cut}`).toMatchObject({
      name: 'KafkaError',
      message: expect.stringMatching(/hangs up on a client without a login|clos/),
    });
  }
  await (await connectCluster(profile(), {})).close();
});

it('tells a short answer from a whole one', async () => {
  await start(connecting([LIST_GROUPS], (request) => frame(request.correlationId, groupsAnswer.subarray(0, 14))));
  const client = await connect();
  expect((await client.groups()).errors).toEqual([
    { broker: 1, message: expect.stringContaining('Broker 1 sent an answer to ListGroups that cannot be read') },
  ]);
  await client.close();
});

it('does not take an answer with a wrong correlation id', async () => {
  await start(connecting([LIST_GROUPS], (request) => frame(request.correlationId + 7, groupsAnswer)));
  const client = await connect({ requestTimeoutMs: 1000 });
  expect((await client.groups()).errors).toEqual([
    { broker: 1, message: expect.stringContaining('did not answer ListGroups within 1 s') },
  ]);
  await client.close();
});

it.each([
  ['2 GB', 0x7fff_ffff],
  ['a negative number of bytes', -2],
  ['HTTP', 0x4854_5450],
])('refuses a frame that announces %s', async (_what, size) => {
  const head = Buffer.alloc(64);
  head.writeInt32BE(size, 0);
  await start(() => head);
  const rejected = await connectCluster(profile(), {}).catch((error: unknown) => error);
  expect(rejected).toMatchObject({
    name: 'KafkaError',
    message: expect.stringMatching(/does not answer like a Kafka broker|answers HTTP/),
  });
});

it('names a feature that the broker does not have', async () => {
  await start(connecting([[16, 7, 9]], () => null));
  const client = await connect();
  expect((await client.groups()).errors).toEqual([
    {
      broker: 1,
      message: 'Broker 1 speaks ListGroups in versions 7 to 9, this tool in 1 to 5: the feature is not available here.',
    },
  ]);
  await client.close();
});

it('ends every wait when it is closed', async () => {
  await start(connecting([LIST_GROUPS], () => null));
  const client = await connect();
  const waiting = client.groups();
  await expect.poll(() => broker.seen.includes(16)).toBe(true);
  await client.close();
  expect((await waiting).errors[0]?.message).toBe('Cancelled.');
});

it('ends connecting when it is cancelled', async () => {
  await start(() => null);
  const controller = new AbortController();
  const connecting = connectCluster(profile(), {}, { signal: controller.signal });
  await expect.poll(() => broker.seen.length > 0).toBe(true);
  controller.abort();
  await expect(connecting).rejects.toMatchObject({ kind: 'cancelled' });
});
