import type { Contract, RpcMessage } from '../../src/shared/rpc.ts';

/** What VS Code offers a page; callable once per page. */
interface HostApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): HostApi;

/** The page's side of the typed border. Make exactly one per page. */
export class RpcClient<C extends Contract> {
  readonly #host: HostApi = acquireVsCodeApi();
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, ((payload: unknown) => void)[]>();
  /**
   * A page that was hidden begins anew, and what it had asked before may be answered to it then: that answer must fit no
   * question of now. It asks less than one in a millisecond.
   */
  #nextId = Date.now();

  constructor() {
    window.addEventListener('message', (event: MessageEvent<string>) =>
      this.#receive(JSON.parse(event.data) as RpcMessage),
    );
  }

  /** Rejects with the host's sentence, or with an AbortError when `signal` is aborted. */
  request<Method extends keyof C['requests'] & string>(
    method: Method,
    params: C['requests'][Method]['params'],
    signal?: AbortSignal,
  ): Promise<C['requests'][Method]['result']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new DOMException('Cancelled', 'AbortError'));
        return;
      }
      signal?.addEventListener('abort', () => {
        if (!this.#waiting.delete(id)) return;
        this.#post({ type: 'cancel', id });
        reject(new DOMException('Cancelled', 'AbortError'));
      });
      this.#waiting.set(id, { resolve, reject });
      this.#post({ type: 'request', id, method, params });
    });
  }

  on<Name extends keyof C['events'] & string>(name: Name, listener: (payload: C['events'][Name]) => void): void {
    const listeners = this.#listeners.get(name) ?? [];
    listeners.push(listener as (payload: unknown) => void);
    this.#listeners.set(name, listeners);
  }

  /** What this page kept for itself over a reload; undefined the first time. Never keep a secret here, nor what was only looked at. */
  get state(): unknown {
    return this.#host.getState();
  }

  set state(state: unknown) {
    this.#host.setState(state);
  }

  #post(message: RpcMessage): void {
    this.#host.postMessage(message);
  }

  #receive(message: RpcMessage): void {
    if (message.type === 'event') {
      for (const listener of this.#listeners.get(message.name) ?? []) listener(message.payload);
      return;
    }
    if (message.type !== 'result' && message.type !== 'error') return;
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    this.#waiting.delete(message.id);
    if (message.type === 'result') waiting.resolve(message.result);
    else waiting.reject(new Error(message.message));
  }
}
