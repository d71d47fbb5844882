import { describe, expect, it } from 'vitest';
import { failures, remarks } from './failOn.ts';
import { summarize, type ComponentForecast, type ForecastResult, type PartitionForecast } from './result.ts';

const partition = (more: Partial<PartitionForecast> = {}): PartitionForecast => ({
  ...{ partition: 0, logStart: 0, highWatermark: 9, committed: 9, first: 9, backlog: 0 },
  ...{ skipped: 0, gone: 0, replayed: 0, rule: 'F-10' },
  ...more,
});
const component = (...partitions: PartitionForecast[]): ComponentForecast => ({
  ...{
    name: 'shop',
    app: 'api',
    file: 'shop.yaml',
    line: 1,
    group: 'api',
    groupSource: 'appId',
    initialOffset: 'newest',
  },
  topics: [{ topic: 'orders', brokerTopic: 'ns.orders', partitions, summary: summarize(partitions) }],
});
const result = (components: ComponentForecast[], more: Partial<ForecastResult> = {}): ForecastResult => ({
  ...{ components, problems: [], notStarting: [], unreadable: [], partly: false },
  ...more,
});

describe('a gate', () => {
  it('opens where every number asked for is 0, and asks for no other', () => {
    expect(failures(result([component(partition({ replayed: 5 }))]), ['skipped', 'gone'])).toEqual([]);
    expect(failures(result([component(partition({ skipped: 5 }))]), [])).toEqual([]);
  });

  it('stays closed for a single message, and adds the partitions up', () => {
    const at = (...skipped: number[]) =>
      failures(result([component(...skipped.map((n) => partition({ skipped: n })))]), ['skipped']);
    expect(at(0, 1)).toEqual(['shop (api), topic ns.orders: skipped is 1.']);
    expect(at(2, 3)).toEqual(['shop (api), topic ns.orders: skipped is 5.']);
  });

  it('counts as skipped what nobody handled, where a predecessor is known', () => {
    const handover = (handledByNobody: number | null) =>
      failures(
        result([component(partition({ skipped: 7, handover: { handledBefore: 7, handledByNobody, twice: 0 } }))]),
        ['skipped'],
      );
    expect(handover(0)).toEqual([]);
    expect(handover(2)).toEqual(['shop (api), topic ns.orders: skipped is 2.']);
    expect(handover(null)).toEqual(['shop (api), topic ns.orders: skipped is not known.']);
  });

  it('stays closed where a number is not known, also because there is no partition', () => {
    const unknown = ['shop (api), topic ns.orders: gone is not known.'];
    expect(failures(result([component(partition(), partition({ gone: null }))]), ['gone'])).toEqual(unknown);
    expect(failures(result([component()]), ['gone'])).toEqual(unknown);
  });

  it.each([
    ['F-18', 'Kafka refuses the join, and nothing would be delivered (F-18).'],
    ['F-19', 'a topic is not there, and nothing would be delivered of any (F-19).'],
    ['F-25', 'Kafka refuses what Dapr asks, and nothing would be delivered (F-25).'],
  ] as const)('stays closed where nothing would be delivered, with no number above 0: %s', (rule, reason) => {
    expect(failures(result([component(partition({ rule }))]), ['skipped'])).toEqual([`shop (api): ${reason}`]);
  });

  it('stays closed where a component would not start, a document cannot be read, or there is nothing to judge', () => {
    const stops = component(partition());
    expect(failures(result([stops], { notStarting: [stops] }), ['gone'])).toEqual([
      'shop (api): the component would not start.',
    ]);
    const unreadable = [{ file: 'a.yaml', line: 3, message: 'no YAML' }];
    expect(failures(result([component(partition())], { unreadable }), ['gone'])).toEqual([
      'a.yaml:3: what this document would have read is not known.',
    ]);
    expect(failures(result([]), ['gone'])).toEqual(['Nothing was forecast: no component with a topic is known here.']);
  });

  it('says of an open gate what the predecessor handled and comes again', () => {
    const handedOver = (...list: (number | null)[]) =>
      result([
        component(
          ...list.map((twice) => partition({ handover: { handledBefore: 9, handledByNobody: 0, twice } })),
          partition(),
        ),
      ]);
    expect(failures(handedOver(4, 3), ['replayed'])).toEqual([]);
    expect(remarks(handedOver(4, 3), ['replayed'])).toEqual([
      'shop (api), topic ns.orders: 7 that the group before handled come again. --fail-on replayed does not count them.',
    ]);
    expect(remarks(handedOver(4, null), ['replayed'])).toEqual([
      'shop (api), topic ns.orders: how much of what the group before handled comes again is not known. --fail-on replayed does not count it.',
    ]);
    expect(remarks(handedOver(0), ['replayed'])).toEqual([]);
    expect(remarks(handedOver(4), ['skipped'])).toEqual([]);
    expect(remarks(result([component(partition({ replayed: 5 }))]), ['replayed'])).toEqual([]);
  });
});
