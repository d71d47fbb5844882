/** A queue between fetching and reading: whoever puts waits until somebody has taken, so nothing piles up. */
export class Channel<T> {
  private readonly items: { value: T; taken: () => void }[] = [];
  private wake: (() => void) | undefined;
  private closed = false;
  private failure: Error | undefined;

  /** Resolves when the value has been taken, or the channel closed. */
  put(value: T): Promise<void> {
    if (this.closed) return Promise.resolve();
    return new Promise((taken) => {
      this.items.push({ value, taken });
      this.wake?.();
    });
  }

  /** The next value; undefined once closed and empty. Throws what {@link fail} was given. */
  async take(): Promise<T | undefined> {
    for (;;) {
      const value = this.takeNow();
      if (value !== undefined) return value;
      if (this.failure !== undefined) throw this.failure;
      if (this.closed) return undefined;
      await new Promise<void>((resolve) => (this.wake = resolve));
      this.wake = undefined;
    }
  }

  /** The next value if there is one already. */
  takeNow(): T | undefined {
    const item = this.items.shift();
    item?.taken();
    return item?.value;
  }

  close(): void {
    this.closed = true;
    this.wake?.();
  }

  fail(error: unknown): void {
    if (!(error instanceof Error)) return this.fail(new Error(String(error)));
    this.failure ??= error;
    this.close();
  }

  /** Drops what is queued and lets every putter go. */
  clear(): void {
    this.close();
    for (const item of this.items.splice(0)) item.taken();
  }
}
