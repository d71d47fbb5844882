import { expect, test } from 'vitest';
import { dragColumn } from './columnDrag.ts';

/** The edge of a column of 150 px on which a pointer went down at 300; tells what became of it. */
function edge() {
  const captured: number[] = [];
  const at = Object.assign(new EventTarget(), { setPointerCapture: (id: number) => captured.push(id) });
  const told: string[] = [];
  const send = (name: string, clientX = 0, pointerId = 7) =>
    at.dispatchEvent(Object.assign(new Event(name), { clientX, pointerId }));
  dragColumn(at as unknown as HTMLElement, { pointerId: 7, clientX: 300 } as PointerEvent, {
    width: 150,
    show: (width) => told.push(`show ${width}`),
    done: (width) => told.push(`done ${width}`),
  });
  return { captured, told, send };
}

test('a column follows the pointer and is as wide as it was let go, and moves no more', () => {
  const { captured, told, send } = edge();
  send('pointermove', 320);
  send('pointermove', 10);
  send('pointermove', 350);
  send('pointerup', 350);
  send('lostpointercapture');
  send('pointermove', 500);
  expect(captured).toEqual([7]);
  expect(told).toEqual(['show 170', 'show 36', 'show 200', 'done 200']);
});

test.each(['pointercancel', 'lostpointercapture'])('by %s it is as wide as before, and moves no more', (name) => {
  const { told, send } = edge();
  send('pointermove', 320);
  send(name);
  send('pointermove', 500);
  send('pointerup', 500);
  expect(told).toEqual(['show 170', 'show null']);
});

test('a press that pulls nothing sets no width, and another finger none either', () => {
  const { told, send } = edge();
  send('pointermove', 900, 8);
  send('pointerup', 900, 8);
  send('pointerup', 300);
  expect(told).toEqual([]);
});
