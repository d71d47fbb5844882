import type { KafkaConnection } from '../kafka/transport/connection.ts';

/** Keeps one connection ready, so that a reading does not wait for a log-in. A failed attempt is made again when needed. */
export class SpareConnection {
  private readonly connect: () => Promise<KafkaConnection>;
  private spare: Promise<KafkaConnection> | undefined;

  constructor(connect: () => Promise<KafkaConnection>) {
    this.connect = connect;
    this.prepare();
  }

  /** A connection of the caller's own, to be closed by it. Throws what connecting throws. */
  async take(): Promise<KafkaConnection> {
    const spare = this.spare;
    this.spare = undefined;
    try {
      return await (spare ?? this.connect());
    } finally {
      // Of two that take at once the first to have its own has prepared the next.
      if (this.spare === undefined) this.prepare();
    }
  }

  private prepare(): void {
    const attempt = this.connect();
    this.spare = attempt;
    // Whoever takes it sees the failure; until then it is nobody's.
    attempt.catch(() => {
      if (this.spare === attempt) this.spare = undefined;
    });
  }
}
