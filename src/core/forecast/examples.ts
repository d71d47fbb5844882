import type { DeliveryPlace } from '../../shared/replayPage.ts';

/** Of one fate what lies beyond the records that were shown of it. */
export interface Beyond {
  fate: string;
  /** At least the last one shown of each partition; a partition that is not named has shown none. */
  after: readonly DeliveryPlace[];
}

/** Who has looked at so many of one fate may ask for as many again; and a million need not be kept. */
const MOST = 100;

/**
 * The first records of each fate, to jump to. Those of a partition come in the order of their offsets, so that what is
 * kept of it are its first ones, however the partitions take turns: what is behind its last one was not shown yet.
 */
export class Examples {
  readonly #places = new Map<string, DeliveryPlace[]>();
  readonly #more = new Set<string>();
  readonly #only: string | undefined;
  readonly #shown = new Map<number, number>();

  /** @param beyond keep nothing else; absent: the first of every fate */
  constructor(beyond?: Beyond) {
    this.#only = beyond?.fate;
    for (const { partition, offset } of beyond?.after ?? [])
      this.#shown.set(partition, Math.max(offset, this.#shown.get(partition) ?? -1));
  }

  /** @param fate e.g. `dropped expired` or `delivered /orders` */
  add(fate: string, place: DeliveryPlace): void {
    if (this.#only !== undefined && fate !== this.#only) return;
    if (place.offset <= (this.#shown.get(place.partition) ?? -1)) return;
    const places = this.#places.get(fate) ?? [];
    this.#places.set(fate, places);
    if (places.length < MOST) places.push(place);
    else this.#more.add(fate);
  }

  of(fate: string): { places: DeliveryPlace[]; more: boolean } {
    return { places: this.#places.get(fate) ?? [], more: this.#more.has(fate) };
  }

  /** All that was asked for is there. */
  get done(): boolean {
    return this.#only !== undefined && this.#more.has(this.#only);
  }
}
