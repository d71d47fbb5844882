import * as l10n from '@vscode/l10n';
import type { KafkaConnection } from '../kafka/transport/connection.ts';
import type { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import type { FilterSpec, FilterVerdict } from '../../shared/messagesPage.ts';
import { createFilter, type RecordFilter } from './filter.ts';
import { newestRecord, type PlacedRecord } from './newestRecord.ts';
import { firstLine } from '../../shared/firstLine.ts';
import type { BrokenRow } from './segment.ts';
import type { StoredRow } from './segmentRows.ts';
import { AUTO, ShownRecords } from './shownRecord.ts';

export interface FilterTrialHost {
  topic: string;
  connection: KafkaConnection;
  decoder: ValueDecoder;
}

/** Says while a filter is typed what is wrong with it, and what it makes of one record: the first row, else the newest of the topic. */
export class FilterTrial {
  private readonly host: FilterTrialHost;
  private newest: Promise<PlacedRecord | null> | undefined;

  constructor(host: FilterTrialHost) {
    this.host = host;
  }

  /** The newest record may be another one by now. */
  forget(): void {
    this.newest = undefined;
  }

  async check(spec: FilterSpec, first: StoredRow | BrokenRow | undefined): Promise<FilterVerdict> {
    let filter: RecordFilter | null;
    try {
      filter = await createFilter(spec, this.host.decoder);
    } catch (error) {
      return { ok: false, message: (error as Error).message };
    }
    if (filter === null) return { ok: true, message: '' };
    if (first && 'record' in first) return this.tryOn(first, l10n.t('the first row'), filter, spec);
    let newest: PlacedRecord | null;
    try {
      newest = await this.newestOfTopic();
    } catch (error) {
      return { ok: true, message: l10n.t('well formed; no message could be read to try it on: {0}', firstLine(error)) };
    }
    if (newest === null) return { ok: true, message: l10n.t('well formed; there is no message to try it on') };
    const name = l10n.t('the newest message (P{0}, offset {1})', newest.partition, newest.record.offset);
    return this.tryOn(newest, name, filter, spec);
  }

  private async tryOn(
    { record, partition }: PlacedRecord,
    name: string,
    filter: RecordFilter,
    spec: FilterSpec,
  ): Promise<FilterVerdict> {
    try {
      // A registry is asked for its schema before the filter is.
      await new ShownRecords(this.host.decoder, { ...(spec.formats ?? AUTO), paths: [] }).decode(record);
      return filter.matches(record, partition)
        ? { ok: true, sample: 'matches', message: l10n.t('matches {0}', name) }
        : { ok: true, sample: 'differs', message: l10n.t('does not match {0}', name) };
    } catch (error) {
      return { ok: true, sample: 'fails', message: l10n.t('cannot be evaluated on {0}: {1}', name, firstLine(error)) };
    }
  }

  /** Shared by what is typed meanwhile: giving up one check does not give up the record. One that is not there is looked for again. */
  private async newestOfTopic(): Promise<PlacedRecord | null> {
    const { connection, topic } = this.host;
    const asked = (this.newest ??= newestRecord(connection, topic, new AbortController().signal));
    const found = await asked.catch((error: unknown) => {
      this.forget();
      throw error;
    });
    if (found === null) this.forget();
    return found;
  }
}
