import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Group } from '../../../core/kafka/clusterClient.ts';
import type { ResetChange, ResetPlan } from '../../../core/kafka/changes/resetPlan.ts';
import type { ResetTarget } from '../../../core/kafka/changes/resetTarget.ts';
import { localMidnight, parseIsoTime } from '../../../shared/isoTime.ts';
import { formatCount } from '../nodes/node.ts';
import { topicsOf } from '../nodes/groupPosition.ts';
import type { ChangeTools } from './runChange.ts';
import { ask } from './ask.ts';

/** Moves a group: where to, a dry run as a table to choose from, the gate, the result, and a way back. */
export async function resetOffsets(
  tools: ChangeTools,
  group: string,
  topics: readonly string[] | undefined,
  to?: ResetTarget,
): Promise<void> {
  const { engine, client } = tools;
  const [described] = await client.describeGroups([group]);
  const running = described && engine.whoRuns(described);
  if (running) throw new engine.ChangeRefused(running);
  const target = to ?? (await askTarget(tools, group));
  if (!target) return;
  const scopes = topics ?? (await topicsToReset(tools, described, target));
  if (scopes.length === 0) {
    const detail = l10n.t('{0} has committed nothing on any topic: reset it to where another group stands.', group);
    void vscode.window.showInformationMessage(l10n.t('Nothing to reset.'), { modal: true, detail });
    return;
  }
  const plan = await engine.planReset(
    client,
    group,
    scopes.map((topic) => ({ topic })),
    target,
  );
  const changes = await chooseChanges(plan);
  if (changes) await apply(tools, { ...plan, changes });
}

/** Where the group stands somewhere; a copy goes to every topic on which the other group does. */
async function topicsToReset(
  { client }: ChangeTools,
  described: Group | undefined,
  target: ResetTarget,
): Promise<string[]> {
  const [other] = target.kind === 'group' ? await client.describeGroups([target.group]) : [];
  return [...new Set([described, other].flatMap((group) => (group ? topicsOf(group) : [])))].sort();
}

async function apply(tools: ChangeTools, plan: ResetPlan): Promise<void> {
  const result = await tools.engine.applyReset(tools.client, plan, tools.gate);
  if (result.failed.length > 0) {
    const reasons = result.failed.map((f) => `${f.change.topic} P${f.change.partition}: ${f.message}`).join('\n');
    void vscode.window.showErrorMessage(l10n.t('Some offsets of {0} were not reset.', plan.group), {
      modal: true,
      detail: reasons,
    });
  }
  // Offered for as long as the message stands: nothing waits for the answer.
  if (result.done.length > 0) void offerUndo(tools, plan, result.done);
}

/** The way back, over the connection that the cluster has when it is wanted. */
async function offerUndo(tools: ChangeTools, plan: ResetPlan, done: ResetChange[]): Promise<void> {
  const { group } = plan;
  const undo = l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(doneText(group, done.length), undo)) !== undo) return;
  const session = tools.present();
  if (session?.resting) {
    const connect = l10n.t('Connect and undo');
    const why = l10n.t(
      'You have disconnected from {0}: connect to it first. Until then {1} stands where the reset has put it.',
      session.profile.name,
      group,
    );
    if ((await vscode.window.showWarningMessage(why, connect)) !== connect) return;
  }
  await tools.again((now) => apply(now, { ...plan, changes: now.engine.undoOf(done) }));
}

const doneText = (group: string, partitions: number): string =>
  partitions === 1
    ? l10n.t('{0}: one partition was reset.', group)
    : l10n.t('{0}: {1} partitions were reset.', group, partitions);

const shown = (offset: number | null): string => (offset === null ? l10n.t('none') : formatCount(offset));

interface ChangeItem extends vscode.QuickPickItem {
  change?: ResetChange;
}

/** The dry run: a row per partition, old → new, lag before and after; unticked ones stay as they are. */
async function chooseChanges(plan: ResetPlan): Promise<ResetChange[] | undefined> {
  const moved = plan.changes.filter((c) => c.from !== c.to);
  if (moved.length === 0) {
    const why = plan.problems.length > 0 ? plan.problems.join('\n') : l10n.t('Every partition stands there already.');
    void vscode.window.showInformationMessage(l10n.t('Nothing to reset.'), { modal: true, detail: why });
    return undefined;
  }
  const rows = moved.map((change): ChangeItem => {
    const after = shown(change.lagAfter);
    return {
      label: `${change.topic} P${change.partition}`,
      description: `${shown(change.from)} → ${shown(change.to)}`,
      detail:
        change.lagBefore === null
          ? l10n.t('never committed → lag {0}', after)
          : l10n.t('lag {0} → {1}', formatCount(change.lagBefore), after),
      picked: true,
      change,
    };
  });
  const problems = plan.problems.map((label): ChangeItem => ({ label: `$(warning) ${label}` }));
  const chosen = await vscode.window.showQuickPick(
    [...rows, ...(problems.length > 0 ? [separator(l10n.t('stay as they are'))] : []), ...problems],
    {
      title: l10n.t('Dry run: offsets of {0}', plan.group),
      placeHolder: l10n.t('Nothing is changed yet. Untick what shall stay as it is.'),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  const changes = chosen?.flatMap((item) => item.change ?? []);
  return changes && changes.length > 0 ? changes : undefined;
}

const separator = (label: string): ChangeItem => ({ label, kind: vscode.QuickPickItemKind.Separator });

async function askTarget({ client }: ChangeTools, group: string): Promise<ResetTarget | undefined> {
  const title = l10n.t('Reset the offsets of {0}', group);
  const kinds: (vscode.QuickPickItem & { kindOf: ResetTarget['kind'] })[] = [
    { kindOf: 'earliest', label: l10n.t('Earliest'), detail: l10n.t('The log start offset: everything is read again') },
    { kindOf: 'latest', label: l10n.t('Latest'), detail: l10n.t('The high watermark: what is there is skipped') },
    { kindOf: 'time', label: l10n.t('Time…'), detail: l10n.t('The first message at or after a moment') },
    { kindOf: 'offset', label: l10n.t('Offset…'), detail: l10n.t('The same offset on each partition') },
    { kindOf: 'shift', label: l10n.t('Shift…'), detail: l10n.t('Forward or back by a number of messages') },
    { kindOf: 'group', label: l10n.t('Another group…'), detail: l10n.t('Where another group stands') },
  ];
  const picked = await vscode.window.showQuickPick(kinds, { title, placeHolder: l10n.t('Where to?') });
  if (!picked) return undefined;
  const kind = picked.kindOf;
  switch (kind) {
    case 'earliest':
    case 'latest':
      return { kind };
    case 'offset': {
      const offset = await askWhole(title, l10n.t('Offset'), (n) => n >= 0);
      return offset === undefined ? undefined : { kind, offset };
    }
    case 'shift': {
      const by = await askWhole(title, l10n.t('Messages to shift by; negative: back'), (n) => n !== 0);
      return by === undefined ? undefined : { kind, by };
    }
    case 'time': {
      const text = await ask({
        title,
        prompt: l10n.t('Moment, local time unless a zone is given'),
        value: localMidnight(new Date()),
        validateInput: (t) =>
          parseIsoTime(t, 'local') === null ? l10n.t('Write it like 2026-01-31T12:00.') : undefined,
      });
      const timestamp = parseIsoTime(text ?? '', 'local');
      return timestamp === null ? undefined : { kind, timestamp };
    }
    case 'group': {
      const { groups } = await client.groups();
      const others = groups.map((g) => g.group).filter((id) => id !== group);
      const other = await vscode.window.showQuickPick(others, { title, placeHolder: l10n.t('Copy from which group?') });
      return other === undefined ? undefined : { kind, group: other };
    }
  }
}

async function askWhole(
  title: string,
  prompt: string,
  allowed: (value: number) => boolean,
): Promise<number | undefined> {
  const text = await ask({
    title,
    prompt,
    validateInput: (t) =>
      t.trim() !== '' && Number.isSafeInteger(Number(t)) && allowed(Number(t))
        ? undefined
        : l10n.t('Enter a whole number that makes sense here.'),
  });
  return text === undefined ? undefined : Number(text);
}
