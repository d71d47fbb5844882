import type { ClusterProfile } from '../src/core/kafka/profile.ts';
import { ScanWorker } from '../src/editor/messages/scanWorker.ts';
import type { ReadSpec, Row, ScanStatus, Told } from '../src/shared/messagesPage.ts';

/** Stands for a messages page and its panel: this thread is the extension host, the worker is the real one. */
export class PageStandIn {
  readonly worker: ScanWorker;
  /** The worker has connected. */
  readonly opened: Promise<unknown>;
  status: ScanStatus | undefined;
  /** Those that came along with the last status; the page draws them as they come. */
  rows: Row[] = [];
  #wake = (): void => undefined;

  constructor(workerPath: string, profile: ClusterProfile, topic: string) {
    this.worker = new ScanWorker(
      workerPath,
      null,
      (name, payload) => {
        if (name === 'status') this.#told(payload as Told);
        this.#wake();
      },
      (reason) => {
        throw new Error(reason);
      },
    );
    this.opened = this.worker.request('open', { profile, secrets: {}, topic });
  }

  #told({ status, rows }: Told): void {
    this.status = status;
    this.rows = rows?.rows ?? [];
  }

  /** Starts a reading and waits until what it has told fulfils this. */
  async read(spec: ReadSpec, until: (page: PageStandIn) => boolean): Promise<void> {
    this.status = undefined;
    await this.worker.request('start', spec);
    while (!until(this)) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

export const readSpec = (start: ReadSpec['start'], end: ReadSpec['end'] = { kind: 'follow' }): ReadSpec => ({
  start,
  end,
  partitions: [],
  isolation: 'read_committed',
  filter: null,
});
