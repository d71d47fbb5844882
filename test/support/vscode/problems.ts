import type { Page } from 'playwright-core';

/** What the workbench says on its own, in any window, offline. */
const NOISE = [
  /vsda(\.js|_bg\.wasm|\b)/, // the licensed module of Microsoft's builds
  /update\/check/,
  /favicon(-dark-support\.svg|\.ico)/,
  /_static\/out\/browser\/serviceWorker\.js|when fetching the script\. \(\)/, // code-server's own, not in its package
  /languagedetection\/dist\//, // of untitled editors; not in the server's package
  /open-vsx\.org/,
  /provider 'github' to register/,
  /\[lifecycle\] Long running operations during shutdown/, // of a window that is reloaded in a browser
  /vscode-log:.*IndexedDB database 'vscode-web-db' is closed/, // the editor's own log, of a window that is being reloaded
  /net::ERR_ABORTED/, // a request that the page itself gave up
  /Data tree node not found/, // the editor's own tree: a row is opened in the moment in which it is drawn anew
];

/** Collects console errors, uncaught errors and failed requests of the page and all its frames. */
export function watchProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  const add = (text: string) => {
    if (!NOISE.some((noise) => noise.test(text))) problems.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') add(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => add(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => add(`request: ${request.failure()?.errorText ?? 'failed'} ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) add(`response: ${response.status()} ${response.url()}`);
  });
  return problems;
}
