import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { openTool } from '../test/support/kafka/tool.ts';
import { useKafka } from '../test/support/kafka/useKafka.ts';
import { buildProduct } from './buildProduct.ts';
import { contest, load } from './contest.ts';

const root = path.join(import.meta.dirname, '..');
const NEEDLE = 'needle';
const PARTITIONS = 12;

interface Case {
  name: string;
  codec: string;
  count: number;
  size: number;
  /** How many times as fast as each we have to be. */
  bars: { kafkajs?: number; kcat: number };
}

const cases: Case[] = [
  { name: 'none', codec: 'none', count: 1_000_000, size: 100, bars: { kafkajs: 5, kcat: 1.5 } },
  { name: 'gzip', codec: 'gzip', count: 1_000_000, size: 100, bars: { kafkajs: 5, kcat: 1.5 } },
  { name: 'snappy', codec: 'snappy', count: 1_000_000, size: 100, bars: { kafkajs: 4, kcat: 1 } },
  { name: 'lz4', codec: 'lz4', count: 1_000_000, size: 100, bars: { kafkajs: 4, kcat: 1 } },
  { name: 'zstd', codec: 'zstd', count: 1_000_000, size: 100, bars: { kafkajs: 4, kcat: 1 } },
  { name: 'none-1k', codec: 'none', count: 100_000, size: 1024, bars: { kcat: 1.2 } },
  { name: 'lz4-1k', codec: 'lz4', count: 100_000, size: 1024, bars: { kcat: 0.9 } },
];

/**
 * Whole topics scanned for a text by this product, by kcat and by the stock kafkajs consumer: whole processes, from cold,
 * on the same topics and broker. Returns how many bars were missed. `short`: a fifth of the records, bars only shown.
 */
export async function scanBench({ short, only }: { short: boolean; only?: readonly string[] }): Promise<number> {
  const rounds = short ? 3 : 5;
  const scale = short ? 0.2 : 1;
  const work = mkdtempSync(path.join(tmpdir(), 'kafka-dapr-bench-'));
  const kafkajsScan = path.join(work, 'kafkajsScan.mjs');
  const kafka = await useKafka({ log: (line) => console.log(line) });
  let missed = 0;
  try {
    await build({
      entryPoints: [path.join(root, 'bench/kafkajsScan.ts')],
      outfile: kafkajsScan,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['*.late.ts'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    buildProduct();
    const cli = path.join(root, 'dist/cli.js');
    const hasKcat = spawnSync('kcat', ['-V']).status === 0;
    if (!hasKcat) console.log('kcat is not installed: compared with kafkajs only (Debian: apt-get install kcat)');
    const tool = openTool(kafka);
    console.log(
      `Node ${process.version}, Kafka ${kafka.version}, load ${load()}, medians of ${rounds} whole processes`,
    );
    for (const { name, codec, count, size, bars } of cases.filter((c) => !only || only.includes(c.name))) {
      const total = Math.round(count * scale);
      const topic = `bench-${name}`;
      await tool.run('bulk', topic, PARTITIONS, total, size, codec);
      // On a very busy machine the producer may have given up on a batch: what is there counts, for everybody.
      const [reference] = (await tool.run('count', topic, NEEDLE)) as [{ scanned: number; matched: number }];
      const { bootstrap } = kafka;
      const tail = [
        'tail',
        topic,
        '--bootstrap',
        bootstrap,
        '--from',
        'earliest',
        '--count',
        '--grep',
        NEEDLE,
        '--json',
      ];
      const results = await contest(
        [
          { name: 'ours', command: [process.execPath, cli, ...tail] },
          ...(hasKcat
            ? [
                {
                  name: 'kcat',
                  command: ['sh', '-c', `kcat -C -e -q -b ${bootstrap} -t ${topic} -o beginning > /dev/null`],
                },
              ]
            : []),
          {
            name: 'kafkajs',
            command: [process.execPath, kafkajsScan, bootstrap, topic, NEEDLE, String(reference.scanned)],
          },
        ],
        rounds,
      );
      const ours = results[0]!;
      const answer = JSON.parse(ours.answer) as { scanned: number; matched: number };
      const right = answer.scanned === reference.scanned && answer.matched === reference.matched;
      if (!right) missed++;
      console.log(
        `${name.padEnd(8)} ${total} x ${size} B  ${right ? `${answer.matched} matched, as Java counts` : `WRONG: ${ours.answer}, Java ${JSON.stringify(reference)}`}  load ${load()}`,
      );
      for (const { name: who, ms, spread } of results) {
        const ratio = ms / ours.ms;
        // Short runs are mostly start-up: their answers are judged, their times only shown.
        const bar = who === 'ours' || short ? undefined : bars[who as 'kcat' | 'kafkajs'];
        const kept = bar === undefined || ratio >= bar;
        if (!kept) missed++;
        const verdict = bar === undefined ? '' : `${kept ? 'ok' : 'MISSED'} (bar ${bar}x)`;
        console.log(
          `   ${who.padEnd(8)} ${ms.toFixed(0).padStart(6)} ms (${spread.map((s) => s.toFixed(0)).join('-')})  ${ratio.toFixed(2)}x  ${verdict}`,
        );
      }
      await tool.run('delete', topic);
    }
    await tool.close();
  } finally {
    await kafka.stop();
    rmSync(work, { recursive: true, force: true });
  }
  return missed;
}
