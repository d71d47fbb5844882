// A Kafka in the foreground, for developers: node test/support/kafka/main.ts [--version V] [--nodes 1|3]
// Prints the variables that tests and tools understand; Ctrl-C ends it and removes its data.
import { parseArgs } from 'node:util';
import { environmentOf } from './environment.ts';
import { startKafka } from './startKafka.ts';

const { values } = parseArgs({ options: { version: { type: 'string' }, nodes: { type: 'string', default: '1' } } });
const log = (line: string) => console.error(line);
const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort());
process.once('SIGTERM', () => stopped.abort());
try {
  const lab = await startKafka({
    nodes: values.nodes === '3' ? 3 : 1,
    ...(values.version !== undefined && { version: values.version }),
    log,
    signal: stopped.signal,
  });
  for (const [name, value] of Object.entries(environmentOf(lab))) console.log(`export ${name}='${value}'`);
  log('Ctrl-C ends it.');
  const awake = setInterval(() => undefined, 60_000);
  if (!stopped.signal.aborted) await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve));
  clearInterval(awake);
  log('stopping …');
  await lab.stop();
} catch (error) {
  if (!stopped.signal.aborted) {
    log((error as Error).message);
    process.exitCode = 1;
  }
}
