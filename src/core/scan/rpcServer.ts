import * as l10n from '@vscode/l10n';
import type { Contract, RpcMessage } from '../../shared/rpc.ts';

/** Something messages come from and go to: a worker's parent port. */
export interface MessagePort {
  on(event: 'message', listener: (message: RpcMessage) => void): unknown;
  postMessage(message: RpcMessage): void;
}

/** What answers each request of a contract. The signal is aborted when the asker cancels. */
export type Handlers<C extends Contract> = {
  [Method in keyof C['requests']]: (
    params: C['requests'][Method]['params'],
    signal: AbortSignal,
  ) => C['requests'][Method]['result'] | Promise<C['requests'][Method]['result']>;
};

/** Answers the requests that come over a port, several at a time. Failures cross as their sentence. */
export function serve<C extends Contract>(port: MessagePort, handlers: Handlers<C>): void {
  const running = new Map<number, AbortController>();
  port.on('message', (message) => {
    if (message.type === 'cancel') running.get(message.id)?.abort();
    if (message.type !== 'request') return;
    const { id, method, params } = message;
    const abort = new AbortController();
    running.set(id, abort);
    void answer(handlers, method, params, abort.signal)
      .then(
        (result) => port.postMessage({ type: 'result', id, result }),
        (error: unknown) =>
          port.postMessage({ type: 'error', id, message: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => running.delete(id));
  });
}

async function answer<C extends Contract>(
  handlers: Handlers<C>,
  method: string,
  params: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (!Object.hasOwn(handlers, method)) throw new Error(l10n.t('The reader knows no request "{0}".', method));
  return await handlers[method as keyof Handlers<C>](params, signal);
}
