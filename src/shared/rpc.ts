/** One direction of the typed border between the extension host and a webview page (or a worker): names to shapes. */
export interface Contract {
  /** Asked by the page, answered by the host. */
  requests: Record<string, { params: unknown; result: unknown }>;
  /** Told by the host, not answered. */
  events: Record<string, unknown>;
}

export type RpcMessage =
  | { type: 'request'; id: number; method: string; params: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; message: string }
  | { type: 'event'; name: string; payload: unknown };
