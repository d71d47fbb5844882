import * as l10n from '@vscode/l10n';
import type { MessagesPanelContract } from '../../src/shared/messagesPanel.ts';
import { formatCount } from '../components/format.ts';
import type { RpcClient } from '../components/rpc.ts';
import { formatSize } from './format.ts';
import type { RowChoice } from './orderedRows.ts';
import { recordJson } from './recordJson.ts';

/** More than that is for a file: every record crosses to the page whole. */
const MOST_ROWS = 100;
const MOST_BYTES = 8 * 1024 * 1024;

/** Copies the chosen rows: one as a JSON object, several as a list of them in the order in which they stand. */
export async function copyRows(
  rpc: Pick<RpcClient<MessagesPanelContract>, 'request'>,
  topic: string,
  { from, to, view }: RowChoice,
): Promise<void> {
  const rows = to - from > MOST_ROWS ? [] : await rpc.request('rows', { from, count: to - from, view });
  if (rows.length === 0 || rows.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES)
    throw new Error(
      l10n.t(
        'At most {0} messages of together {1} can be copied. Export the chosen ones instead.',
        formatCount(MOST_ROWS),
        formatSize(MOST_BYTES),
      ),
    );
  const details = await Promise.all(rows.map(({ index }) => rpc.request('detail', { index })));
  const records = details.map((detail) => recordJson(topic, detail));
  await rpc.request('copy', { text: records.length === 1 ? records[0]! : `[\n${records.join(',\n')}\n]` });
}
