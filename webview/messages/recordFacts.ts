import * as l10n from '@vscode/l10n';
import type { DecodedText, RecordDetail } from '../../src/shared/messagesPage.ts';
import { isoTime } from '../../src/shared/isoTime.ts';
import { visible } from '../../src/shared/visible.ts';
import { formatCount } from '../components/format.ts';
import { formatSize, formatTime } from './format.ts';

/** One thing that is known of a record besides its contents. */
export interface RecordFact {
  name: string;
  text: string;
  /** What is copied of it alone, and what that is called. */
  copy?: { name: string; text: string };
}

export function recordFacts(detail: RecordDetail, utc: boolean): RecordFact[] {
  const bytes = (base64: string | null) =>
    base64 === null ? 'null' : formatSize(Math.floor((base64.replace(/=+$/, '').length * 3) / 4));
  const producer =
    detail.producerId < 0
      ? l10n.t('none (neither idempotent nor transactional)')
      : l10n.t('{0}, epoch {1}', String(detail.producerId), detail.producerEpoch);
  const clock =
    detail.timestampType === 'append'
      ? l10n.t('set by the broker (LogAppendTime)')
      : l10n.t('set by the producer (CreateTime)');
  const iso = isoTime(detail.timestamp);
  return [
    { name: l10n.t('Partition'), text: String(detail.partition) },
    { name: l10n.t('Offset'), text: formatCount(detail.offset) },
    {
      name: l10n.t('Time'),
      text: `${formatTime(detail.timestamp, utc)} · ${iso} · ${clock}`,
      copy: { name: l10n.t('Copy as ISO 8601'), text: iso },
    },
    { name: l10n.t('Key size'), text: bytes(detail.key) },
    { name: l10n.t('Value size'), text: bytes(detail.value) },
    ...schemaFact(l10n.t('Schema of the key'), detail.decodedKey),
    ...schemaFact(l10n.t('Schema of the value'), detail.decodedValue),
    { name: l10n.t('Compression of its batch'), text: detail.codec },
    { name: l10n.t('First offset of its batch'), text: formatCount(detail.batchBaseOffset) },
    { name: l10n.t('Producer'), text: producer },
  ];
}

/** By its id in the registry, or by its file in the workspace; with the name that it gives itself. */
function schemaFact(name: string, decoded: DecodedText | undefined): RecordFact[] {
  const { schemaId, schemaFile, schemaName, format } = decoded ?? {};
  const where = schemaId === undefined ? schemaFile : `id ${schemaId}`;
  if (where === undefined) return [];
  return [{ name, text: [where, schemaName, format].flatMap((part) => (part ? visible(part) : [])).join(' · ') }];
}
