/** `{uuid}` and so on in another spelling: daprd leaves them as literal text. */
const DAPR_TAG_LIKE = /\{+\s*(uuid|pod[-_]?name|app[-_]?id|namespace)\s*\}+/gi;
const EXACT_TAGS = /\{(?:uuid|podName|appID|namespace)\}/g;
const DAPR_TAGS = new Set(['{uuid}', '{podName}', '{appID}', '{namespace}']);

const PLACEHOLDERS = [
  /\$\{[^{}]+\}/,
  /\$\([A-Za-z_][\w.]*\)/,
  /\{(?:env|secret|var):[^{}]+\}/i,
  /%[A-Z_][A-Z0-9_]*%/,
  /<[A-Za-z][\w .:/-]*>/,
  /\{[A-Z][A-Z0-9_]*\}/,
  /\b(?:TODO|FIXME|CHANGE_?ME|REPLACE_?ME)\b/,
];

/** The part of a value that another tool (or a person) was meant to replace; daprd takes it as it is. */
export function placeholderIn(text: string): string | undefined {
  if (!/[<{%$]|TODO|FIXME|ME\b/.test(text) || /-----BEGIN/.test(text)) return undefined;
  const rest = text.replace(DAPR_TAG_LIKE, '');
  for (const pattern of PLACEHOLDERS) {
    const match = pattern.exec(rest);
    if (match !== null) return match[0];
  }
  return undefined;
}

/** Dapr's own tags in a text that are misspelt, with what was meant. */
export function misspeltTags(text: string): { written: string; meant: string; index: number }[] {
  if (!text.replace(EXACT_TAGS, '').includes('{')) return [];
  return [...text.matchAll(DAPR_TAG_LIKE)].flatMap((match) => {
    const written = match[0];
    if (DAPR_TAGS.has(written)) return [];
    const word = (match[1] ?? '').toLowerCase().replace(/[-_]/, '');
    const meant = word === 'podname' ? '{podName}' : word === 'appid' ? '{appID}' : `{${word}}`;
    return [{ written, meant, index: match.index }];
  });
}
