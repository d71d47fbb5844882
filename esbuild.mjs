// Builds everything that ships into dist/: extension host, browser host, CLI, workers, webview pages, late chunks, l10n.
//   node esbuild.mjs [--watch] [--dev]
// A file named `x.late.ts` loads on first use: whoever imports it (with `await import('./x.late.ts')`) gets a separate
// chunk dist/late/x.js instead of a copy, since esbuild splits ES modules only and the host wants CommonJS.
import { build, context } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { helpTexts } from './scripts/helpTexts.mjs';
import { buildWeb } from './scripts/webBundle.mjs';

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');
const find = (dir, test) =>
  fs.existsSync(dir)
    ? fs
        .readdirSync(dir, { recursive: true })
        .map((f) => path.join(dir, String(f)))
        .filter((f) => test(f))
        .sort()
    : [];

const late = find('src', (f) => f.endsWith('.late.ts'));
const lateChunks = {
  name: 'late-chunks',
  setup(b) {
    const folder = b.initialOptions.outdir === 'dist/late' ? '.' : './late'; // chunks are siblings of each other
    b.onResolve({ filter: /\.late\.ts$/ }, (args) => {
      if (args.kind === 'entry-point') return undefined;
      return { path: `${folder}/${path.basename(args.path, '.late.ts')}.js`, external: true };
    });
    // One copy for all chunks of a process: it keeps the translations that its config() was given.
    b.onResolve({ filter: /^@vscode\/l10n$/ }, (args) =>
      args.kind === 'entry-point' ? undefined : { path: `${folder}/l10n.js`, external: true },
    );
  },
};

// js-yaml's tags, schemas and dumper are built when it is loaded, so a bundler keeps them all; we only parse. Each such
// declaration becomes a call without side effects, and what nobody uses goes: 18 KB of the browser's bundle.
const BUILT_ON_LOAD =
  /^var (\S+) = ((?:`|new RegExp\(|String\.raw`).*|(?:define\w+Tag\(|new Schema\(|\w+\.withTags\(|\{\n)[\s\S]*?^[\]})]+);$/gm;
// Of its errors we need the reason and the place only, and control characters are refused before it sees them. A text
// is cut at `---` before it is parsed, so that a directive never has the line it needs.
const UNUSED = /^function (makeSnippet|checkPrintable)\([\s\S]*?^\}/gm;
const DIRECTIVE = /^function readDirective\([\s\S]*?^\}/m;
const NO_DIRECTIVE = `function readDirective(state) {
  if (state.lineIndent > 0 || state.input.charCodeAt(state.position) !== 37) return false;
  throwError(state, 'directives end mark is expected');
}`;
const ERROR = /^var YAMLException = class[\s\S]*?^\};/m;
const SHORT_ERROR = `class YAMLException extends Error {
  static throwAt(_source, position, reason) {
    throw Object.assign(new YAMLException(reason), { reason, mark: { position } });
  }
}`;
const yamlParserOnly = {
  name: 'yaml-parser-only',
  setup(b) {
    b.onLoad({ filter: /js-yaml[\\/]dist[\\/]js-yaml\.mjs$/ }, ({ path: file }) => ({
      contents: fs
        .readFileSync(file, 'utf8')
        .replace(BUILT_ON_LOAD, 'var $1 = /* @__PURE__ */ (() => ($2))();')
        .replace(UNUSED, 'function $1() {}')
        .replace(DIRECTIVE, NO_DIRECTIVE)
        .replace(ERROR, SHORT_ERROR),
    }));
  },
};

// In the browser VS Code itself has the translations.
const hostTexts = {
  name: 'host-texts',
  setup(b) {
    b.onResolve({ filter: /^@vscode\/l10n$/ }, () => ({ path: path.resolve('src/webTexts.ts') }));
  },
};

const common = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  external: ['vscode', 'kerberos'],
  // Late chunks are CommonJS: `require` loads them without Node's loader of ES modules, which would parse them once more.
  supported: { 'dynamic-import': false },
  // ES modules among the libraries ask for it; in CommonJS the file's own name does the same service.
  define: { 'import.meta.url': '__filename' },
  plugins: [lateChunks],
};

const pages = find('webview', (f) => path.basename(f) === 'main.ts');
const exists = (entries) => Object.fromEntries(Object.entries(entries).filter(([, f]) => fs.existsSync(f)));

const web = {
  ...common,
  platform: 'browser',
  format: 'cjs',
  target: 'es2022',
  outdir: 'dist/web',
  external: ['vscode'],
  plugins: [yamlParserOnly, hostTexts],
  charset: 'utf8',
  entryPoints: { extension: 'src/extension.web.ts' },
};

const builds = [
  {
    ...node,
    outdir: 'dist',
    entryPoints: exists({ extension: 'src/extension.ts', cli: 'src/cli.ts', scanWorker: 'src/core/scan/worker.ts' }),
  },
  {
    ...node,
    outdir: 'dist/late',
    entryPoints: { l10n: '@vscode/l10n', ...Object.fromEntries(late.map((f) => [path.basename(f, '.late.ts'), f])) },
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    entryPoints: Object.fromEntries(pages.map((f) => [path.basename(path.dirname(f)), f])),
  },
  // Whole while it is worked on, so that its breakpoints are found.
  ...(dev ? [web] : []),
].filter((b) => Object.keys(b.entryPoints).length > 0);

/** l10n/<language>/*.json, one file per part of the product, become one bundle per language. */
function bundleTranslations() {
  fs.mkdirSync('dist/l10n', { recursive: true });
  for (const language of fs.readdirSync('l10n')) {
    const merged = {};
    for (const f of find(path.join('l10n', language), (f) => f.endsWith('.json')))
      Object.assign(merged, JSON.parse(fs.readFileSync(f, 'utf8')));
    fs.writeFileSync(`dist/l10n/bundle.l10n.${language}.json`, JSON.stringify(merged));
  }
}

const HELP = path.join('dist', 'help.json');

async function buildAll() {
  const results = [...(await Promise.all(builds.map((b) => build(b)))), ...(dev ? [] : await buildWeb(web))];
  const made = new Set(results.flatMap((r) => Object.keys(r.metafile.outputs)));
  // What an earlier build left behind would be shipped as well.
  for (const file of find('dist', (f) => fs.statSync(f).isFile() && !f.startsWith(path.join('dist', 'l10n'))))
    if (!made.has(file.split(path.sep).join('/')) && file !== HELP) fs.rmSync(file);
}

bundleTranslations();
fs.writeFileSync(HELP, JSON.stringify(helpTexts('.')));
if (watch) {
  console.log('▸ building');
  const contexts = await Promise.all(builds.map((b) => context(b)));
  await Promise.all(contexts.map((c) => c.watch()));
  console.log('▸ watching'); // the task of .vscode/tasks.json waits for these two lines
} else {
  await buildAll().catch(() => (process.exitCode = 1)); // esbuild has printed what is wrong
}
