import type { Group, GroupOffset } from '../../../core/kafka/clusterClient.ts';
import type { GroupBlock, GroupCell } from '../../../shared/groupPage.ts';
import { ownersOf } from '../nodes/groupPosition.ts';

/** A member that holds a partition with lag and has not moved its commit for this long is shown as stuck. */
const STUCK_AFTER_MS = 30_000;
const TREND_LENGTH = 60;
const REBALANCING = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);

/**
 * What only comparing answers over time can tell about one group: a commit that does not move, rebalances, the
 * trend of the lag. Feed it every answer.
 */
export class GroupWatch {
  /** topic/partition -> the commit and since when it stands there with a lag in the hands of the same members. */
  readonly #held = new Map<string, { committed: number | null; members: string; since: number }>();
  readonly #trend: { at: number; lag: number }[] = [];
  #rebalances = 0;
  #assignment: string | undefined;
  #rebalancing = false;

  /** `now` in ms; `topics`: only these are drawn. */
  observe(group: Group, topics: ReadonlySet<string>, now: number): GroupBlock {
    this.#countRebalances(group);
    const offsets = group.offsets
      .filter((o) => topics.has(o.topic))
      .toSorted((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition));
    const cells = offsets.map((o) => this.#cell(group, o, now));
    const known = cells.filter((c) => c.lag !== null);
    const lag = known.length > 0 ? known.reduce((sum, c) => sum + (c.lag ?? 0), 0) : null;
    if (lag !== null) this.#trend.push({ at: now, lag });
    if (this.#trend.length > TREND_LENGTH) this.#trend.shift();
    return {
      group: group.group,
      type: group.type,
      state: group.state,
      assignor: group.assignor,
      coordinator: group.coordinator,
      members: group.members
        .toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1))
        .map(({ memberId, clientId, host, assignment }) => ({
          ...{ memberId, clientId, host },
          assigned: assignment.reduce((sum, a) => sum + a.partitions.length, 0),
        })),
      cells,
      lag,
      growth: this.#growth(),
      trend: this.#trend.map((t) => t.lag),
      rebalances: this.#rebalances,
      ...(group.error === undefined ? {} : { error: group.error }),
    };
  }

  #cell(group: Group, o: GroupOffset, now: number): GroupCell {
    const memberIds = ownersOf(group, o.topic, o.partition).map((m) => m.memberId);
    const members = memberIds.toSorted().join();
    const key = `${o.topic}/${o.partition}`;
    let stuckForMs: number | null = null;
    if (memberIds.length > 0 && (o.lag ?? 0) > 0) {
      const held = this.#held.get(key);
      if (held && held.committed === o.committed && held.members === members) {
        if (now - held.since >= STUCK_AFTER_MS) stuckForMs = now - held.since;
      } else this.#held.set(key, { committed: o.committed, members, since: now });
    } else this.#held.delete(key);
    const { topic, partition, committed, logStart, highWatermark, lag, gone, ahead, error } = o;
    return {
      ...{ topic, partition, committed, logStart, highWatermark, lag, gone, ahead, stuckForMs },
      memberIds,
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Counts one where the group was seen rebalancing, or came back with other assignments although it was not seen. */
  #countRebalances(group: Group): void {
    if (group.error !== undefined) return;
    const rebalancing = REBALANCING.has(group.state);
    if (rebalancing) {
      if (!this.#rebalancing) this.#rebalances++;
      this.#rebalancing = true;
      return;
    }
    const assignment = JSON.stringify(
      group.members
        .map((m) => [m.memberId, m.assignment.map((a) => [a.topic, a.partitions.toSorted((x, y) => x - y)])])
        .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    );
    const changed = this.#assignment !== undefined && assignment !== this.#assignment;
    if (changed && !this.#rebalancing) this.#rebalances++;
    this.#assignment = assignment;
    this.#rebalancing = false;
  }

  #growth(): number | null {
    const last = this.#trend.at(-1);
    const first = this.#trend.at(-6) ?? this.#trend[0];
    if (!last || !first || last.at - first.at < 1000) return null;
    return ((last.lag - first.lag) * 1000) / (last.at - first.at);
  }
}
