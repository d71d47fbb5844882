import type { GroupsOnTopic } from '../../src/shared/messagesPage.ts';
import type { MessagesPanelContract, NamedStart } from '../../src/shared/messagesPanel.ts';
import type { RpcClient } from '../components/rpc.ts';
import type { MarkSource } from './timelineMarks.ts';

/**
 * Where groups stand on this topic and Dapr components would start: asked once the page is there and with each timeline,
 * since it looks at files and groups.
 */
export class Standings {
  readonly #rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>;
  readonly #changed: () => void;
  dapr: NamedStart[] = [];
  marks: MarkSource[] = [];
  /** Whole sentences. */
  problems: string[] = [];

  constructor(rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>, changed: () => void) {
    this.#rpc = rpc;
    this.#changed = changed;
  }

  async ask(): Promise<void> {
    const [groups, dapr] = await Promise.all([
      this.#rpc
        .request('groupPositions', {})
        .catch((error: unknown): GroupsOnTopic => ({ groups: [], problems: [(error as Error).message] })),
      // Without an answer (the cluster is silent, which the reading tells) that choice is not offered.
      this.#rpc.request('starts', {}).catch((): NamedStart[] => []),
    ]);
    this.dapr = dapr;
    this.problems = groups.problems;
    this.marks = [
      ...groups.groups.map(({ group, offsets }): MarkSource => ({ kind: 'group', name: group, offsets })),
      ...dapr.map(({ label, offsets }): MarkSource => ({ kind: 'dapr', name: label, offsets })),
    ];
    this.#changed();
  }
}
