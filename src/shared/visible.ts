// Text from elsewhere (payloads, names of groups, clients, clusters) as it may stand among other text.

/** Line breaks and tabs as signs, other control characters as their pictures, bidi controls and lone surrogates by number. */
export function oneLine(text: string): string {
  return visible(text)
    .replaceAll(/\r\n|\r|\n/g, '⏎')
    .replaceAll('\t', '⇥');
}

/** Nothing in a payload may hide or reorder what stands around it; line breaks, tabs and emoji joiners stay. */
export function visible(text: string): string {
  return text.replaceAll(/(?![\n\r\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) => {
    const code = c.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
