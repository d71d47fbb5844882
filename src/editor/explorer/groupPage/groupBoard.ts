import * as l10n from '@vscode/l10n';
import type { Group, GroupListing } from '../../../core/kafka/clusterClient.ts';
import type { GroupBoard } from '../../../shared/groupPage.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { topicsOf } from '../nodes/groupPosition.ts';
import { GroupWatch } from './groupWatch.ts';

export type Focus = GroupBoard['focus'];

/**
 * Composes the board of one page from what its cluster's session knows, and remembers how it changed. The session is
 * looked up each time: another one takes its place when the connection is edited.
 */
export class GroupBoardSource {
  readonly #find: () => ClusterSession | undefined;
  #cluster: GroupBoard['cluster'];
  readonly #focus: Focus;
  readonly #watches = new Map<string, GroupWatch>();
  #seenAt: number | null = null;
  /** The last one that the cluster answered for. */
  #last: GroupBoard | undefined;

  /** `find`: undefined once the cluster is not saved any more; until then `cluster` is what it was called. */
  constructor(cluster: GroupBoard['cluster'], find: () => ClusterSession | undefined, focus: Focus) {
    this.#cluster = cluster;
    this.#find = find;
    this.#focus = focus;
  }

  /**
   * Asks the cluster. Never rejects: a failure is in the board, which stays what it was when the cluster last answered,
   * since nobody who does not move is stuck while nobody answers. `now` in ms. `byItself`: nobody has asked for it, so that a
   * cluster is left alone from which the person has disconnected.
   */
  async next(now: () => number, refreshSeconds: number, byItself = false): Promise<GroupBoard> {
    const session = this.#find();
    if (!session)
      return this.#unasked(refreshSeconds, l10n.t('This cluster is not saved here any more. Add it again.'));
    this.#cluster = clusterOf(session);
    if (byItself && session.leftAlone !== undefined) return this.#unasked(refreshSeconds, session.leftAlone);
    const { groups, groupListing, topics: listed } = session;
    await Promise.all([listed.ensure(), groups.load(), groupListing.load()]);
    const failure = groups.error;
    if (failure !== undefined && this.#last) return this.#unasked(refreshSeconds, failure);
    // Groups of a broker that does not answer are missing here, and nobody may take them for gone.
    const error = failure ?? (await this.#whyNothing(session)) ?? silent(groupListing.value);
    const all = [...(groups.value?.values() ?? [])];
    const topics = this.#topics(groups.value);
    const drawn = new Set(topics);
    const focused = 'group' in this.#focus ? this.#focus.group : undefined;
    const readers = all
      .filter((g) => g.group === focused || topicsOf(g).some((topic) => drawn.has(topic)))
      .toSorted((a, b) => Number(b.group === focused) - Number(a.group === focused) || (a.group < b.group ? -1 : 1));
    const at = failure === undefined ? now() : (groups.answered ?? now());
    if (failure === undefined && focused !== undefined && groups.value?.has(focused) === true) this.#seenAt = at;
    const blocks = readers.map((g) => this.#watch(g.group).observe(g, drawn, at));
    const board: GroupBoard = {
      cluster: this.#cluster,
      focus: this.#focus,
      at: groups.value ? at : null,
      refreshSeconds,
      seenAt: this.#seenAt,
      groups: blocks,
      topics: topics.map((topic) => ({ topic, partitions: partitionsOf(session, topic, readers) })),
      ...(error === undefined ? {} : { error }),
    };
    if (failure === undefined) this.#last = board;
    return board;
  }

  /** What the cluster said last, if it ever did, and why that is not known of now. */
  #unasked(refreshSeconds: number, error: string): GroupBoard {
    const nothing = { at: null, seenAt: this.#seenAt, groups: [], topics: [] };
    return { ...nothing, ...this.#last, cluster: this.#cluster, focus: this.#focus, refreshSeconds, error };
  }

  #whyNothing(session: ClusterSession): Promise<string | undefined> {
    return 'topic' in this.#focus ? session.whyUnlisted(this.#focus.topic) : session.whyNoGroup(this.#focus.group);
  }

  #topics(groups: ReadonlyMap<string, Group> | undefined): string[] {
    if ('topic' in this.#focus) return [this.#focus.topic];
    const group = groups?.get(this.#focus.group);
    return group ? topicsOf(group) : [];
  }

  #watch(group: string): GroupWatch {
    const known = this.#watches.get(group) ?? new GroupWatch();
    this.#watches.set(group, known);
    return known;
  }
}

/** A cluster as the page names it. */
export function clusterOf({ profile: { id, name, colour } }: ClusterSession): GroupBoard['cluster'] {
  return { id, name, ...(colour === undefined ? {} : { colour }) };
}

/** All partitions of the topic, also those no group has touched. */
function partitionsOf(session: ClusterSession, topic: string, readers: readonly Group[]): number[] {
  const known = session.topics.value?.find((t) => t.name === topic)?.partitions.map((p) => p.partition) ?? [];
  const touched = readers.flatMap((g) => g.offsets.filter((o) => o.topic === topic).map((o) => o.partition));
  return [...new Set([...known, ...touched])].sort((a, b) => a - b);
}

/** What the brokers say of which nobody knows the groups. */
function silent(listing: GroupListing | undefined): string | undefined {
  const errors = listing?.errors ?? [];
  return errors.length === 0 ? undefined : errors.map(({ message }) => message).join(' ');
}
