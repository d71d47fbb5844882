// What this product is measured by, against its peers in the same run and on the same brokers. Absolute times belong to the
// machine; the ratios are what is judged.
//   npm run bench [-- PART...] [--short] [--only none,lz4]
import { parseArgs } from 'node:util';
import { explorerBench, loopBench } from './explorer.ts';
import { forecastBench } from './forecast.ts';
import { gridBench } from './grid.ts';
import { lintBench } from './lint.ts';
import { pageBench } from './page.ts';
import { scanBench } from './scan.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, only: { type: 'string' } },
});
/** Each returns how many bars it missed. */
const PARTS: Readonly<Record<string, () => Promise<number>>> = {
  scan: () => scanBench({ short: values.short, ...(values.only && { only: values.only.split(',') }) }),
  page: () => pageBench({ short: values.short }),
  grid: () => gridBench({ short: values.short }),
  explorer: explorerBench,
  loop: loopBench,
  forecast: forecastBench,
  lint: lintBench,
};
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
let missed = 0;
for (const [name, part] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`▸ ${name}`);
  missed += await part();
}
console.log(missed === 0 ? 'every bar is kept' : `${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;
