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
  #session: ClusterSession;
  readonly #focus: Focus;
  readonly #watches = new Map<string, GroupWatch>();
  #seenAt: number | null = null;
  /** The last one that the cluster answered for. */
  #last: GroupBoard | undefined;

  /** `find`: undefined once the cluster is not saved any more. */
  constructor(session: ClusterSession, find: () => ClusterSession | undefined, focus: Focus) {
    this.#session = session;
    this.#find = find;
    this.#focus = focus;
  }

  /**
   * Asks the cluster. Never rejects: a failure is in the board, which stays what it was when the cluster last answered,
   * since nobody who does not move is stuck while nobody answers. `now` in ms. `byItself`: nobody has asked for it, so that a
   * cluster is left alone from which the person has disconnected.
   */
  async next(now: () => number, refreshSeconds: number, byItself = false): Promise<GroupBoard> {
    const found = this.#find();
    this.#session = found ?? this.#session;
    const { profile, groups, groupListing, topics: listed } = this.#session;
    if (byItself && found?.resting && this.#last)
      return {
        ...this.#last,
        refreshSeconds,
        error: l10n.t('You have disconnected from this cluster. Refresh connects again.'),
      };
    if (found) await Promise.all([listed.ensure(), groups.load(), groupListing.load()]);
    const failure = found ? groups.error : l10n.t('This cluster is not saved here any more. Add it again.');
    if (failure !== undefined && this.#last) return { ...this.#last, refreshSeconds, error: failure };
    // Groups of a broker that does not answer are missing here, and nobody may take them for gone.
    const error = failure ?? (await this.#whyNothing(found)) ?? unasked(groupListing.value);
    const { colour, id, name } = profile;
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
      cluster: { id, name, ...(colour === undefined ? {} : { colour }) },
      focus: this.#focus,
      at: groups.value ? at : null,
      refreshSeconds,
      seenAt: this.#seenAt,
      groups: blocks,
      topics: topics.map((topic) => ({ topic, partitions: this.#partitions(topic, readers) })),
      ...(error === undefined ? {} : { error }),
    };
    if (failure === undefined) this.#last = board;
    return board;
  }

  #whyNothing(session: ClusterSession | undefined): Promise<string | undefined> | undefined {
    return 'topic' in this.#focus ? session?.whyUnlisted(this.#focus.topic) : session?.whyNoGroup(this.#focus.group);
  }

  #topics(groups: ReadonlyMap<string, Group> | undefined): string[] {
    if ('topic' in this.#focus) return [this.#focus.topic];
    const group = groups?.get(this.#focus.group);
    return group ? topicsOf(group) : [];
  }

  /** All partitions of the topic, also those no group has touched. */
  #partitions(topic: string, readers: readonly Group[]): number[] {
    const known = this.#session.topics.value?.find((t) => t.name === topic)?.partitions.map((p) => p.partition) ?? [];
    const touched = readers.flatMap((g) => g.offsets.filter((o) => o.topic === topic).map((o) => o.partition));
    return [...new Set([...known, ...touched])].sort((a, b) => a - b);
  }

  #watch(group: string): GroupWatch {
    const known = this.#watches.get(group) ?? new GroupWatch();
    this.#watches.set(group, known);
    return known;
  }
}

/** What the brokers say of which nobody knows the groups. */
function unasked(listing: GroupListing | undefined): string | undefined {
  const errors = listing?.errors ?? [];
  return errors.length === 0 ? undefined : errors.map(({ message }) => message).join(' ');
}
