import * as l10n from '@vscode/l10n';
import type { Fix } from '../finding.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import { replaceByText } from './edits.ts';

/** One preferred fix that puts another text in a node's place; none where there is no node. */
export function replaceFix(node: YamlNode | undefined, text: string): Fix[] {
  return node === undefined
    ? []
    : [{ title: l10n.t('Replace by {0}', text), edits: [replaceByText(node, text)], preferred: true }];
}

/** A template tool fills this in. */
export function isTemplated(node: YamlNode | undefined): boolean {
  return node?.kind === 'scalar' && node.templated;
}
