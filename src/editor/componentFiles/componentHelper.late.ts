import type * as vscode from 'vscode';
import { startComponentHelper, type ComponentHelper } from './componentHelper.ts';
import * as declare from './declare.ts';
import * as explainLine from './explainLine.ts';
import * as handlerText from './handlerText.ts';
import * as hoverText from './hoverText.ts';
import * as lensesOf from './lensesOf.ts';
import * as links from './links.ts';
import type { LiveFacts } from './liveFacts.ts';
import * as newFiles from './newFiles.ts';
import * as quickFixes from './quickFixes.ts';
import * as suggestions from './suggestions.ts';

/** The helper with all its parts: one chunk, where a file on the disk costs nothing. */
export function startWholeHelper(facts: LiveFacts | null, extensionUri: vscode.Uri): ComponentHelper {
  return startComponentHelper(facts, extensionUri, {
    declare: () => Promise.resolve(declare),
    explainLine: () => Promise.resolve(explainLine),
    handlerText: () => Promise.resolve(handlerText),
    hoverText: () => Promise.resolve(hoverText),
    lensesOf: () => Promise.resolve(lensesOf),
    links: () => Promise.resolve(links),
    newFiles: () => Promise.resolve(newFiles),
    quickFixes: () => Promise.resolve(quickFixes),
    suggestions: () => Promise.resolve(suggestions),
  });
}
