import { expect, it } from 'vitest';
import { SecretStore, type SecretStorage } from './secretStore.ts';

/** The editor's storage: tells of every write, whether it changes something or not. */
function storage(): SecretStorage & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const listeners = new Set<(event: { key: string }) => void>();
  const tell = (key: string) => listeners.forEach((listener) => listener({ key }));
  return {
    kept,
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)).then(() => tell(key)),
    delete: (key) => Promise.resolve(void kept.delete(key)).then(() => tell(key)),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

it('tells which cluster has other secrets, and says nothing of the same ones', async () => {
  const beneath = storage();
  const secrets = new SecretStore(beneath);
  const changed: string[] = [];
  const told = secrets.onDidChange((id) => changed.push(id));
  await secrets.set('a', { password: 'wrong', registryPassword: 'r' });
  await secrets.set('a', { registryPassword: 'r', password: 'wrong', token: '' });
  expect(changed).toEqual(['a']);
  await secrets.set('a', { password: 'right', registryPassword: 'r' });
  await secrets.set('b', {});
  await beneath.store('another/extension', 'x');
  expect(changed).toEqual(['a', 'a']);
  await secrets.set('a', { password: '' });
  expect(changed).toEqual(['a', 'a', 'a']);
  expect(await secrets.get('a')).toEqual({});
  expect([...beneath.kept.keys()]).toEqual(['another/extension']);
  told.dispose();
  await secrets.set('a', { token: 't' });
  expect(changed.length).toBe(3);
});
