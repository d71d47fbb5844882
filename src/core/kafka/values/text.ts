import { isUtf8 } from 'node:buffer';

/** Bytes as text, or undefined when they are not valid UTF-8 (nothing is replaced silently). */
export function utf8(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** The first characters of bytes as text, for a row: at most `limit` UTF-16 units, of which a cut character is left out. */
export function preview(bytes: Buffer, limit: number): { text: string; truncated: boolean } {
  // A character takes at most four bytes: more than that is never needed.
  const head = bytes.length > limit * 4 ? bytes.subarray(0, limit * 4) : bytes;
  if (!looksLikeText(head, head.length < bytes.length)) {
    const shown = bytes.subarray(0, Math.floor(limit / 3));
    return { text: hexBytes(shown), truncated: shown.length < bytes.length };
  }
  const text = head.toString('utf8');
  if (text.length <= limit) return { text, truncated: head.length < bytes.length };
  const cut = text.slice(0, limit);
  return { text: /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut, truncated: true };
}

/** `48 65 6c`: what is not text is shown as bytes. */
export const hexBytes = (bytes: Buffer): string => bytes.toString('hex').replace(/..(?=.)/g, '$& ');

/** UTF-8 without control characters other than tab and line ends. `cut`: the last character may be incomplete. */
export function looksLikeText(bytes: Buffer, cut = false): boolean {
  let end = bytes.length;
  // Up to three bytes at the end may begin a character that goes on behind the cut.
  if (cut) while (end > 0 && bytes.length - end < 4 && (bytes[end - 1]! & 0xc0) === 0x80) end--;
  if (cut && end > 0 && bytes[end - 1]! >= 0xc0) end--;
  const whole = end === bytes.length ? bytes : bytes.subarray(0, end);
  if (!isUtf8(whole)) return false;
  for (const byte of whole)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) return false;
  return true;
}
