import { NOT_UTF8 } from './parse.ts';

/**
 * The text of a file as an editor shows it, without its byte order mark: UTF-8, or UTF-16 where the mark says so, which
 * daprd reads too. What is neither becomes {@link NOT_UTF8}: daprd refuses the document it stands in.
 */
export function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const mark =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(mark).decode(bytes).replaceAll('\ufffd', NOT_UTF8);
  }
}

/** Whether bytes that were decoded hold what is neither. */
export function isDamaged(text: string): boolean {
  return text.includes(NOT_UTF8);
}

/**
 * What an editor shows of a file with such bytes, as {@link decode} gives it, every offset the same: the editor put U+FFFD in
 * their place, or was told of another encoding and shows letters, the first of which then stands for all.
 */
export function asDamaged(shown: string): string {
  return shown.includes('\ufffd') ? shown.replaceAll('\ufffd', NOT_UTF8) : shown.replace(/[\u0080-\uffff]/, NOT_UTF8);
}
