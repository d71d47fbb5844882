import { expect, test } from 'vitest';
import type { TimelineData } from '../../src/shared/messagesPage.ts';
import { TimelineQuestion, type LoadTimeline } from './timelineQuestion.ts';

const data = (from: number) => ({ from }) as unknown as TimelineData;

/** Questions that are answered by hand, each with its signal. */
function questions() {
  const asked: { signal: AbortSignal; part: (d: TimelineData) => void; answer: (d: TimelineData) => void }[] = [];
  const load: LoadTimeline = (_query, signal, part) =>
    new Promise((answer) => {
      asked.push({ signal, part, answer });
    });
  const question = new TimelineQuestion(() => undefined);
  const ask = () => question.ask(load, { range: null, finest: false, again: false });
  return { asked, question, ask };
}

test('the next question ends the one before, whose late answer or part shows nothing', async () => {
  const { asked, question, ask } = questions();
  const first = ask();
  const second = ask();
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  asked[1]?.answer(data(2));
  await second;
  asked[0]?.part(data(0));
  asked[0]?.answer(data(1));
  await first;
  expect(question).toMatchObject({ data: data(2), loading: false, partial: false, problem: null });
});

test('a part is shown while the whole is awaited, and stays when that is stopped', () => {
  const { asked, question, ask } = questions();
  void ask();
  asked[0]?.part(data(1));
  expect(question).toMatchObject({ data: data(1), loading: true, partial: true });
  question.stop();
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(question).toMatchObject({ data: data(1), loading: false });
});
