import { describe, expect, it } from 'vitest';
import { readBatches } from '../kafka/records/batch.ts';
import { encodeBatch, type RecordToWrite } from '../kafka/records/encodeBatch.ts';
import { spanOf } from '../kafka/records/record.ts';
import { cursorOver } from '../kafka/records/unpack.ts';
import { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import type { JsonPath } from '../../shared/messagesPage.ts';
import { ShownRecords } from './shownRecord.ts';

function recordOf(record: RecordToWrite) {
  const bytes = encodeBatch({ records: [record] });
  const [batch] = readBatches(bytes).batches;
  const cursor = cursorOver(batch!, { bytes, start: 61 });
  cursor.next();
  return spanOf(cursor);
}

async function cells(record: RecordToWrite, ...paths: JsonPath[]) {
  const shown = new ShownRecords(new ValueDecoder(), { key: 'auto', value: 'auto', paths });
  return shown.cells(await shown.decode(recordOf(record)));
}

const value = (pointer: string): JsonPath => ({ part: 'value', pointer });

describe('columns from JSON', () => {
  it('hold texts as they are, numbers with every digit, and anything else as JSON', async () => {
    const record = { offset: 0, key: '{"shop":7}', value: '{"a":{"b/c":"x","n":9007199254740993},"l":[1,{"z":null}]}' };
    expect(
      await cells(record, value('/a/b~1c'), value('/a/n'), value('/l/1'), value('/l/1/z'), {
        part: 'key',
        pointer: '/shop',
      }),
    ).toEqual(['x', '9007199254740993', '{"z":null}', 'null', '7']);
  });

  it('are empty where nothing stands there', async () => {
    expect(await cells({ offset: 0, value: '{"a":1}' }, value('/b'), value('/a/b'), value('/toString'))).toEqual([
      null,
      null,
      null,
    ]);
    expect(await cells({ offset: 0, value: 'text' }, value('/a'))).toEqual([null]);
    expect(await cells({ offset: 0, value: null }, value('/a'))).toEqual([null]);
  });
});
