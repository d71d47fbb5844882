import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const lock = JSON.parse(readFileSync(path.join(path.dirname(import.meta.dirname), 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string; integrity?: string; resolved?: string; link?: boolean }>;
};
const packages = Object.entries(lock.packages).filter(([name]) => name !== '');

it('names no registry, so that everyone installs from their own', () => {
  expect(packages.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([]);
});

it('pins the content of every package', () => {
  expect(packages.filter(([, entry]) => !entry.integrity?.startsWith('sha512-')).map(([name]) => name)).toEqual([]);
});
