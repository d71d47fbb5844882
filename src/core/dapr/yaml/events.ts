import { parseEvents, YAMLException, type Event } from 'js-yaml';
import type { TextRange } from '../finding.ts';

export interface ParseError {
  range: TextRange;
  /** The parser's reason, in English. */
  reason: string;
  /** The YAML is well formed, but has no JSON form (`.inf`, a map as key). */
  notJson: boolean;
}

const MAX_DEPTH = 200;

/** Stands for a line break in a quoted scalar (a private use character). */
const JOINED = '\uE001';

/** As YAML folds: one break is a blank, of several all but one stay. */
export function fold(text: string): string {
  if (!text.includes(JOINED)) return text;
  return text.replace(/[ \t]*(?:\uE001[ \t]*)+/g, (breaks) => {
    const count = breaks.split(JOINED).length - 1;
    return count === 1 ? ' ' : '\n'.repeat(count - 1);
  });
}

/** As many unindented lines of quoted text as are joined before giving up. */
const MAX_JOINED_LINES = 200;
/** Characters that are parsed again on the way, at most: a huge file is given up early. */
const MAX_REPARSED = 5_000_000;

/** Stands for the backslash of `\'` in a double-quoted text, which daprd reads as an apostrophe (a private use character). */
export const ESCAPED = '\uE002';

/** What daprd reads and this parser does not, with every offset kept; undefined: daprd does not read it either. */
function mended(text: string, reason: string, at: number): string | undefined {
  if (reason === 'deficient indentation') {
    const lineBreak = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1));
    if (lineBreak < 0) return undefined;
    const crlf = text[lineBreak - 1] === '\r';
    return text.slice(0, crlf ? lineBreak - 1 : lineBreak) + (crlf ? ' ' : '') + JOINED + text.slice(lineBreak + 1);
  }
  if (reason === 'unknown escape sequence' && text.startsWith("\\'", at - 1))
    return text.slice(0, at - 1) + ESCAPED + text.slice(at);
  // A comment right behind a closing quote or the mark of a block.
  const hash = /["'|>]#[^\r\n]*/y;
  hash.lastIndex = at - 1;
  const comment = hash.exec(text)?.[0];
  if (comment === undefined) return undefined;
  return text.slice(0, at) + ' '.repeat(comment.length - 1) + text.slice(at + comment.length - 1);
}

/** The document is at its end, and something follows: daprd goes no further (executed). */
const DOCUMENT_EXPECTED = 'end of the stream or a document separator is expected';
/** But for its next sign, which must be one. */
const NO_TOKEN = /^[ \r\n]*[\t@`%]/;

/** In brackets, or further to the right than what follows. */
function endsBefore(text: string, at: number): boolean {
  const start = /^(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*/.exec(text)?.[0].length ?? 0;
  const column = (offset: number) => offset - text.lastIndexOf('\n', offset - 1);
  return (/[{[]/.test(text.charAt(start)) || column(at) < column(start)) && !NO_TOKEN.test(text.slice(at));
}

/**
 * The parser's events. It asks that the lines of a quoted scalar are indented, which daprd does not: such a line break
 * becomes a {@link JOINED} mark, so that every offset stays; the scalar is folded when it is decoded.
 */
export function readEvents(source: string): { text: string; events: Event[]; unread?: number } | { error: ParseError } {
  let text = source;
  let unread: number | undefined;
  for (let joined = 0; ; joined++) {
    try {
      const events = parseEvents(text, { maxDepth: MAX_DEPTH });
      return unread === undefined ? { text, events } : { text, events, unread };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const at = Math.min(error.mark?.position ?? 0, text.length);
      if (error.reason === DOCUMENT_EXPECTED && unread === undefined && endsBefore(text, at)) {
        unread = at;
        text = text.slice(0, at);
        continue;
      }
      const spent = joined > MAX_JOINED_LINES || joined * text.length > MAX_REPARSED;
      const better = spent ? undefined : mended(text, error.reason, at);
      if (better === undefined) return { error: { range: lineRange(text, at), reason: error.reason, notJson: false } };
      text = better;
    }
  }
}

/** From an offset to the end of its line; the whole line before it when nothing is left. */
export function lineRange(text: string, offset: number): TextRange {
  let start = offset;
  while (start > 0 && (start >= text.length || isBreak(text, start)) && isBreak(text, start - 1)) start--;
  let end = start;
  while (end < text.length && !isBreak(text, end)) end++;
  if (end === start) {
    while (start > 0 && !isBreak(text, start - 1)) start--;
  }
  return { start, end };
}

export function isBreak(text: string, offset: number): boolean {
  const c = text.charCodeAt(offset);
  return c === 10 || c === 13;
}
