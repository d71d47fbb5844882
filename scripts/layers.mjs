// The import rule of the house: which part may import which. Enforced by ESLint (see eslint.config.mjs).
// A part is the longest prefix below that a file's path starts with; a root may import everything.
import path from 'node:path';

/** part -> parts it may import, besides itself. */
const LAYERS = {
  'src/shared': [],
  'src/core/kafka': ['src/shared'],
  'src/core/dapr': ['src/shared'],
  'src/core/scan': ['src/shared', 'src/core/kafka', 'src/core/dapr'],
  'src/core/forecast': ['src/shared', 'src/core/kafka', 'src/core/dapr', 'src/core/scan'],
  'src/cli': ['src/shared', 'src/core'],
  'src/editor/panels': ['src/shared'],
  'src/editor/explorer': ['src/shared', 'src/core', 'src/editor/panels'],
  'src/editor/messages': ['src/shared', 'src/core', 'src/editor/panels'],
  'src/editor/produce': ['src/shared', 'src/core', 'src/editor/panels'],
  'src/editor/forecast': ['src/shared', 'src/core', 'src/editor/panels'],
  'src/editor/connections': ['src/shared', 'src/core', 'src/editor/panels'],
  // The YAML helper also runs in a browser host: of the core it may see the pure half only.
  'src/editor/componentFiles': ['src/shared', 'src/core/dapr'],
  webview: ['src/shared'],
};

const partOf = (file) =>
  Object.keys(LAYERS)
    .filter((part) => file === part || file.startsWith(part + '/'))
    .sort((a, b) => b.length - a.length)[0];

/** Parts that must run in a browser: no Node built-ins. */
const BROWSER = [
  'src/core/dapr',
  'src/editor/componentFiles',
  'src/shared',
  'webview',
  'src/extension.web.ts',
  'src/webPieces.ts',
  'src/webTexts.ts',
];

export const layersRule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      layer: '{{from}} must not import {{to}} (scripts/layers.mjs).',
      node: '{{from}} runs in a browser: no Node built-in ({{to}}).',
      vscode: '{{from}} must not import vscode: only src/editor and the roots do.',
      kafkajs: 'Only src/core/kafka/transport imports kafkajs.',
    },
  },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const from = partOf(file);
    const isTest = /\.test\.ts$/.test(file);
    const check = (node, specifier) => {
      if (typeof specifier !== 'string') return;
      if (specifier.startsWith('node:')) {
        if (!isTest && BROWSER.some((p) => file === p || file.startsWith(p + '/')))
          context.report({ node, messageId: 'node', data: { from: file, to: specifier } });
        return;
      }
      if (specifier === 'vscode') {
        if (/^src\/(core|shared|cli)\b/.test(file) || file.startsWith('webview/'))
          context.report({ node, messageId: 'vscode', data: { from: file } });
        return;
      }
      if (/^kafkajs(\/|$)/.test(specifier)) {
        if (/^src\//.test(file) && !file.startsWith('src/core/kafka/transport/'))
          context.report({ node, messageId: 'kafkajs' });
        return;
      }
      if (!specifier.startsWith('.') || !from) return;
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
      if (target === from || target.startsWith(from + '/')) return;
      if (isTest && target.startsWith('scripts/')) return; // a test may read what the build puts together
      const to = partOf(target) ?? target;
      if (!LAYERS[from].some((p) => to === p || to.startsWith(p + '/')))
        context.report({ node, messageId: 'layer', data: { from, to } });
    };
    return {
      ImportDeclaration: (n) => check(n, n.source.value),
      ExportNamedDeclaration: (n) => n.source && check(n, n.source.value),
      ExportAllDeclaration: (n) => check(n, n.source.value),
      ImportExpression: (n) => check(n, n.source.value),
    };
  },
};
