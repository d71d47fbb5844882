// What `import()` becomes in the browser's build (scripts/webBundle.mjs). The worker in which a browser host runs us lets
// nobody import modules or scripts; it evaluates our one file as the body of a function, and so do we with the others.
import * as vscode from 'vscode';

type Exports = Record<string, unknown>;

let folder: vscode.Uri;
let shared: Exports = {};
const pieces = new Map<string, Promise<Exports>>();

/** Once, before the first piece is wanted. `modules`: what the first file hands to the others, by its files in the build. */
export function openPieces(extensionUri: vscode.Uri, modules: Record<string, Exports>): void {
  folder = vscode.Uri.joinPath(extensionUri, 'dist', 'web');
  shared = { vscode, ...modules };
}

/** The exports of dist/web/<name>.js. Rejects when it cannot be read; who asks again tries again. */
export function importPiece(name: string): Promise<Exports> {
  let piece = pieces.get(name);
  if (!piece) {
    piece = load(vscode.Uri.joinPath(folder, `${name}.js`));
    piece.catch(() => pieces.delete(name));
    pieces.set(name, piece);
  }
  return piece;
}

async function load(file: vscode.Uri): Promise<Exports> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const piece = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own file, read as the host read the first one
  const evaluate = new Function('piece', 'shared', `${text}\n//# sourceURL=${file.toString()}`) as (
    piece: { exports: Exports },
    shared: Exports,
  ) => void;
  evaluate(piece, shared);
  return piece.exports;
}
