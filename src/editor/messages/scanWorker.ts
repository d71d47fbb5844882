import * as l10n from '@vscode/l10n';
import { Worker } from 'node:worker_threads';
import type { ClusterProfile, ClusterSecrets } from '../../core/kafka/profile.ts';
import type { Login } from '../../core/kafka/transport/tokens.ts';
import type { ScanWorkerContract } from '../../shared/messagesPage.ts';
import type { RpcMessage } from '../../shared/rpc.ts';

type Contract = ScanWorkerContract<ClusterProfile, ClusterSecrets>;
type Requests = Contract['requests'];
type Events = Contract['events'];
type EventListener = <Name extends keyof Events>(name: Name, payload: Events[Name]) => void;

/** ms until a worker that does not answer is given up; requests to the cluster have shorter limits of their own. */
const SILENCE = 120_000;

/** The host's end of one scan worker: forwards requests, hands out events, ends the thread. Decodes nothing. */
export class ScanWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #onEvent: EventListener;
  readonly #onEnd: (reason: string) => void;
  #resolveToken: Login['resolveToken'];
  #nextId = 1;
  #ended: string | null = null;

  /** `texts`: the translations for the worker's own sentences. `onEnd` is not called for {@link dispose}. */
  constructor(path: string, texts: unknown, onEvent: EventListener, onEnd: (reason: string) => void) {
    this.#onEvent = onEvent;
    this.#onEnd = onEnd;
    this.#worker = new Worker(path, { workerData: { texts } });
    this.#worker.on('message', (message: RpcMessage) => this.#receive(message));
    this.#worker.on('error', (error) => this.#end(error.message));
    this.#worker.on('exit', (code) => this.#end(l10n.t('the reader ended with code {0}', code)));
  }

  /** Connects, for the time of the worker. It asks for a token at each log-in that needs one. */
  open(profile: ClusterProfile, topic: string, login: Login): Promise<Requests['open']['result']> {
    this.#resolveToken = login.resolveToken;
    return this.request('open', { profile, secrets: login.secrets, topic });
  }

  request<Method extends keyof Requests>(
    method: Method,
    params: Requests[Method]['params'],
    signal?: AbortSignal,
  ): Promise<Requests[Method]['result']> {
    if (this.#ended !== null) return Promise.reject(new Error(this.#ended));
    const id = this.#nextId++;
    return new Promise<Requests[Method]['result']>((resolve, reject) => {
      // These last as long as they last: they are watched by their progress and cancelled by a person.
      const limit =
        method === 'export' || method === 'planRedrive' || method === 'redrive'
          ? undefined
          : setTimeout(
              () => give(new Error(l10n.t('The reader does not answer. Close the page and open it again.'))),
              SILENCE,
            );
      const cancel = () => {
        this.#worker.postMessage({ type: 'cancel', id } satisfies RpcMessage);
        // A redrive that is stopped says where: what is on its way has to be answered first.
        if (method !== 'redrive') give(new Error(l10n.t('Cancelled.')));
      };
      const give = (error: Error) => {
        settle();
        reject(error);
      };
      const settle = () => {
        clearTimeout(limit);
        signal?.removeEventListener('abort', cancel);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (result) => {
          settle();
          resolve(result as Requests[Method]['result']);
        },
        reject: give,
      });
      if (signal?.aborted) return cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      this.#worker.postMessage({ type: 'request', id, method, params } satisfies RpcMessage);
    });
  }

  /** Ends the thread with its sockets, at once. */
  dispose(): void {
    if (this.#ended !== null) return;
    this.#ended = l10n.t('The page was closed.');
    this.#refuseAll(this.#ended);
    void this.#worker.terminate();
  }

  #receive(message: RpcMessage): void {
    switch (message.type) {
      case 'result':
        this.#waiting.get(message.id)?.resolve(message.result);
        return;
      case 'error':
        this.#waiting.get(message.id)?.reject(new Error(message.message));
        return;
      case 'event':
        if (message.name === 'tokenWanted') void this.#giveToken((message.payload as Events['tokenWanted']).id);
        else this.#onEvent(message.name as keyof Events, message.payload as Events[keyof Events]);
        return;
      case 'request':
      case 'cancel':
        return;
    }
  }

  async #giveToken(id: number): Promise<void> {
    const answer = await (this.#resolveToken ?? noToken)().then(
      (token) => ({ token }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    // A worker that has ended, or ends with it in its hands, needs none any more.
    await this.request('token', { id, ...answer }).catch(() => undefined);
  }

  #end(reason: string): void {
    if (this.#ended !== null) return;
    this.#ended = l10n.t('Reading stopped: {0}. Start it again.', reason);
    this.#refuseAll(this.#ended);
    this.#onEnd(this.#ended);
  }

  #refuseAll(reason: string): void {
    for (const { reject } of [...this.#waiting.values()]) reject(new Error(reason));
  }
}

const noToken = (): Promise<string> =>
  Promise.reject(new Error(l10n.t('No token is known for this cluster. Enter it and connect again.')));
