import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What a grant was asked with and gave; times in ms since the epoch. */
export interface Grant {
  scope: string | null;
  at: number;
  /** When the token ends. */
  endsAt: number;
}

export interface TokenServer {
  /** The token endpoint. */
  url: string;
  host: string;
  clientId: string;
  clientSecret: string;
  /** How many requests came. */
  asked: number;
  /** Every token that was given, in order. */
  grants: Grant[];
  /** Seconds that the next tokens are valid; negative: they have ended already. */
  lifetime: number;
  /** Answers so instead of with a token. */
  instead: { status: number; type: string; body: string } | null;
  stop(): Promise<void>;
}

/**
 * An OAuth 2.0 authorization server that knows one client and the grant `client_credentials` (RFC 6749, section 4.4). Its
 * tokens are JSON Web Tokens that nobody signed, which a broker with Kafka's own OAUTHBEARER validator accepts. `pem`: file with a key and a certificate, for HTTPS.
 */
export async function startTokenServer(pem?: string): Promise<TokenServer> {
  const listener: http.RequestListener = (request, response) => void answer(request, response);
  const both = pem === undefined ? undefined : fs.readFileSync(pem);
  const server = both ? https.createServer({ key: both, cert: both }, listener) : http.createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: TokenServer = {
    url: `${both ? 'https' : 'http'}://${host}/oauth/token`,
    host,
    clientId: 'explorer',
    clientSecret: 'client secret: ü&+',
    asked: 0,
    grants: [],
    lifetime: 3600,
    instead: null,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const send = (status: number, body: object, headers: http.OutgoingHttpHeaders = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    self.asked++;
    if (self.instead) {
      response.writeHead(self.instead.status, { 'content-type': self.instead.type }).end(self.instead.body);
      return;
    }
    if (request.method !== 'POST' || request.url !== '/oauth/token') return void send(404, { error: 'not found' });
    if (form.get('grant_type') !== 'client_credentials') return void send(400, { error: 'unsupported_grant_type' });
    if (!knows(request.headers.authorization)) return void send(401, { error: 'invalid_client' });
    const scope = form.get('scope');
    if (scope === 'secrets')
      return void send(400, { error: 'invalid_scope', error_description: 'scope secrets is not for this client' });
    const at = Date.now();
    const exp = Math.floor(at / 1000) + self.lifetime;
    const claims = { sub: self.clientId, iat: Math.floor(at / 1000) - 60, exp, n: self.grants.length };
    self.grants.push({ scope, at, endsAt: exp * 1000 });
    const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part(claims)}.`;
    send(200, { access_token: token, token_type: 'Bearer', expires_in: Math.max(1, self.lifetime) });
  }

  /** RFC 6749, section 2.3.1: both parts are form-encoded before they are joined. */
  function knows(authorization = ''): boolean {
    const [id, secret] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    const decoded = (text = '') => new URLSearchParams(`x=${text}`).get('x');
    return decoded(id) === self.clientId && decoded(secret) === self.clientSecret;
  }

  return self;
}
