/** One document of a file, as daprd cuts it out. Offsets are UTF-16, in the file. */
export interface DocumentText {
  start: number;
  text: string;
  /** Offset of the `---` line that ended it, or -1 at the end of the file. */
  separator: number;
  /** The separator line has text after `---` that is neither blank nor a comment: daprd drops that line (C-12). */
  separatorText: string;
  /** The file ends within that line, so many characters behind the dashes: daprd waits for more and reads nothing of this. */
  lost: number;
}

/**
 * Cuts a file the way daprd does: at every newline followed by `---`, whatever follows on that line and before YAML
 * is looked at (scenario y-dashes-in-blockscalar). A byte order mark belongs to no document.
 */
export function splitDocuments(file: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = file.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    const cut = file.indexOf('\n---', start > 0 ? start - 1 : 0);
    if (cut < 0) {
      documents.push({ start, text: file.slice(start), separator: -1, separatorText: '', lost: 0 });
      return documents;
    }
    const lineEnd = file.indexOf('\n', cut + 1);
    const behind = file.slice(cut + 4, lineEnd < 0 ? file.length : lineEnd);
    const rest = behind.trim();
    // The newline before the dashes belongs to no document: a block scalar at its end has none (see parseYaml).
    const text = cut > start ? file.slice(start, cut) : '';
    documents.push({
      start,
      text,
      separator: cut + 1,
      separatorText: rest.startsWith('#') ? '' : rest,
      lost: lineEnd < 0 ? behind.length : 0,
    });
    if (lineEnd < 0) return documents;
    start = lineEnd + 1;
  }
}

/**
 * Cuts an indented text (a document in a ConfigMap's block scalar) at its indented `---` lines. `offset` is where the
 * text starts in its file.
 */
export function splitIndented(text: string, offset: number): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  for (const match of text.matchAll(/^[ ]*---[ \t]*(?:#.*)?\r?\n/gm)) {
    if (match.index > start)
      documents.push({
        start: offset + start,
        text: text.slice(start, match.index),
        separator: offset + match.index,
        separatorText: '',
        lost: 0,
      });
    start = match.index + match[0].length;
  }
  if (start < text.length)
    documents.push({ start: offset + start, text: text.slice(start), separator: -1, separatorText: '', lost: 0 });
  return documents;
}
