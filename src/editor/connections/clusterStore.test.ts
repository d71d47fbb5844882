import type * as Fs from 'node:fs';
import { mkdirSync, rmSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import { ClusterStore } from './clusterStore.ts';

/** What the system says to one more watch. */
const refusal = vi.hoisted((): { code?: string } => ({}));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>();
  const watch = (folder: string, options: Fs.WatchOptions, changed: () => void) => {
    if (refusal.code !== undefined) throw Object.assign(new Error('no'), { code: refusal.code });
    return fs.watch(folder, options, changed);
  };
  return { ...fs, watch };
});

const profile = (id: string, name = id): ClusterProfile => ({ id, name, bootstrap: [`${id}:9092`] });
const names = (store: ClusterStore) => store.list().map((c) => c.profile.name);

let folder: string;
const open: ClusterStore[] = [];

/** One window's store on the shared folder. */
function window(): ClusterStore {
  const store = new ClusterStore(path.join(folder, 'clusters'));
  open.push(store);
  store.open();
  return store;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cluster-store-'));
});
afterEach(async () => {
  delete refusal.code;
  for (const store of open.splice(0)) store.dispose();
  await rm(folder, { recursive: true });
});

test('what is saved is there after a restart, in order', async () => {
  const first = window();
  await first.save(profile('b'));
  await first.save(profile('a'));
  await first.save({ ...profile('b'), name: 'renamed' });
  expect(names(window())).toEqual(['renamed', 'a']);
});

test('two windows that save at the same moment keep both clusters', async () => {
  const [one, two] = [window(), window()];
  await Promise.all([
    ...Array.from({ length: 10 }, (_, i) => one.save(profile(`one-${i}`))),
    ...Array.from({ length: 10 }, (_, i) => two.save(profile(`two-${i}`))),
  ]);
  const third = window();
  expect(names(third).toSorted()).toEqual(
    [
      ...Array.from({ length: 10 }, (_, i) => `one-${i}`),
      ...Array.from({ length: 10 }, (_, i) => `two-${i}`),
    ].toSorted(),
  );
});

test('a window sees what another one saves and deletes, without asking', async () => {
  const [one, two] = [window(), window()];
  let changes = 0;
  two.onDidChange(() => changes++);
  await one.save(profile('a'));
  await expect.poll(() => names(two)).toEqual(['a']);
  await one.delete('a');
  await expect.poll(() => names(two)).toEqual([]);
  expect(changes).toBe(2);
});

test('a favourite set in one window survives a rename from another that has not seen it', async () => {
  const [one, two] = [window(), window()];
  await one.save(profile('a'));
  two.refresh();
  await one.setFavourite('a', 'orders', true);
  await two.save({ ...profile('a'), name: 'renamed' });
  one.refresh();
  expect(one.get('a')).toEqual({ profile: { ...profile('a'), name: 'renamed' }, order: 1, favourites: ['orders'] });
  await one.setFavourite('a', 'orders', false);
  expect(one.get('a')?.favourites).toEqual([]);
});

test('moving changes places one by one and stops at the ends', async () => {
  const store = window();
  for (const id of ['a', 'b', 'c', 'd']) await store.save(profile(id));
  await store.move('d', -1);
  expect(names(store)).toEqual(['a', 'b', 'd', 'c']);
  await store.move('d', -1);
  await store.move('d', -1);
  await store.move('d', -1);
  expect(names(store)).toEqual(['d', 'a', 'b', 'c']);
  await store.move('a', 1);
  expect(names(store)).toEqual(['d', 'b', 'a', 'c']);
  await store.move('c', 1);
  expect(names(store)).toEqual(['d', 'b', 'a', 'c']);
});

test('a foreign or broken file hides no other cluster', async () => {
  const store = window();
  await store.save(profile('a'));
  await writeFile(path.join(folder, 'clusters', 'x.json'), '{"half": ');
  await writeFile(path.join(folder, 'clusters', 'y.json'), 'null');
  await writeFile(path.join(folder, 'clusters', 'z.json'), '{"profile":{"id":"z"}}');
  await writeFile(path.join(folder, 'clusters', 'w.json'), '{"profile":{"id":"w","name":"w","bootstrap":[9092]}}');
  store.refresh();
  expect(names(store)).toEqual(['a']);
});

test('a copy of a file is no second cluster of the same id', async () => {
  const store = window();
  await store.save(profile('a'));
  await copyFile(path.join(folder, 'clusters', 'a.json'), path.join(folder, 'clusters', 'a (copy).json'));
  store.refresh();
  expect(names(store)).toEqual(['a']);
});

test('what is wrong beside a profile leaves the cluster', async () => {
  const saved = { profile: profile('a'), order: 'first', favourites: 'orders' };
  await mkdir(path.join(folder, 'clusters'));
  await writeFile(path.join(folder, 'clusters', 'a.json'), JSON.stringify(saved));
  const store = window();
  expect(store.list()).toEqual([{ profile: profile('a'), order: 0, favourites: [] }]);
  await store.setFavourite('a', 'orders', true);
  expect(store.get('a')?.favourites).toEqual(['orders']);
});

test('a folder that cannot be made stops nothing until something is saved, and then says why', async () => {
  await writeFile(path.join(folder, 'clusters'), 'in the way');
  const store = window();
  expect(names(store)).toEqual([]);
  await expect(store.save(profile('a'))).rejects.toThrow(/ENOTDIR/);
  await rm(path.join(folder, 'clusters'));
  await store.save(profile('a'));
  expect(names(store)).toEqual(['a']);
});

test('an id cannot leave the folder, and no temporary file stays', async () => {
  const store = window();
  await store.save(profile('../../evil'));
  expect(await readdir(path.join(folder, 'clusters'))).toEqual(['..%2F..%2Fevil.json']);
  expect(JSON.parse(await readFile(path.join(folder, 'clusters', '..%2F..%2Fevil.json'), 'utf8'))).toMatchObject({
    profile: { id: '../../evil' },
  });
  expect(names(window())).toEqual(['../../evil']);
});

test('a system without a watch to spare takes the live updates, not the clusters', async () => {
  const other = window();
  await other.save(profile('a'));
  refusal.code = 'ENOSPC';
  const store = window();
  expect(names(store)).toEqual(['a']);
  await store.save(profile('b'));
  expect(names(store)).toEqual(['a', 'b']);
});

test('a file that cannot be read hides no other cluster, nor the one that was known', async () => {
  await mkdir(path.join(folder, 'clusters', 'locked.json'), { recursive: true });
  const store = window();
  await store.save(profile('a'));
  await store.save(profile('b'));
  expect(names(store)).toEqual(['a', 'b']);
  const file = path.join(folder, 'clusters', 'b.json');
  // At once: the watcher must not look in between, when there is none.
  rmSync(file);
  mkdirSync(file);
  store.refresh();
  expect(names(store)).toEqual(['a', 'b']);
});

test('a folder that somebody deletes empties the list', async () => {
  const store = window();
  await store.save(profile('a'));
  await rm(path.join(folder, 'clusters'), { recursive: true });
  await expect.poll(() => names(store)).toEqual([]);
});
