import { expect, test } from 'vitest';
import { matchingClusters } from './matchCluster.ts';

const local = { id: 'l', name: 'local', bootstrap: ['localhost:9092'] };
const staging = {
  id: 's',
  name: 'staging',
  bootstrap: ['127.0.0.1:19092'],
  addressMap: { 'kafka.staging:9092': '127.0.0.1:19092' },
};

test('a component means the cluster whose address it names', () => {
  expect(matchingClusters(['127.0.0.1:9092'], [local, staging])).toEqual([local]);
  expect(matchingClusters(['Kafka.Staging:9092'], [local, staging])).toEqual([staging]);
  expect(matchingClusters(['elsewhere:9092'], [local, staging])).toEqual([]);
});
