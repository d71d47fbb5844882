import type { ClientChoices } from '../../shared/replayPage.ts';
import type { Reader } from '../dapr/delivery/readers.ts';

/** The handler that the subscriptions call, in a few lines. */
export function daprCode(reader: Reader): string[] {
  const paths = new Set(
    reader.topics.flatMap(({ subscription }) =>
      subscription === undefined
        ? []
        : [subscription.route, subscription.defaultRoute, ...subscription.rules.map((rule) => rule.path)].flatMap(
            (path) => (path === undefined || path.text === '' ? [] : [path.text]),
          ),
    ),
  );
  const routes = reader.component.type === 'bindings.kafka' ? [`/${reader.component.name}`] : [...paths];
  return (routes.length === 0 ? ['/'] : routes).flatMap((route) => [
    `app.post(${JSON.stringify(route)}, (request, response) => {`,
    '  handle(request.body);',
    '  response.sendStatus(200);',
    '});',
  ]);
}

/** The same with the Java client. */
export function clientCode(topics: readonly string[], { autoCommit, seek }: ClientChoices): string[] {
  const names = topics.map((topic) => JSON.stringify(topic)).join(', ');
  return [
    'var consumer = new KafkaConsumer<String, String>(properties);',
    ...(seek.kind === 'no'
      ? [`consumer.subscribe(List.of(${names}));`]
      : [
          `consumer.subscribe(List.of(${names}), new ConsumerRebalanceListener() {`,
          '  public void onPartitionsRevoked(Collection<TopicPartition> parts) {}',
          '  public void onPartitionsAssigned(Collection<TopicPartition> parts) {',
          ...seekCode(seek).map((line) => `    ${line}`),
          '  }',
          '});',
        ]),
    'while (running) {',
    '  for (var record : consumer.poll(Duration.ofSeconds(1))) handle(record);',
    ...(autoCommit ? [] : ['  consumer.commitSync();']),
    '}',
  ];
}

function seekCode(seek: ClientChoices['seek']): string[] {
  switch (seek.kind) {
    case 'no':
      return [];
    case 'beginning':
      return ['consumer.seekToBeginning(parts);'];
    case 'end':
      return ['consumer.seekToEnd(parts);'];
    case 'offset':
      return [`for (var part : parts) consumer.seek(part, ${seek.offset}L);`];
    case 'time':
      return [
        'var times = new HashMap<TopicPartition, Long>();',
        `for (var part : parts) times.put(part, ${seek.timestamp}L);`,
        'consumer.offsetsForTimes(times).forEach((part, found) -> {',
        '  if (found != null) consumer.seek(part, found.offset());',
        '});',
      ];
  }
}
