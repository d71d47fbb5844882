import { describe, expect, it } from 'vitest';
import { ChangeRefused, createGate, type Confirm } from './gate.ts';

const preview = { title: 'Delete the topic orders', items: ['orders'], subject: 'orders' };
const asked: (string | null)[] = [];
const answering =
  (answer: boolean): Confirm =>
  (_preview, typed) => {
    asked.push(typed);
    return Promise.resolve(answer);
  };

describe('the gate', () => {
  it('refuses on a read-only cluster without asking', async () => {
    asked.length = 0;
    const gate = createGate({ name: 'prod', mode: 'read-only' }, answering(true));
    await expect(gate.pass(preview)).rejects.toThrow('prod is saved as read-only: nothing can be changed.');
    expect(asked).toEqual([]);
  });

  it('tells at once where no answer could open it', () => {
    expect(() => createGate({ name: 'prod', mode: 'read-only' }, answering(true)).check()).toThrow(ChangeRefused);
    createGate({ name: 'prod', mode: 'production' }, answering(false)).check();
  });

  it('wants the name typed on a production cluster only', async () => {
    asked.length = 0;
    await createGate({ name: 'prod', mode: 'production' }, answering(true)).pass(preview);
    await createGate({ name: 'local' }, answering(true)).pass(preview);
    expect(asked).toEqual(['orders', null]);
  });

  it('changes nothing when the person says no', async () => {
    const refused = createGate({ name: 'local' }, answering(false)).pass(preview);
    await expect(refused).rejects.toSatisfy((e) => e instanceof ChangeRefused && e.byPerson);
  });
});
