import { describe, expect, it } from 'vitest';
import type { Row, RowSort, RowView } from '../../src/shared/messagesPage.ts';
import { OrderedRows, type RowList } from './orderedRows.ts';
import type { RowCache } from './rowCache.ts';

/** Rows that came, by their times, and the page around them: a view of ten rows. */
class Desk {
  readonly times: number[] = [];
  sort: RowSort | null = { by: 'time', newestFirst: false };
  stick = false;
  readonly failures: unknown[] = [];
  /** What was asked for. */
  readonly asked: string[] = [];
  /** The position at the top of the view. */
  top = 0;
  cache: RowCache | undefined;
  readonly list: RowList;
  readonly rows: OrderedRows;
  /** The lists that were to be prepared: how many rows, and the time of the last. */
  readonly prepared: unknown[] = [];
  /** A list is drawn when it is prepared. */
  writing = Promise.resolve();
  /** Requests wait as long as this is set. */
  gate: Promise<void> | undefined;

  constructor() {
    const at = () => this.top;
    this.list = {
      get top() {
        return at();
      },
      page: 10,
      get atTop() {
        return at() === 0;
      },
      prepare: ({ count, cache }) => {
        this.prepared.push([count, cache.get(count - 1)?.timestamp]);
        return this.writing;
      },
      replace: ({ by, cache }) => {
        this.top += by;
        this.cache = cache;
      },
      showAt: (position) => (this.top = position),
    };
    this.rows = new OrderedRows({
      rpc: { request: (method, params) => this.answer(method, params) as never },
      list: () => this.list,
      sort: () => this.sort,
      stick: () => this.stick,
      changed: () => undefined,
      failed: (error) => this.failures.push(error),
      shown: () => undefined,
    });
  }

  /** So many rows have come by now, of two partitions. */
  come(...times: number[]): boolean {
    this.times.push(...times);
    return this.rows.came(this.times.length, 2);
  }

  async drawn(count: number): Promise<void> {
    await expect.poll(() => this.rows.count).toBe(count);
    expect(this.failures).toEqual([]);
  }

  /** Times of the rows in view. */
  get inView(): (number | undefined)[] {
    return Array.from({ length: 10 }, (_, i) => this.rows.cache.get(this.top + i)?.timestamp);
  }

  private async answer(method: string, params: object): Promise<unknown> {
    this.asked.push(method);
    await this.gate;
    const { view } = params as { view: RowView | null };
    const indexes = this.times.map((_, index) => index).slice(0, view?.of);
    if (view) indexes.sort((a, b) => this.times[a]! - this.times[b]! || a - b);
    if (view?.newestFirst) indexes.reverse();
    if (method === 'positions') return (params as { rows: number[] }).rows.map((index) => indexes.indexOf(index));
    const { from, count } = params as { from: number; count: number };
    return indexes.slice(from, from + count).map((index) => ({ index, timestamp: this.times[index] }) as Row);
  }
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('rows in an order', () => {
  it('stand by time whatever order they came in; at the top of the list the first ones are shown', async () => {
    const desk = new Desk();
    desk.come(...range(50, 60));
    await desk.drawn(10);
    desk.come(...range(0, 10));
    await desk.drawn(20);
    expect(desk.inView).toEqual(range(0, 10));
  });

  it('stay where they are when others come in before them, and so does the chosen one', async () => {
    const desk = new Desk();
    desk.come(...range(100, 150));
    await desk.drawn(50);
    desk.top = 5;
    expect(await desk.rows.select(7)).toBe(7);
    desk.come(...range(0, 20), ...range(200, 220));
    await desk.drawn(90);
    expect(desk.inView).toEqual(range(105, 115));
    expect(desk.rows.selected).toBe(27);
  });

  it('leave the scrollbar alone while a person scrolls during the next drawing', async () => {
    const desk = new Desk();
    desk.come(...range(100, 200));
    await desk.drawn(100);
    desk.top = 20;
    let open = (): void => undefined;
    desk.gate = new Promise((resolve) => (open = resolve));
    desk.come(...range(0, 30));
    desk.top = 40;
    open();
    await desk.drawn(130);
    expect(desk.inView[0]).toBe(140);
  });

  it('are not counted before they are known where the newest are in view', async () => {
    const desk = new Desk();
    desk.sort = null;
    desk.stick = true;
    let open = (): void => undefined;
    desk.gate = new Promise((resolve) => (open = resolve));
    expect(desk.come(...range(0, 30))).toBe(true);
    expect(desk.rows.count).toBe(0);
    expect(desk.come(...range(30, 60))).toBe(false);
    open();
    await desk.drawn(60);
    desk.top = 50;
    expect(desk.inView).toEqual(range(50, 60));
    desk.stick = false;
    expect(desk.come(60)).toBe(false);
    expect(desk.rows.count).toBe(61);
  });

  it('are drawn when their list is prepared, and those that came meanwhile with the next one', async () => {
    const desk = new Desk();
    desk.stick = true;
    let drawable = (): void => undefined;
    desk.writing = new Promise((resolve) => (drawable = resolve));
    desk.come(...range(0, 30));
    await expect.poll(() => desk.prepared).toEqual([[30, 29]]);
    desk.come(...range(30, 60));
    expect([desk.rows.count, desk.cache]).toEqual([0, undefined]);
    drawable();
    await desk.drawn(60);
    expect(desk.prepared).toEqual([
      [30, 29],
      [60, 59],
    ]);
    expect(desk.cache?.get(59)?.timestamp).toBe(59);
  });

  it('are not asked for where they come along with their count, in the order of arrival and in any other', async () => {
    const desk = new Desk();
    desk.stick = true;
    const along = (from: number, to: number) =>
      range(from, to).map((index) => ({ index, timestamp: desk.times[index] }) as Row);
    desk.times.push(...range(0, 30));
    desk.rows.came(30, 1, { from: 20, view: null, rows: along(20, 30) });
    await desk.drawn(30);
    desk.top = 20;
    expect(desk.inView).toEqual(range(20, 30));
    desk.times.push(...range(30, 45));
    desk.rows.came(45, 2, { from: 35, view: { by: 'time', newestFirst: false, of: 45 }, rows: along(35, 45) });
    await desk.drawn(45);
    desk.top = 35;
    expect(desk.inView).toEqual(range(35, 45));
    expect(desk.asked).toEqual([]);
  });

  it('that come along are those of their own list only', async () => {
    const desk = new Desk();
    desk.stick = true;
    desk.times.push(...range(0, 30));
    desk.rows.came(30, 2, { from: 20, view: { by: 'offset', newestFirst: false, of: 30 }, rows: [] });
    await desk.drawn(30);
    desk.top = 20;
    expect(desk.inView).toEqual(range(20, 30));
    expect(desk.asked).toEqual(['rows']);
    desk.rows.restart();
    desk.times.splice(0, 30, ...range(50, 80));
    desk.come();
    await desk.drawn(30);
    expect(desk.inView).toEqual(range(70, 80));
  });

  it('show the newest at the top when they stand there', async () => {
    const desk = new Desk();
    desk.sort = { by: 'time', newestFirst: true };
    desk.stick = true;
    desk.come(...range(0, 30));
    await desk.drawn(30);
    desk.come(30, 31);
    await desk.drawn(32);
    expect(desk.inView.slice(0, 3)).toEqual([31, 30, 29]);
    desk.stick = false;
    desk.top = 4;
    desk.come(32, 33, 34);
    await desk.drawn(35);
    expect(desk.inView[0]).toBe(27);
  });

  it('come in the order of arrival where no other is chosen or only one partition is read', async () => {
    const desk = new Desk();
    desk.sort = null;
    desk.come(5, 3, 4);
    await desk.drawn(3);
    await desk.rows.cache.fill(0, 3, 3);
    expect(desk.inView.slice(0, 3)).toEqual([5, 3, 4]);
    desk.sort = { by: 'time', newestFirst: false };
    desk.rows.reorder();
    await expect.poll(() => desk.inView.slice(0, 3)).toEqual([3, 4, 5]);
    const single = new Desk();
    single.rows.came(3, 1);
    expect(single.rows.view).toBeNull();
  });

  it('are brought to the top and held there while the rest of the range comes in before them', async () => {
    const desk = new Desk();
    desk.come(...range(100, 120));
    await desk.drawn(20);
    desk.rows.show(0, 3);
    await expect.poll(() => desk.rows.selected).toBe(3);
    desk.come(...range(0, 7));
    await desk.drawn(27);
    expect(desk.inView[0]).toBe(100);
    expect(desk.rows.selected).toBe(10);
  });

  it('that are chosen stay the same ones when others come in between', async () => {
    const desk = new Desk();
    desk.come(10, 30, 20, 40);
    await desk.drawn(4);
    await desk.rows.select(1);
    await desk.rows.select(3, 1);
    const chosen = { from: 1, to: 4, view: { by: 'time', newestFirst: false, of: 4 } };
    expect(desk.rows.choice).toEqual(chosen);
    desk.come(25, 5);
    await desk.drawn(6);
    expect(desk.inView.slice(0, 6)).toEqual([5, 10, 20, 25, 30, 40]);
    expect(desk.rows.selected).toBe(5);
    expect(desk.rows.choice).toEqual(chosen);
  });

  it('that are several chosen ones end at the last of them in another order', async () => {
    const desk = new Desk();
    desk.come(10, 30, 20, 40);
    await desk.drawn(4);
    await desk.rows.select(2, 0);
    desk.sort = { by: 'time', newestFirst: true };
    desk.rows.reorder();
    await expect.poll(() => desk.rows.selected).toBe(1);
    expect(desk.rows.choice).toEqual({ from: 1, to: 2, view: { by: 'time', newestFirst: true, of: 4 } });
    desk.rows.restart();
    expect(desk.rows.choice).toBeNull();
  });

  it('that are chosen while the next list is put together are still chosen in it', async () => {
    const desk = new Desk();
    desk.come(10, 30);
    await desk.drawn(2);
    await desk.rows.select(0);
    let open = (): void => undefined;
    desk.gate = new Promise((resolve) => (open = resolve));
    desk.come(20);
    const selecting = desk.rows.select(1);
    open();
    await selecting;
    await desk.drawn(3);
    await expect.poll(() => desk.rows.selected).toBe(2);
    expect(desk.rows.choice).toMatchObject({ from: 2, to: 3 });
  });

  it('of a reading that is over do not come back', async () => {
    const desk = new Desk();
    let open = (): void => undefined;
    desk.gate = new Promise((resolve) => (open = resolve));
    desk.come(...range(0, 30));
    desk.rows.restart();
    desk.times.length = 0;
    desk.come(7);
    open();
    await desk.drawn(1);
    expect(desk.inView.slice(0, 2)).toEqual([7, undefined]);
  });

  it('tell why they cannot be read', async () => {
    const desk = new Desk();
    desk.gate = Promise.reject(new Error('the broker is gone'));
    desk.come(1, 2);
    await expect.poll(() => desk.failures).toEqual([new Error('the broker is gone')]);
  });
});
