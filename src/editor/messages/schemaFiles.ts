import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Formats, SchemaFile } from '../../shared/messagesPage.ts';

/** Files beyond these are not looked at. */
const MOST_FILES = 500;
const LARGEST = 1 << 20;

/** The `.proto` and `.avsc` files of the workspace, by their path in it. `problems`: which are left out, and why. */
export async function schemaFiles(): Promise<{ files: SchemaFile[]; problems: string[] }> {
  const found = await vscode.workspace.findFiles('**/*.{proto,avsc}', '**/node_modules/**', MOST_FILES + 1);
  const problems: string[] = [];
  const read = async (uri: vscode.Uri): Promise<SchemaFile[]> => {
    const path = vscode.workspace.asRelativePath(uri);
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > LARGEST) throw new Error(l10n.t('it is larger than 1 MiB.'));
      return [{ path, text: Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8') }];
    } catch (error) {
      problems.push(l10n.t('{0} cannot be used: {1}', path, (error as Error).message));
      return [];
    }
  };
  const files = await Promise.all(found.slice(0, MOST_FILES).map(read));
  problems.sort();
  if (found.length > MOST_FILES)
    problems.push(l10n.t('Only {0} of the workspace’s .proto and .avsc files are looked at.', MOST_FILES));
  return { files: files.flat(), problems };
}

/** Do these formats read with a schema of a file of the workspace? */
export const readByFiles = (formats: Formats | undefined): boolean =>
  [formats?.key, formats?.value].some((format) => format?.startsWith('file:'));
