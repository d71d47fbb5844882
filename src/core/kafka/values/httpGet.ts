import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import type tls from 'node:tls';

export interface HttpAnswer {
  status: number;
  body: string;
}

const REDIRECTS = 5;

/**
 * GET with TLS options of one's own, which `fetch` does not take. Redirects are followed within the same server only: the
 * login goes nowhere else. Rejects with what the socket says, or with the reason of `signal`: a TimeoutError, an AbortError.
 */
export async function httpGet(
  url: URL,
  headers: Record<string, string>,
  tlsOptions: tls.ConnectionOptions,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    let from = url;
    for (let left = REDIRECTS; ; left--) {
      const response = await send(from, headers, tlsOptions, signal);
      const { statusCode: status = 0, headers: answered } = response;
      const to = status >= 300 && status < 400 && answered.location ? new URL(answered.location, from) : undefined;
      const body = await text(response);
      if (to?.origin !== from.origin || left === 0) return { status, body };
      from = to;
    }
  } catch (error) {
    // A request that is cut says only that it was cut.
    signal.throwIfAborted();
    throw error;
  }
}

function send(
  url: URL,
  headers: Record<string, string>,
  tlsOptions: tls.ConnectionOptions,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? https.get(url, { ...tlsOptions, headers, signal }, resolve)
        : http.get(url, { headers, signal }, resolve);
    request.once('error', reject);
  });
}
