import { createClusterClient } from '../../src/core/kafka/clusterClient.ts';
import type { KafkaConnection } from '../../src/core/kafka/transport/connection.ts';
import { ValueDecoder } from '../../src/core/kafka/values/valueDecoder.ts';
import { TopicScan } from '../../src/core/scan/topicScan.ts';
import type { ReadSpec, Row, ScanStatus, Told } from '../../src/shared/messagesPage.ts';

/** Stands for the messages page of a topic: remembers the last of each event. */
export class ScanPage {
  readonly scan: TopicScan;
  status: ScanStatus | undefined;
  readonly states: string[] = [];
  /** Called with each row count the page is told. */
  onCount: (count: number) => void = () => undefined;
  private waiting: (() => void)[] = [];

  /** `connect`: a connection of its own for each reading. */
  constructor(topic: string, connection: KafkaConnection, connect: () => Promise<KafkaConnection>) {
    this.scan = new TopicScan({
      topic,
      connection,
      connect,
      committed: () => Promise.resolve(new Map()),
      client: createClusterClient(connection),
      decoder: new ValueDecoder(),
      emit: (name, payload) => {
        if (name === 'status') {
          this.status = (payload as Told).status;
          this.onCount(this.count);
          if (this.states.at(-1) !== this.status.state) this.states.push(this.status.state);
        }
        for (const wake of this.waiting.splice(0)) wake();
      },
    });
  }

  get count(): number {
    return this.status?.matched ?? 0;
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async ended(): Promise<void> {
    await this.until(() => this.status?.state === 'done' || this.status?.state === 'failed');
  }

  /** Reads to the end and gives every row. */
  async read(spec: Partial<ReadSpec>): Promise<Row[]> {
    this.scan.start(readSpec(spec));
    await this.ended();
    return this.scan.rows({ from: 0, count: this.count, view: null }, new AbortController().signal);
  }
}

/** Everything, as a person would begin. */
export const readSpec = (spec: Partial<ReadSpec>): ReadSpec => ({
  start: { kind: 'earliest' },
  end: { kind: 'end' },
  partitions: [],
  isolation: 'read_uncommitted',
  filter: null,
  ...spec,
});
