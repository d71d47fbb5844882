import { expect, it } from 'vitest';
import type { RecordSpan } from '../kafka/records/record.ts';
import { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import { autoLineOf, lineOrReason, shownLineOf } from './recordLine.ts';
import { ShownRecords } from './shownRecord.ts';

/** Its only header has a name of nine bytes, of which one is there. */
const BROKEN: RecordSpan = {
  bytes: Buffer.from([...Buffer.from('v'), 18, 104]),
  offset: 7,
  timestamp: 5,
  keyStart: -1,
  keyEnd: -1,
  valueStart: 0,
  valueEnd: 1,
  headersStart: 1,
  headerCount: 1,
  end: 3,
};

it('a record whose headers do not fit it is a line with the reason, in every way of writing it', async () => {
  const line = lineOrReason('t', 2, 'create', BROKEN, 'utf8');
  expect(line).toEqual({ topic: 't', partition: 2, offset: 7, error: expect.stringContaining('7') as string });
  expect(await autoLineOf('t', 2, 'create', BROKEN, new ValueDecoder())).toEqual(line);
  const shown = new ShownRecords(new ValueDecoder(), { key: 'auto', value: 'auto', paths: [] });
  expect(await shownLineOf('t', 2, 'create', BROKEN, shown)).toEqual(line);
});
