import { forecast } from '../src/core/forecast/forecast.ts';
import { ReplayModel } from '../src/core/forecast/replay.ts';
import { listable, withCluster } from './cluster.ts';
import { load } from './contest.ts';
import { countRequests } from './countRequests.ts';
import { median, verdict } from './judge.ts';

const ROUNDS = 5;
const COMPONENTS = 50;
const TOPICS = 5;
const PARTITIONS = 12;
const NAME = 'many';

/** A workspace of components against one broker and against three. Returns the bars missed. */
export async function forecastBench(): Promise<number> {
  const one = await forecasts(1);
  const three = await forecasts(3);
  const text = `requests: ${one.requests} to one broker, ${three.requests} to three, ${three.fewer} of them for a tenth of the components`;
  return (
    one.missed +
    three.missed +
    verdict(text, three.requests === three.fewer && three.requests <= 3 * one.requests, 'brokers alone')
  );
}

async function forecasts(brokers: 1 | 3): Promise<{ missed: number; requests: number; fewer: number }> {
  return withCluster(brokers, async (kafka, tool, client) => {
    await tool.run('create-many', NAME, COMPONENTS * TOPICS, PARTITIONS);
    await listable(client, COMPONENTS * TOPICS * PARTITIONS);
    await tool.run('commit-many', 'reader', COMPONENTS, `${NAME}-00000`, PARTITIONS);
    const files = Array.from({ length: COMPONENTS }, (_, i) => workspaceFile(i));
    const count = countRequests(client.connection);
    const asked = async (some: typeof files) => {
      const before = count.requests;
      const { components } = await forecast({ files: some, cluster: client, options: {} });
      const known = components.flatMap((c) => c.topics).flatMap((t) => t.partitions);
      if (known.filter((p) => p.first !== null).length !== some.length * TOPICS * PARTITIONS)
        throw new Error('A partition of the forecast is not known.');
      return count.requests - before;
    };
    const times: number[] = [];
    let requests = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      requests = await asked(files);
      times.push(performance.now() - start);
    }
    const fewer = await asked(files.slice(0, COMPONENTS / 10));
    const shape = `${COMPONENTS} components x ${TOPICS} topics x ${PARTITIONS} partitions`;
    console.log(`   Kafka ${kafka.version}, brokers: ${brokers}, load ${load()}, medians of ${ROUNDS}`);
    let missed = verdict(`${shape}: ${median(times).toFixed(0)} ms`, median(times) <= 1_000, '1 s');

    const model = new ReplayModel(files);
    const reader = { component: 'component-7', app: 'app-7' };
    await model.replay(client, reader, {});
    const before = count.requests;
    const turns: number[] = [];
    for (const initialOffset of ['oldest', 'newest'] as const)
      for (let instances = 1; instances <= ROUNDS; instances++) {
        const start = performance.now();
        await model.replay(client, reader, { initialOffset, instances });
        turns.push(performance.now() - start);
      }
    const longest = Math.max(...turns);
    missed += verdict(
      `a control of the replay page: ${longest.toFixed(1)} ms at most, ${count.requests - before} requests`,
      longest <= 50 && count.requests === before,
      '50 ms, none',
    );
    return { missed, requests, fewer };
  });
}

function workspaceFile(i: number): { path: string; text: string } {
  const subscriptions = Array.from({ length: TOPICS }, (_, t) => {
    const topic = `${NAME}-${String(i * TOPICS + t).padStart(5, '0')}`;
    return `---
apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: s-${topic}
spec:
  pubsubname: component-${i}
  topic: ${topic}
  routes:
    default: /${topic}
`;
  });
  return {
    path: `components/${i}.yaml`,
    text: `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: component-${i}
spec:
  type: pubsub.kafka
  version: v1
  metadata:
  - name: brokers
    value: "localhost:9092"
  - name: authType
    value: "none"
  - name: consumerGroup
    value: "reader-${i}"
scopes:
- app-${i}
${subscriptions.join('')}`,
  };
}
