import * as vscode from 'vscode';
import type { TextRange } from '../../core/dapr/finding.ts';
import { lineStarts, positionAt } from '../../core/dapr/yaml/lines.ts';

/** File offsets -> editor ranges, for a text that need not be open in an editor. */
export function rangesIn(text: string): (range: TextRange) => vscode.Range {
  const starts = lineStarts(text);
  const position = (offset: number) => {
    const { line, column } = positionAt(starts, offset);
    return new vscode.Position(line, column);
  };
  return ({ start, end }) => new vscode.Range(position(start), position(end));
}
