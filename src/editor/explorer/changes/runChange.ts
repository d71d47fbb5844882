import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Confirm, Gate } from '../../../core/kafka/changes/gate.ts';
import type { ChangeOutcome } from '../../../core/kafka/changes/outcome.ts';
import type { ClusterClient } from '../../../core/kafka/clusterClient.ts';
import type * as Engine from '../../../core/kafka/engine.late.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { confirmInDialog } from './confirm.ts';

/** What a change is made with. */
export interface ChangeTools {
  engine: typeof Engine;
  client: ClusterClient;
  gate: Gate;
  session: ClusterSession;
  /** The session that stands for the cluster now: this one is closed when it is disconnected or edited. */
  present: FindSession;
  /** Runs a further change, with the cluster's present session and settings. */
  again: (change: Change) => Promise<void>;
}

type Change = (tools: ChangeTools) => Promise<void>;

/** undefined: the cluster is saved no more. */
export type FindSession = () => ClusterSession | undefined;

export type LoadEngine = () => Promise<typeof Engine>;

/**
 * Runs one change with everything it needs. A refusal and a failure are shown as their sentence; when the person said
 * no, nothing is. Afterwards the tree asks the cluster again.
 */
export async function runChange(present: FindSession, loadEngine: LoadEngine, change: Change): Promise<void> {
  const session = present();
  if (!session) {
    void vscode.window.showErrorMessage(l10n.t('This cluster is not saved here any more. Add it again.'));
    return;
  }
  const engine = await loadEngine();
  try {
    const gate = engine.createGate(session.profile, confirmOn(session.profile.name));
    const again = (next: Change) => runChange(present, loadEngine, next);
    await change({ engine, client: await session.client(), gate, session, present, again });
  } catch (error) {
    if (error instanceof engine.ChangeRefused && error.byPerson) return;
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    // What was refused was not sent; anything else may have been done in part.
    if (error instanceof engine.ChangeRefused) return;
  }
  await session.refresh();
}

/** A dialog shows no tree beside it: its title names the cluster. */
const confirmOn =
  (cluster: string): Confirm =>
  (preview, typedName) =>
    confirmInDialog({ ...preview, title: l10n.t('{0} on {1}', preview.title, cluster) }, typedName);

/** One message for all items: what was done, and each failure with its reason. */
export function showOutcome(done: string, { failed, done: names }: ChangeOutcome): void {
  if (failed.length === 0) {
    void vscode.window.showInformationMessage(done);
    return;
  }
  const reasons = failed.map((f) => `${f.name}: ${f.message}`).join('\n');
  const title = names.length === 0 ? l10n.t('Nothing was changed.') : l10n.t('Only partly done: {0}', names.join(', '));
  void vscode.window.showErrorMessage(title, { modal: true, detail: reasons });
}
