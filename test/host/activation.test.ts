// The first file: what it says about loading holds until another test connects to a cluster.
import * as assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';

const extension = vscode.extensions.getExtension('kafka-dapr-explorer.kafka-dapr-explorer');

describe('the installed extension', () => {
  it('runs from its package, with the files that it ships and no others', async () => {
    assert.ok(extension);
    const entries = await vscode.workspace.fs.readDirectory(extension.extensionUri);
    const names = entries.map(([name]) => name).filter((name) => !name.startsWith('.'));
    // VS Code renames some texts when it installs.
    const expected = [
      'changelog.md',
      'dist',
      'docs',
      'license',
      'license.txt',
      'media',
      'package.json',
      'package.nls.json',
    ];
    const unknown = names.filter(
      (name) => ![...expected, 'package.nls.ko.json', 'readme.md'].includes(name.toLowerCase()),
    );
    assert.deepEqual(unknown, []);
    assert.ok(names.includes('package.nls.ko.json'));
  });

  it('registers every command that its manifest promises', async () => {
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });

  it('loads nothing of Kafka and no heavy library when it is activated', async () => {
    assert.ok(extension);
    await extension.activate();
    const dist = path.join(extension.extensionPath, 'dist') + path.sep;
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(dist));
    assert.ok(loaded.includes(path.join(dist, 'extension.js')));
    const late = loaded.map((file) => path.relative(dist, file)).filter((file) => file.startsWith('late'));
    // What a component file needs follows once the activation is over; the workspace has one.
    const follows = ['l10n.js', 'componentHelper.js', 'replay.js'];
    assert.deepEqual(
      late.map((file) => path.basename(file)).filter((file) => !follows.includes(file)),
      [],
    );
  });
});
