// What package.json promises: the links of its texts lead somewhere, and the files that it names are there.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface Manifest {
  icon: string;
  contributes: {
    commands: { command: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string; when: string }[];
    walkthroughs: { steps: { media: { image: string }; completionEvents: string[] }[] }[];
  };
}

const root = path.resolve(import.meta.dirname, '..');
const read = async <T>(file: string): Promise<T> => JSON.parse(await readFile(path.join(root, file), 'utf8')) as T;
const { icon, contributes } = await read<Manifest>('package.json');
const commands = new Set(contributes.commands.map(({ command }) => command));
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

describe('the manifest', () => {
  it.each(['package.nls.json', 'package.nls.ko.json'])('links to commands of its own in %s', async (file) => {
    const texts = Object.values(await read<Record<string, string | { message: string }>>(file));
    const linked = texts
      .map((text) => (typeof text === 'string' ? text : text.message))
      .flatMap((text) => [...text.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, command]) => command ?? ''));
    expect(linked.length).toBeGreaterThan(8);
    expect(linked.filter((command) => !commands.has(command))).toEqual([]);
  });

  it('names pictures that are there', () => {
    const pictures = [icon, ...steps.map(({ media }) => media.image)];
    expect(pictures.filter((picture) => !existsSync(path.join(root, picture)))).toEqual([]);
  });

  it('ends each step of the walkthrough by what it is about', () => {
    const events = steps.flatMap(({ completionEvents }) => completionEvents);
    const awaited = events.filter((event) => event.startsWith('onCommand:')).map((event) => event.slice(10));
    expect(awaited).toHaveLength(7);
    expect(awaited.filter((command) => !commands.has(command))).toEqual([]);
  });

  it('offers nothing in a browser that needs a socket', async () => {
    const helper = await readFile(path.join(root, 'src/editor/componentFiles/register.ts'), 'utf8');
    const everywhere = new Set(
      [...helper.matchAll(/registerCommand\('([\w.]+)'/g)].map(([, command]) => command ?? ''),
    );
    everywhere.delete('kafkaDapr.readSidecar');
    const { commandPalette = [], 'view/item/context': onRows = [], ...menus } = contributes.menus;
    const inPalette = new Map(commandPalette.map(({ command, when }) => [command, when]));
    const shown = [
      ...[...commands].map((command) => ({ command, when: inPalette.get(command) ?? '' })),
      // No row of a cluster is there.
      ...onRows.filter(({ when }) => !when?.startsWith('view == kafkaDapr.clusters')),
      ...Object.values(menus).flat(),
      ...contributes.keybindings,
    ];
    const here = ({ when = '' }: { when?: string }) => when !== 'false' && !when.includes('!kafkaDapr.browser');
    // Nor a page or a document of ours.
    const onOurs = /resourceScheme == kafka-dapr-|webviewId == /;
    const offered = shown.filter(
      (entry) => here(entry) && !onOurs.test(entry.when ?? '') && !everywhere.has(entry.command),
    );
    expect(offered).toEqual([]);
  });
});
