// Which texts the product shows, read from the source: the argument of every `l10n.t(…)` and every %key% of package.json.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { helpTexts } from './helpTexts.mjs';

export interface ShownText {
  text: string;
  /** `file:line`, from the root. */
  where: string;
}

export interface SourceTexts {
  texts: ShownText[];
  /** Calls whose text is not a literal: no tool can find it, so nobody translates it. */
  notLiteral: string[];
}

/** Translates the texts of hovers, which are data. */
const TRANSLATES_DATA = 'src/core/dapr/help/helpTexts.ts';

/** The texts of src/ and webview/, tests apart. */
export function sourceTexts(root: string): SourceTexts {
  const found: SourceTexts = { texts: textsOfHelp(root), notLiteral: [] };
  const files = globSync('{src,webview}/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts') && file.split(path.sep).join('/') !== TRANSLATES_DATA,
  );
  for (const file of files.sort()) textsOf(file, readFileSync(path.join(root, file), 'utf8'), found);
  return found;
}

function textsOfHelp(root: string): ShownText[] {
  const { keys, resources, beliefs, bulk } = helpTexts(root);
  return [
    ...Object.values(keys).flatMap((key) => Object.values(key).flat()),
    ...Object.values(resources),
    ...beliefs.flatMap(({ belief, verdict, answer }) => [belief, verdict, answer]),
    ...bulk.answers.map(([, name]) => name),
    ...bulk.notes,
  ].map((text) => ({ text, where: 'src/core/dapr/help' }));
}

export function textsOf(file: string, code: string, into: SourceTexts): void {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslation(node.expression)) {
      const where = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      const texts = literals(node.arguments[0]);
      if (texts) into.texts.push(...texts.map((text) => ({ text, where })));
      else into.notLiteral.push(where);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** `l10n.t` and `vscode.l10n.t`. */
function isTranslation(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 't') return false;
  const owner = callee.expression;
  return (ts.isPropertyAccessExpression(owner) ? owner.name : owner).getText() === 'l10n';
}

/** The text, or the texts of a conditional, of a call's first argument. */
function literals(argument: ts.Expression | undefined): string[] | undefined {
  if (!argument) return undefined;
  if (ts.isStringLiteralLike(argument)) return [argument.text];
  if (ts.isParenthesizedExpression(argument)) return literals(argument.expression);
  return undefined;
}

export interface Translations {
  /** English -> translation, of all parts. */
  texts: Map<string, string>;
  /** Texts that two parts translate differently: which one wins would be chance. */
  conflicts: string[];
}

/** l10n/LANGUAGE/*.json, as the build merges them. */
export function translations(root: string, language: string): Translations {
  const result: Translations = { texts: new Map(), conflicts: [] };
  for (const file of globSync(`l10n/${language}/*.json`, { cwd: root }).sort()) {
    const part = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
    for (const [text, translated] of Object.entries(part)) {
      const other = result.texts.get(text);
      if (other !== undefined && other !== translated) result.conflicts.push(text);
      result.texts.set(text, translated);
    }
  }
  return result;
}

/** The distinct `{0}`, `{1}` … of a text, sorted. */
export const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
