// The browser's build. dist/web/extension.js loads with a window; each `import()` in it leads to a file beside it, which
// loads when somebody asks for what is in it. esbuild splits ES modules only, and a browser host loads none: so the
// sources are cut into ES modules in memory, and the files that ship are bundled from those. What a late file shares with
// the first one is handed to it (src/webPieces.ts), so that nothing is there twice.
import { build } from 'esbuild';
import path from 'node:path';

/** Bytes of the file that loads with a window. */
const MAX_START = 250_000;
const LOADER = path.resolve('src/webPieces.ts');
const NAMED_IMPORT = /^import \{([^}]*)\} from "\.\/([^"]+)";$/gm;

/** Resolves to esbuild's results of what it wrote. `options`: esbuild's for the sources; their one entry point starts. */
export async function buildWeb(options) {
  const cut = await build({ ...options, format: 'esm', splitting: true, minify: false, write: false });
  const texts = new Map(cut.outputFiles.map((file) => [path.basename(file.path), file.text]));
  const outputs = new Map(Object.entries(cut.metafile.outputs).map(([f, output]) => [path.basename(f), output]));
  const start = `${Object.keys(options.entryPoints)[0]}.js`;
  const late = [...outputs.keys()].filter((file) => outputs.get(file).entryPoint && file !== start);
  const nameOf = (file) => path.basename(outputs.get(file).entryPoint, '.ts');
  const atStart = reached(start, outputs);
  const ofStart = (file) => atStart.has(file);

  const handedOver = new Map();
  for (const piece of late)
    for (const file of reached(piece, outputs, ofStart))
      for (const [, names, from] of texts.get(file).matchAll(NAMED_IMPORT))
        if (ofStart(from)) for (const name of names.split(',')) add(handedOver, from, name.trim().split(' as ')[0]);

  const bundle = (entry, outfile, edit, others) =>
    build({
      ...options,
      ...others,
      entryPoints: undefined,
      outdir: undefined,
      outfile: path.join(options.outdir, outfile),
      stdin: { contents: entry, resolveDir: '.' },
      plugins: [cutFiles((file) => edit(texts.get(file)))],
    });
  const results = await Promise.all([
    bundle(
      startText(start, handedOver),
      start,
      (text) => text.replace(/\bimport\("\.\/([^"]+)"\)/g, (_, file) => `importPiece("${nameOf(file)}")`),
      { format: 'cjs', inject: [LOADER] },
    ),
    ...late.map((file) =>
      bundle(pieceText(file, outputs.get(file).exports), `${nameOf(file)}.js`, (text) => ownImports(text, ofStart), {
        format: 'esm',
      }),
    ),
  ]);
  tell(results.map(({ metafile }) => Object.entries(metafile.outputs)[0]));
  return results;
}

/** `file` and what loads with it, but for what is there already. */
function reached(file, outputs, isThere = () => false, found = new Set()) {
  found.add(file);
  for (const { path: name, kind } of outputs.get(file).imports) {
    const other = path.basename(name);
    if (kind === 'import-statement' && outputs.has(other) && !isThere(other) && !found.has(other))
      reached(other, outputs, isThere, found);
  }
  return found;
}

function add(names, file, name) {
  names.set(file, (names.get(file) ?? new Set()).add(name));
}

const cutFiles = (textOf) => ({
  name: 'cut-files',
  setup(b) {
    b.onResolve({ filter: /^\.\/[\w.-]+\.js$/ }, (args) => ({ path: args.path.slice(2), namespace: 'cut' }));
    b.onLoad({ filter: /./, namespace: 'cut' }, (args) => ({ contents: textOf(args.path), resolveDir: '.' }));
  },
});

/** The first file's text: the entry point, with what it hands to the others. */
function startText(start, handedOver) {
  const files = [...handedOver].map(([file, names], i) => ({ file, names: [...names], as: (name) => `${name}_${i}` }));
  return [
    `import { openPieces } from ${JSON.stringify(LOADER)};`,
    `import { activate as start } from './${start}';`,
    ...files.map(
      ({ file, names, as }) => `import { ${names.map((n) => `${n} as ${as(n)}`).join(', ')} } from './${file}';`,
    ),
    'export function activate(context) {',
    `  openPieces(context.extensionUri, {${files.map(({ file, names, as }) => `'${file}': { ${names.map((n) => `${n}: ${as(n)}`).join(', ')} }`).join(', ')}});`,
    '  start(context);',
    '}',
  ].join('\n');
}

/** A late file's text, which is evaluated as the body of a function of `piece` and `shared`. */
const pieceText = (file, names) =>
  `import { ${names.join(', ')} } from './${file}';\npiece.exports = { ${names.join(', ')} };`;

/** Takes from `shared` what the first file has; that it ran before is sure. */
const ownImports = (text, ofStart) =>
  text
    .replace(/^import \* as (\w+) from "vscode";$/gm, 'const $1 = shared.vscode;')
    .replace(/^import "\.\/([^"]+)";$/gm, (all, file) => (ofStart(file) ? '' : all))
    .replace(NAMED_IMPORT, (all, names, file) =>
      ofStart(file) ? `const {${names.replaceAll(' as ', ': ')}} = shared["${file}"];` : all,
    );

/** Says what loads when; throws where the first file is too big for people on slow lines. */
function tell([[file, { bytes }], ...late]) {
  const shown = (n) => n.toLocaleString('en');
  const sum = late.reduce((total, [, output]) => total + output.bytes, 0);
  const list = late.map(([f, output]) => `${path.basename(f, '.js')} ${shown(output.bytes)}`).join(', ');
  console.log(`${file} ${shown(bytes)} B; on first use ${shown(sum)} B: ${list}`);
  if (bytes > MAX_START) throw new Error(`${file}: more than ${shown(MAX_START)} B load with a window.`);
}
