import type { Document } from '../resources/document.ts';

const COMMENT = /^[^\S\r\n]*#[^\S\r\n]*kafka-dapr-disable-next-line[^\S\r\n]+([A-Z]-\d+(?:[ \t]*,[ \t]*[A-Z]-\d+)*)/;

/** Lines in which a rule is switched off by a comment above: `# kafka-dapr-disable-next-line K-01 reason`. */
export interface Suppression {
  rules: ReadonlySet<string>;
  start: number;
  end: number;
}

/**
 * The "next line" is the next one that is neither blank nor a comment; where a list item begins there, all of it: the
 * comment stands above `- name: initialOffset`, the finding on the value below.
 */
export function suppressions(document: Document): Suppression[] {
  if (!document.text.includes('kafka-dapr-disable-next-line')) return [];
  const found: Suppression[] = [];
  let open: Set<string> | undefined;
  let item: { column: number; suppression: Suppression } | undefined;
  let start = 0;
  for (const line of document.text.split('\n')) {
    const end = start + line.length;
    const match = COMMENT.exec(line);
    if (match?.[1] !== undefined) open = new Set([...(open ?? []), ...match[1].split(',').map((id) => id.trim())]);
    else if (!/^\s*(?:#|$)/.test(line)) {
      const column = line.search(/\S/);
      if (item !== undefined && column > item.column) item.suppression.end = end;
      else item = undefined;
      if (open !== undefined) {
        const suppression = { rules: open, start, end };
        found.push(suppression);
        if (/^\s*-\s/.test(line)) item = { column, suppression };
        open = undefined;
      }
    }
    start = end + 1;
  }
  return found;
}

export function isSuppressed(list: readonly Suppression[], rule: string, offset: number): boolean {
  return list.some((s) => s.rules.has(rule) && offset >= s.start && offset <= s.end);
}
