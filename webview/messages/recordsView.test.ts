import { expect, test } from 'vitest';
import { RecordsView } from './recordsView.ts';

function view() {
  const asked: [string, unknown][] = [];
  const request = (method: string, params: unknown) => {
    asked.push([method, params]);
    return Promise.resolve(null as never);
  };
  return { asked, view: new RecordsView({ request }, () => undefined) };
}

test('what is saved under a name brings back columns, order and formats, and is the topic’s view from then on', async () => {
  const first = view().view;
  await first.show(['offset', 'value', 'value:/id']);
  await first.readAs({ key: 'int32', value: 'hex' });
  first.sortBy({ by: 'offset', newestFirst: true });
  const { asked, view: other } = view();
  await other.use(JSON.parse(JSON.stringify(first.setup)) as typeof first.setup);
  expect(other.shown.map((column) => column.id)).toEqual(['offset', 'value', 'value:/id']);
  expect(other.sort).toEqual({ by: 'offset', newestFirst: true });
  expect(asked).toEqual([
    ['shape', { key: 'int32', value: 'hex', paths: [{ part: 'value', pointer: '/id' }] }],
    [
      'saveView',
      {
        columns: ['offset', 'value', 'value:/id'],
        widths: {},
        sort: { by: 'offset', newestFirst: true },
        key: 'int32',
        value: 'hex',
      },
    ],
  ]);
});

test('the order of arrival is an order that is saved too; what was saved without one leaves it as it is', async () => {
  const { view: records } = view();
  await records.use({ columns: ['offset'], sort: null });
  expect(records.sort).toBeNull();
  await records.readAs({ key: 'auto', value: 'hex' });
  await records.use({ columns: ['value'] });
  expect(records.setup).toEqual({ columns: ['value'], sort: null, formats: { key: 'auto', value: 'hex' } });
});

test('a column gets a width and loses it again; both are kept for the topic', () => {
  const { asked, view: records } = view();
  const kept = () => asked.map(([, params]) => (params as { widths: object }).widths);
  records.resized('key', 90);
  const first = records.widths;
  records.resized('value', 300);
  records.resized('key', null);
  expect(kept()).toEqual([{ key: 90 }, { key: 90, value: 300 }, { value: 300 }]);
  // Another object, or nothing would be drawn anew.
  expect(first).toEqual({ key: 90 });
});
