// The VS Code server from npm: the same workbench and extension host as the desktop's, in a browser. code-server's
// package carries it (lib/vscode) without its dependencies, whose installation would compile native code; the packages
// that it really loads are pure JavaScript, and the native ones it can do without get stand-ins (serverStubs/).
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const CODE_SERVER = '4.139.1'; // VS Code 1.139.1
const RIPGREP = '1.18.0';
const REVISION = 2; // to be raised when the recipe below changes
/** Built-in extensions that tests and demo do not need: half of the unpacked size. */
const LEFT_OUT = ['copilot', 'mermaid-markdown-features', 'git', 'ms-vscode.*'];
const STUBS: Record<string, string> = {
  '@vscode/spdlog': 'spdlog.cjs',
  '@vscode/ripgrep-universal': 'ripgrep-universal.cjs',
  '@vscode/native-watchdog': 'native-watchdog.cjs',
  '@vscode/deviceid': 'deviceid.cjs',
  '@microsoft/1ds-core-js': '1ds-core-js.cjs',
  '@microsoft/1ds-post-js': '1ds-post-js.cjs',
};

const run = promisify(execFile);
const npm = (args: string[], cwd: string) =>
  run('npm', args, { cwd, shell: process.platform === 'win32', maxBuffer: 16 << 20 });

/** The folder of a server that is ready to run (`out/server-main.js`), downloaded into `cache` when it is not there. */
export async function ensureServer(cache: string, say: (text: string) => void): Promise<string> {
  const home = path.join(cache, `vscode-server-${CODE_SERVER}-${process.platform}-${process.arch}-${REVISION}`);
  if (await exists(home)) return home;
  say(`Downloading the VS Code server from npm (code-server ${CODE_SERVER}, 80 MB, once) …`);
  const scratch = `${home}.${process.pid}`;
  await mkdir(scratch, { recursive: true });
  try {
    const started = Date.now();
    const server = path.join(scratch, 'server');
    await Promise.all([
      unpack(`code-server@${CODE_SERVER}`, server, 'package/lib/vscode', [
        ...LEFT_OUT.map((name) => `package/lib/vscode/extensions/${name}`),
        '*.map',
      ]),
      installPackages(path.join(scratch, 'packages')),
    ]);
    await rename(path.join(scratch, 'packages', 'node_modules'), path.join(server, 'node_modules'));
    await rename(server, home).catch(async (error: unknown) => {
      if (!(await exists(home))) throw error; // another run was faster
    });
    say(`The VS Code server is ready after ${((Date.now() - started) / 1000).toFixed(0)} s: ${home}`);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The VS Code server could not be installed. It needs npm's registry and tar. ${why}`, { cause });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return home;
}

async function installPackages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(import.meta.dirname, 'serverPackages.json'), path.join(folder, 'package.json'));
  const modules = path.join(folder, 'node_modules');
  const binary = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const [, ripgrep] = await Promise.all([
    npm(['install', '--omit=dev', '--ignore-scripts', '--no-package-lock', '--prefer-offline', '--silent'], folder),
    unpack(
      `@vscode/ripgrep-universal@${RIPGREP}`,
      path.join(folder, 'ripgrep'),
      `package/bin/${process.platform}-${process.arch}/${binary}`,
    ),
  ]);
  for (const [name, stub] of Object.entries(STUBS)) {
    const target = path.join(modules, name);
    await mkdir(target, { recursive: true });
    await copyFile(path.join(import.meta.dirname, 'serverStubs', stub), path.join(target, 'index.js'));
    await writeFile(path.join(target, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
  }
  const rg = path.join(modules, '@vscode/ripgrep-universal', binary);
  await rename(path.join(ripgrep, binary), rg);
  await chmod(rg, 0o755);
}

/** Unpacks `inside`, a folder or file three levels deep in an npm package, into `target`; resolves to `target`. */
async function unpack(spec: string, target: string, inside: string, exclude: string[] = []): Promise<string> {
  const download = `${target}.download`;
  await mkdir(download, { recursive: true });
  await mkdir(target, { recursive: true });
  await npm(['pack', '--silent', spec], download);
  const archive = (await readdir(download)).find((f) => f.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack ${spec} gave no archive.`);
  await run('tar', [
    'xzf',
    path.join(download, archive),
    '-C',
    target,
    '--strip-components=3',
    ...exclude.map((pattern) => `--exclude=${pattern}`),
    inside,
  ]);
  await rm(download, { recursive: true });
  return target;
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
