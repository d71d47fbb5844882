import { parentPort, workerData } from 'node:worker_threads';
import { createClusterClient } from '../src/core/kafka/clusterClient.ts';
import { connectCluster } from '../src/core/kafka/transport/kafkaConnection.ts';
import { ClusterSession } from '../src/editor/explorer/clusterSession.ts';
import { clusterNode } from '../src/editor/explorer/nodes/clusterNode.ts';
import type { ExplorerNode } from '../src/editor/explorer/nodes/node.ts';
import { ShownNodes } from '../src/editor/explorer/shownNodes.ts';
import { longestPause } from './longestPause.ts';

/** What the tree keeps its thread busy with, ms at most between two turns of the event loop. */
export interface HostPauses {
  /** The first time: connected, topics opened, filled in; no code is compiled yet. */
  cold: number;
  /** Asked again and drawn anew, each time. */
  warm: number[];
  /** Topics with both ends and a size, when it ended. */
  known: number;
}

// A thread of its own stands for the extension host, so that nothing is warm: the tree over a cluster, its topics and the
// first folder of them open.
const { bootstrap, rounds } = workerData as { bootstrap: string; rounds: number };
const profile = { id: 'bench', name: 'bench', bootstrap: bootstrap.split(',') };
const view = { matches: () => true, showInternal: false, favourites: new Set<string>() };
const shown = new ShownNodes();
let drawing = Promise.resolve<unknown>(undefined);
const session = new ClusterSession(
  profile,
  async (known, signal) => createClusterClient(await connectCluster(known, {}, { signal })),
  () => {
    drawing = drawing.then(() => shown.update(clusterNode(session, view)));
  },
);

async function open(node: ExplorerNode): Promise<readonly ExplorerNode[]> {
  const children = (await node.children?.()) ?? [];
  shown.give(node, children);
  return children;
}

async function openTopics(): Promise<void> {
  const cluster = clusterNode(session, view);
  shown.give(undefined, [cluster]);
  const topics = (await open(cluster)).find((node) => node.context.startsWith('topics'))!;
  const [folder] = await open(topics);
  await open(folder!);
  await Promise.all([session.offsets, session.sizes, session.groups].map((facet) => facet.ensure()));
  await drawing;
}

const cold = await longestPause(openTopics);
const warm: number[] = [];
for (let round = 0; round < rounds; round++)
  warm.push(
    await longestPause(async () => {
      await session.refresh();
      await drawing;
    }),
  );
const whole = [...(session.offsets.value?.values() ?? [])].filter(
  (topic) =>
    topic.partitions.every((p) => p.logStart !== null && p.highWatermark !== null) &&
    session.sizes.value?.get(topic.name)?.leaders !== null,
);
await session.close();
parentPort!.postMessage({ cold, warm, known: whole.length } satisfies HostPauses);
