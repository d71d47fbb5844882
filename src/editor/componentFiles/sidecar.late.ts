import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DeclaredSubscription } from '../../core/dapr/resources/declarations.ts';
import { readSidecarMetadata, type SidecarFacts } from '../../core/dapr/resources/sidecarMetadata.ts';

/** ms until a sidecar that does not answer is given up. */
const PATIENCE = 5_000;

/** Asks for the port of a sidecar on this machine, then the sidecar; undefined after a message, or when cancelled. */
export async function askSidecar(
  inFiles: (subscription: DeclaredSubscription) => boolean,
): Promise<SidecarFacts | undefined> {
  const port = await vscode.window.showInputBox({
    title: l10n.t('Read the subscriptions of a running sidecar'),
    prompt: l10n.t('HTTP port of daprd on this machine (--dapr-http-port)'),
    value: '3500',
    validateInput: (text) => (/^\d{2,5}$/.test(text) ? undefined : l10n.t('A port is a number such as 3500.')),
  });
  if (port === undefined) return undefined;
  const answer = await metadataOf(port);
  if (answer === undefined) return undefined;
  const from = `sidecar localhost:${port}, ${new Date().toISOString().slice(0, 10)}`;
  const facts = readSidecarMetadata(answer, from, inFiles);
  if (!facts)
    void vscode.window.showErrorMessage(
      l10n.t('What answers on port {0} is no sidecar: it tells no app id. Is it --dapr-http-port?', port),
    );
  return facts;
}

/** The sidecar's answer; undefined after a message, or when the person cancelled. */
async function metadataOf(port: string, token?: string): Promise<unknown> {
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: l10n.t('Asking the sidecar on port {0}…', port),
    },
    async (_progress, cancel) => {
      const control = new AbortController();
      const timer = setTimeout(() => control.abort(), PATIENCE);
      const cancelled = cancel.onCancellationRequested(() => control.abort());
      try {
        const headers = token === undefined ? {} : { 'dapr-api-token': token };
        const response = await fetch(`http://localhost:${port}/v1.0/metadata`, { headers, signal: control.signal });
        return { status: response.status, body: await response.text() };
      } catch (error) {
        if (cancel.isCancellationRequested) return undefined;
        return { status: 0, body: control.signal.aborted ? l10n.t('no answer') : causeOf(error) };
      } finally {
        clearTimeout(timer);
        cancelled.dispose();
      }
    },
  );
  if (!result) return undefined;
  if (result.status === 401 && token === undefined) {
    const asked = await vscode.window.showInputBox({
      title: l10n.t('This sidecar wants its API token'),
      prompt: l10n.t('DAPR_API_TOKEN; it is used once and not kept'),
      password: true,
    });
    return asked === undefined ? undefined : metadataOf(port, asked);
  }
  try {
    if (result.status === 200) return JSON.parse(result.body) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  void vscode.window.showErrorMessage(
    l10n.t(
      'No sidecar answers on port {0}: {1}. Start the app with its sidecar, or declare the subscription by hand.',
      port,
      result.status === 0 ? result.body : `HTTP ${result.status}`,
    ),
  );
  return undefined;
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
