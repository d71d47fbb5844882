// Packs dist/ and what belongs to it into one .vsix, and refuses one that is too big for people on slow lines.
//   node scripts/package.ts [FILE]       default: kafka-dapr-explorer.vsix
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const MAX_BYTES = 1.5 * 1024 * 1024;

const root = path.dirname(import.meta.dirname);
const vsix = path.resolve(root, process.argv[2] ?? 'kafka-dapr-explorer.vsix');
mkdirSync(path.dirname(vsix), { recursive: true });
const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
try {
  // Everything is bundled: no node_modules inside. Links of the README stay as they are: no repository is named.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  execFileSync(process.execPath, [vsce, 'package', ...options], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  });
} catch (error) {
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  console.error(`vsce could not pack the extension:\n${stdout ?? ''}${stderr ?? String(error)}`);
  process.exit(1);
}
const { size } = statSync(vsix);
const shown = `${path.relative(root, vsix)} ${(size / 1024 / 1024).toFixed(2)} MB`;
if (size > MAX_BYTES) {
  console.error(
    `${shown}: more than ${MAX_BYTES / 1024 / 1024} MB. \`npx vsce ls --no-dependencies\` lists what is in it.`,
  );
  process.exit(1);
}
console.log(shown);
