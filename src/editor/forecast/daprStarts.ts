import type { SourceFile } from '../../core/dapr/workspace.ts';
import type { ForecastCluster } from '../../core/forecast/facts.ts';
import type { Runtime } from '../../core/forecast/plan.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { matchingClusters } from './matchCluster.ts';

/** Where the workspace's Dapr components would start on a topic of a saved cluster, by name. */
export async function daprStarts(
  files: readonly SourceFile[],
  runtime: Runtime,
  cluster: ForecastCluster,
  profile: ClusterProfile,
  topic: string,
): Promise<{ label: string; offsets: Record<number, number> }[]> {
  const { ReplayModel, startsOn } = await import('./replay.late.ts');
  const means = (brokers: readonly string[]) => matchingClusters(brokers, [profile]).length > 0;
  const starts = await startsOn(new ReplayModel(files, runtime), cluster, topic, means);
  return starts.map(({ component, group, offsets }) => ({
    label: group === null ? component : `${component} (${group})`,
    offsets,
  }));
}
