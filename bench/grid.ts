import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { MessagesPage } from '../test/e2e/messagesPage.ts';
import { openWindow } from '../test/e2e/window.ts';
import { openTool } from '../test/support/kafka/tool.ts';
import { useKafka } from '../test/support/kafka/useKafka.ts';
import { buildExtension, packExtension } from '../test/support/runner/build.ts';
import { until } from '../test/support/vscode/until.ts';
import { load } from './contest.ts';
import { frames } from './frames.ts';
import { median, verdict } from './judge.ts';

const ROWS = 1_000_000;
/** Parts of the scrollbar; none near another, so that no row is there before it is asked for. */
const PLACES = [0.1, 0.83, 0.37, 0.61, 0.22, 0.95, 0.5, 0.74, 0.05];
/** Records a second, in so many writes. */
const RATE = 20_000;
const WRITES = 20;
const TOPIC = 'grid';

/**
 * The grid in a real workbench: any place of a million rows, then frames while records stream in. What is new ten times a
 * second is drawn over several frames (webview/messages/rowSheets.ts): each of them counts. Returns the bars missed.
 */
export async function gridBench({ short }: { short: boolean }): Promise<number> {
  const say = (line: string) => console.log(line);
  await buildExtension(say);
  process.env['KAFKA_DAPR_VSIX'] = await packExtension(say);
  // A browser's trace is what tells a frame's work.
  process.env['VSCODE_HOST'] = 'server';
  const kafka = await useKafka({ log: say });
  const tool = openTool(kafka);
  try {
    await tool.run('bulk', TOPIC, 1, ROWS, 100, 'none');
    const profile = { id: 'bench', name: 'bench', bootstrap: kafka.bootstrap.split(',') };
    // As on the desktop and in vscode.dev the page has a thread of its own; the workbench is not what is measured.
    const window = await openWindow({}, { clusters: [{ profile }], ownOrigins: true });
    try {
      const page = await MessagesPage.openByCommand(window, { clusterId: profile.id, topic: TOPIC });
      await page.from('earliest');
      await page.to('follow');
      await page.button('Start reading').click();
      await page.status(`matched ${ROWS.toLocaleString('en')}`);
      console.log(`   Kafka ${kafka.version}, ${ROWS} rows, load ${load()}`);
      const missed = await jumps(page);

      const browser = window.page.context().browser();
      if (!browser) throw new Error('the window is no browser');
      const grid = page.frame.getByRole('grid');
      await grid.press('End');
      let rate = 0;
      const { work, atOnce, share, longest, workbench } = await frames(browser, window.page, page.frame, async () => {
        const { written, ms } = await produce(kafka.bootstrap, short ? 5 : 15);
        rate = (written / ms) * 1000;
        const rows = String(ROWS + written + 1);
        await until('all of them', async () => (await grid.getAttribute('aria-rowcount')) === rows);
      });
      const p95 = percentile95(work);
      console.log(`   ${rate.toFixed(0)} records/s arrive at the newest row, ${work.length} frames, load ${load()}`);
      console.log(
        `   the thread works ${(share * 100).toFixed(0)} % of the time; in the 1/60 s from a frame on p95 ${percentile95(atOnce).toFixed(1)} ms; the workbench, which hands on what comes: ${workbench.toFixed(1)} ms a frame in its own thread`,
      );
      return (
        missed +
        verdict(
          `main-thread work a frame: median ${median(work).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
          p95 <= 8,
          '8 ms',
        ) +
        verdict(
          `longest task ${longest.cpu.toFixed(0)} ms (by the clock ${longest.ms.toFixed(0)} ms)`,
          longest.cpu <= 50,
          '50 ms',
        )
      );
    } finally {
      await window.close();
    }
  } finally {
    await tool.run('delete', TOPIC);
    await tool.close();
    await kafka.stop();
  }
}

const percentile95 = (values: number[]): number => values.sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1]!;

/** From moving the scrollbar to the end of the frame with the rows of that place. */
async function jumps(page: MessagesPage): Promise<number> {
  const times: number[] = [];
  for (const part of PLACES) {
    const ms = await page.frame.getByRole('grid').evaluate(
      async (grid, { part, rows }) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const drawn = () => {
          const found = [...grid.querySelectorAll('.layer .row')];
          // One partition from its first record: a row's offset is its index.
          const right = found.every(
            (row) =>
              row.querySelector('.offset')?.textContent.replaceAll(/\D/g, '') ===
              String(Number(row.getAttribute('aria-rowindex')) - 2),
          );
          const first = Number(found[0]?.getAttribute('aria-rowindex'));
          return right && found.length > 5 && Math.abs(first - rows * part) < rows / 1000;
        };
        await frame();
        const start = performance.now();
        grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * part;
        do {
          await frame();
          if (performance.now() - start > 10_000) throw new Error(`no rows at ${part}`);
        } while (!drawn());
        // Behind the drawing of the frame that is being prepared.
        await new Promise<void>((resolve) => setTimeout(resolve));
        return performance.now() - start;
      },
      { part, rows: ROWS },
    );
    times.push(ms);
  }
  const ms = median(times);
  return verdict(
    `scroll to any of ${PLACES.length} places: ${ms.toFixed(0)} ms, at most ${Math.max(...times).toFixed(0)} ms`,
    ms <= 100,
    '100 ms',
  );
}

/** Writes at {@link RATE} for so many seconds; a write that is late is followed by the next at once. */
async function produce(bootstrap: string, seconds: number): Promise<{ written: number; ms: number }> {
  const producer = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  const messages = Array.from({ length: RATE / WRITES }, (_, i) => ({
    partition: 0,
    key: String(i),
    value: 'x'.repeat(100),
  }));
  const start = performance.now();
  for (let write = 0; write < seconds * WRITES; write++) {
    await wait(Math.max(0, start + (write * 1000) / WRITES - performance.now()));
    await producer.send({ topic: TOPIC, messages });
  }
  const ms = performance.now() - start;
  await producer.disconnect();
  return { written: seconds * RATE, ms };
}
