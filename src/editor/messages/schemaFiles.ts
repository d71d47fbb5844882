import * as vscode from 'vscode';
import type { Formats, SchemaFile } from '../../shared/messagesPage.ts';

/** Files beyond these are not looked at. */
const MOST_FILES = 500;
const LARGEST = 1 << 20;

/** The `.proto` and `.avsc` files of the workspace, by their path in it. */
export async function schemaFiles(): Promise<SchemaFile[]> {
  const uris = await vscode.workspace.findFiles('**/*.{proto,avsc}', '**/node_modules/**', MOST_FILES);
  const files = await Promise.all(
    uris.map(async (uri): Promise<SchemaFile[]> => {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > LARGEST) return [];
      const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
      return [{ path: vscode.workspace.asRelativePath(uri), text }];
    }),
  );
  return files.flat();
}

/** Do these formats read with a schema of a file of the workspace? */
export const readByFiles = (formats: Formats | undefined): boolean =>
  [formats?.key, formats?.value].some((format) => format?.startsWith('file:'));
