import * as l10n from '@vscode/l10n';
import { editDistance } from '../catalog/nearest.ts';
import type { Located } from '../resources/component.ts';
import type { Workspace } from '../workspace.ts';
import { replaceScalar } from './edits.ts';
import type { Problem, Rule } from './rule.ts';

const appIds = (workspace: Workspace): string[] => [...new Set(workspace.apps.map((app) => app.id))];

/** A scope that is no app of the workspace, but nearly one: others may be apps of another repository. */
function* nearMisses(scopes: readonly Located[] | undefined, workspace: Workspace): Generator<Problem> {
  const ids = workspace.derive(appIds);
  for (const { text, node } of scopes ?? []) {
    if (text === '' || node.templated || ids.includes(text)) continue;
    // Short ids are near each other by chance.
    const limit = Math.min(3, Math.floor(text.length / 5) + 1);
    const meant = ids.find((id) => editDistance(id.toLowerCase(), text.trim().toLowerCase(), limit) < limit);
    // Two apps of nearly the same name, such as shop-1 and shop-2, are both meant.
    if (meant === undefined || meant.replace(/\d/g, '') === text.replace(/\d/g, '')) continue;
    yield {
      range: node.range,
      message: l10n.t(
        'No app here has the id "{0}" (letter case counts): no daprd loads this for it. Did you mean {1}?',
        text,
        meant,
      ),
      fixes: [{ title: l10n.t('Replace by {0}', meant), edits: [replaceScalar(node, meant)] }],
    };
  }
}

export const scopeNameRules: readonly Rule[] = (['component', 'subscription'] as const).map((on) => ({
  id: 'C-18',
  severity: 'warning',
  consequence: 'runs',
  crossFile: true,
  on,
  check: ({ scopes }: { scopes: Located[] | undefined }, { workspace }: { workspace: Workspace }) =>
    nearMisses(scopes, workspace),
}));
