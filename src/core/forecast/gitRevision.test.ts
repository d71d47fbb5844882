import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { filesAtRevision, GitFailure, headLog } from './gitRevision.ts';

// A real git: what it says of odd states is the point.
const base = fs.mkdtempSync(path.join(os.tmpdir(), 'kafka-dapr-git-'));
afterAll(() => fs.rmSync(base, { recursive: true }));

const signal = AbortSignal.timeout(60_000);
const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'protocol.file.allow=always'];
const git = (cwd: string, ...args: string[]) => execFileSync('git', [...identity, ...args], { cwd, stdio: 'pipe' });
const write = (cwd: string, name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
  fs.writeFileSync(path.join(cwd, name), text);
};
const text = (group: string, name = 'pubsub') => `kind: Component\nmetadata:\n  name: ${name}\n  group: ${group}\n`;

let repo = '';
let n = 0;
beforeEach(() => {
  repo = path.join(base, String(++n));
  fs.mkdirSync(repo);
  git(repo, 'init', '-q', '-b', 'main');
  write(repo, 'components/pubsub.yaml', text('old'));
  write(repo, 'components/notes.txt', 'not ours');
  git(repo, 'add', '.');
  git(repo, 'commit', '-qm', 'before');
});

const at = (revision: string, operands: string[], cwd = repo, today: string[] = []) =>
  filesAtRevision(
    revision,
    operands,
    today.map((name) => ({ path: name })),
    { cwd, signal },
  );

describe('filesAtRevision', () => {
  it('names files as they are named today, from any folder', async () => {
    const file = { path: 'components/pubsub.yaml', text: text('old') };
    write(repo, 'components/pubsub.yaml', text('new'));
    expect(await at('HEAD', ['components'])).toEqual([file]);
    expect(await at('main', [path.join(repo, 'components', 'pubsub.yaml')])).toEqual([file]);
    expect(await at('HEAD', ['.'], path.join(repo, 'components'))).toEqual([{ ...file, path: 'pubsub.yaml' }]);
    expect(await at('HEAD', ['.'])).toEqual([file]);
    // The folder around the checkout is none.
    expect(await at('HEAD', [`${n}/components`], base)).toEqual([{ ...file, path: `${n}/components/pubsub.yaml` }]);
  });

  it('has what is gone today, and not what is new', async () => {
    fs.rmSync(path.join(repo, 'components/pubsub.yaml'));
    write(repo, 'components/added.yaml', 'kind: Subscription\n');
    expect((await at('HEAD', ['components'])).map((file) => file.path)).toEqual(['components/pubsub.yaml']);
    expect(await at('HEAD', ['components/added.yaml'])).toEqual([]);
  });

  it.each(['git mv', 'mv'])('finds a file that was moved by %s under its old name', async (how) => {
    write(repo, 'other.yaml', 'kind: Subscription\nmetadata: {name: s}\nspec: {topic: t}\n');
    git(repo, 'add', '.');
    git(repo, 'commit', '-qm', 'more');
    fs.mkdirSync(path.join(repo, 'deploy'));
    if (how === 'git mv') git(repo, 'mv', 'components/pubsub.yaml', 'deploy/kafka.yaml');
    else fs.renameSync(path.join(repo, 'components/pubsub.yaml'), path.join(repo, 'deploy/kafka.yaml'));
    write(repo, 'deploy/kafka.yaml', text('new').replaceAll('\n', '\r\n'));
    // Gone as well, but nothing like the new one.
    fs.rmSync(path.join(repo, 'other.yaml'));
    const old = [{ path: 'components/pubsub.yaml', text: text('old') }];
    expect(await at('HEAD', ['deploy'])).toEqual(old);
    expect(await at('HEAD', ['deploy/kafka.yaml'], repo, ['deploy/kafka.yaml'])).toEqual(old);
    expect(await at('HEAD', ['.'], path.join(repo, 'deploy'))).toEqual([
      { ...old[0], path: '../components/pubsub.yaml' },
    ]);
  });

  it('finds a component that moved out of a file that is still there, or into one that was', async () => {
    const dapr = (name: string, group: string) =>
      `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec:\n  type: pubsub.kafka\n  metadata: [{name: consumerGroup, value: ${group}}]\n`;
    const all = (...documents: string[]) => documents.join('---\n');
    write(repo, 'all.yaml', all(dapr('a', 'a-old'), dapr('b', 'b-old'), dapr('c', 'c-old')));
    write(repo, 'rest.yaml', dapr('d', 'd-old'));
    git(repo, 'add', '.');
    git(repo, 'commit', '-qm', 'all');
    write(repo, 'all.yaml', all(dapr('c', 'c-old')));
    write(repo, 'one.yaml', all(...['a', 'b', 'c', 'new'].map((name) => dapr(name, 'another'))));
    expect(await at('HEAD', ['one.yaml'])).toEqual([
      { path: 'all.yaml', text: expect.stringMatching(/^apiVersion[^]*a-old[^]*\n---\n[^]*b-old}\]$/) as string },
    ]);
    // What the operands have already is nobody else's.
    const both = await at('HEAD', ['one.yaml', 'all.yaml']);
    expect(both.map((file) => file.path)).toEqual(['all.yaml']);
    fs.rmSync(path.join(repo, 'rest.yaml'));
    write(repo, 'all.yaml', all(dapr('c', 'c-old'), dapr('d', 'd-new'), 'kind: x\nmore: lines\n'.repeat(9)));
    const into = await at('HEAD', ['all.yaml']);
    expect(into.map((file) => file.path)).toEqual(['all.yaml', 'rest.yaml']);
    expect(into[1]?.text).toContain('d-old');
    // Gone from two files at once: nobody can tell which of them it was.
    write(repo, 'all.yaml', dapr('e', 'e-1'));
    write(repo, 'rest.yaml', dapr('e', 'e-2'));
    git(repo, 'add', '.');
    git(repo, 'commit', '-qm', 'twice');
    write(repo, 'all.yaml', dapr('f', 'f'));
    write(repo, 'rest.yaml', dapr('g', 'g'));
    write(repo, 'two.yaml', dapr('e', 'e-new'));
    expect(await at('HEAD', ['two.yaml'])).toEqual([]);
  });

  it('asks which of the files below the operands are meant', async () => {
    write(repo, 'components/other.json', '{}');
    write(repo, 'components/third.yaml', 'kind: x\n');
    git(repo, 'add', '.');
    git(repo, 'commit', '-qm', 'more');
    fs.rmSync(path.join(repo, 'components/pubsub.yaml'));
    const named = (file: string) => file === 'components/pubsub.yaml';
    const today = [{ path: 'components/third.yaml' }];
    const found = await filesAtRevision('HEAD', ['components'], today, { cwd: repo, signal, named });
    expect(found.map((file) => file.path)).toEqual(['components/pubsub.yaml', 'components/third.yaml']);
  });

  it('takes a submodule at the commit that the repository around it names', async () => {
    const around = path.join(base, `${n}-around`);
    fs.mkdirSync(around);
    git(around, 'init', '-q', '-b', 'main');
    git(around, 'commit', '-qm', 'nothing yet', '--allow-empty');
    git(around, 'submodule', 'add', '-q', repo, 'shop');
    git(around, 'commit', '-qm', 'shop');
    const inside = path.join(around, 'shop');
    write(inside, 'components/pubsub.yaml', text('new'));
    git(inside, 'commit', '-qam', 'after');
    expect(await at('HEAD', ['shop/components'], around)).toEqual([
      { path: 'shop/components/pubsub.yaml', text: text('old') },
    ]);
    expect(await at('HEAD~1', ['shop/components'], around)).toEqual([]);
    expect((await at('HEAD', ['components'], inside))[0]?.text).toBe(text('new'));
    expect((await headLog(inside, signal)).endsWith(path.join('.git', 'modules', 'shop', 'logs', 'HEAD'))).toBe(true);
  });

  it('reads a worktree as its own branch has it', async () => {
    const tree = path.join(base, `${n}-tree`);
    git(repo, 'worktree', 'add', '-q', '-b', 'side', tree);
    write(tree, 'components/pubsub.yaml', text('side'));
    git(tree, 'commit', '-qam', 'side');
    expect((await at('HEAD', ['components'], tree))[0]?.text).toBe(text('side'));
    expect((await at('main', ['components'], tree))[0]?.text).toBe(text('old'));
    expect(fs.existsSync(await headLog(tree, signal))).toBe(true);
  });

  it('says what to do where git has no such revision', async () => {
    const failure = async (...args: Parameters<typeof at>) => {
      const error: unknown = await at(...args).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(GitFailure);
      return (error as Error).message;
    };
    expect(await failure('nowhere', ['components'])).toBe(
      `git knows no revision nowhere in ${repo}. git branch -a and git tag list the names there are.`,
    );
    expect(await failure('--help', ['components'])).toContain('git knows no revision --help');
    const shallow = path.join(base, `${n}-shallow`);
    git(repo, 'commit', '-qm', 'later', '--allow-empty');
    git(base, 'clone', '-q', '--depth', '1', `file://${repo}`, shallow);
    expect(await failure('HEAD~1', ['components'], shallow)).toMatch(/: this is a shallow clone\. .*fetch-depth: 0/);
    const empty = path.join(base, `${n}-empty`);
    fs.mkdirSync(empty);
    expect(await failure('HEAD', ['x.yaml'], empty)).toBe(
      'x.yaml is in no git checkout: there is nothing to compare it with.',
    );
    git(empty, 'init', '-q');
    expect(await failure('HEAD', ['x.yaml'], empty)).toContain('git knows no revision HEAD');
  });
});
