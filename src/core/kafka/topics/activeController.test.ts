import { expect, test } from 'vitest';
import type { BrokerConnection, KafkaConnection } from '../transport/connection.ts';
import { activeController } from './activeController.ts';

/** A broker that offers these messages and answers them so. */
function cluster(offered: number[], answers: Record<string, object>): KafkaConnection {
  const broker = {
    nodeId: 1,
    versions: new Map(offered.map((key) => [key, { min: 0, max: 2 }])),
    request: ({ name }: { name: string }) => Promise.resolve(answers[name]),
  } as BrokerConnection;
  return { brokers: () => [], anyBroker: () => Promise.resolve(broker) } as unknown as KafkaConnection;
}

const METADATA = 3;
const DESCRIBE_QUORUM = 55;
const controller = (offered: number[], quorum: object) =>
  activeController(cluster(offered, { Metadata: { controllerId: 7 }, DescribeQuorum: quorum }), {});

test('with ZooKeeper, whose brokers do not know DescribeQuorum, Metadata tells the controller', async () => {
  expect(await controller([METADATA], {})).toBe(7);
  expect(await activeController(cluster([METADATA], { Metadata: { controllerId: -1 } }), {})).toBe(null);
});

test('with KRaft only the quorum tells it, or nobody', async () => {
  const offered = [METADATA, DESCRIBE_QUORUM];
  expect(await controller(offered, { errorCode: 0, leaderId: 3000 })).toBe(3000);
  expect(await controller(offered, { errorCode: 0, leaderId: -1 })).toBe(null);
  expect(await controller(offered, { errorCode: 31, leaderId: -1 })).toBe(null);
});
