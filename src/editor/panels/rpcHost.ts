import type { Contract, RpcMessage } from '../../shared/rpc.ts';

/** Answers to a page's requests. `signal` is aborted when the page cancels the request or is closed. */
export type RequestHandlers<C extends Contract> = {
  [Method in keyof C['requests']]: (
    params: C['requests'][Method]['params'],
    signal: AbortSignal,
  ) => C['requests'][Method]['result'] | Promise<C['requests'][Method]['result']>;
};

type AnyHandler = (params: unknown, signal: AbortSignal) => unknown;

/**
 * The host side of one page's typed border: runs the handler of each request, one answer per request, whatever
 * happens. A thrown error crosses as its message, which is a sentence for the person at the page.
 */
export class RpcHost<C extends Contract> {
  readonly #post: (message: RpcMessage) => void;
  readonly #handlers: Map<string, AnyHandler>;
  readonly #running = new Map<number, AbortController>();

  constructor(post: (message: RpcMessage) => void, handlers: RequestHandlers<C>) {
    this.#post = post;
    this.#handlers = new Map(Object.entries<AnyHandler>(handlers));
  }

  /** A message from the page. Resolves when it has been answered. */
  async receive(message: RpcMessage): Promise<void> {
    if (message.type === 'cancel') this.#running.get(message.id)?.abort();
    if (message.type !== 'request') return;
    const { id, method, params } = message;
    const handler = this.#handlers.get(method);
    if (!handler) {
      this.#post({ type: 'error', id, message: `Unknown request "${method}".` });
      return;
    }
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const result = await handler(params, controller.signal);
      this.#post({ type: 'result', id, result });
    } catch (error) {
      this.#post({ type: 'error', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  emit<Name extends keyof C['events'] & string>(name: Name, payload: C['events'][Name]): void {
    this.#post({ type: 'event', name, payload });
  }

  /** Cancels every request still running. */
  dispose(): void {
    for (const controller of this.#running.values()) controller.abort();
  }
}
