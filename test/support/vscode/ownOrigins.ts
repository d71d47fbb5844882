import type { Page } from 'playwright-core';

/** Where the workbench is then; each webview has a name of its own below it. A browser finds all of them on this machine. */
const HOST = 'vscode.localhost';

/** What a browser has to be started with, so that each of these origins gets a process of its own. */
export const ISOLATED = `--isolate-origins=http://[*.]${HOST}`;

/**
 * Has the server's workbench load each webview from an origin of its own, as the desktop and vscode.dev do, instead of from
 * the workbench's. To be called before the page goes anywhere; gives the address to go to in place of `address`.
 */
export async function useOwnOrigins(page: Page, address: string): Promise<string> {
  const { host, port } = new URL(address);
  const name = `${HOST}:${port}`;
  await page.route(
    (url) => url.host === name && url.pathname === '/',
    async (route) => {
      const response = await route.fetch({ url: route.request().url().replace(name, host) });
      const policy = response.headers()['content-security-policy'] ?? '';
      const headers = {
        ...response.headers(),
        'content-security-policy': policy.replace('frame-src ', `frame-src http://*.${name} `),
      };
      const body = (await response.text())
        .replaceAll(host, name)
        .replace(/(webviewEndpoint(?:"|&quot;):(?:"|&quot;))([^"&]+)/, (_, key: string, path: string) => {
          return `${key}http://{{uuid}}.${name}${new URL(path, address).pathname}`;
        });
      if (!body.includes('{{uuid}}')) throw new Error('The workbench does not say where its webviews are.');
      await route.fulfill({ response, headers, body });
    },
  );
  return address.replace(host, name);
}
