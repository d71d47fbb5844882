/** Base64 (RFC 4648, padded) to bytes; undefined: the text is none. Node alone would skip what is wrong. */
export function base64Bytes(text: string): Buffer | undefined {
  const well = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text);
  return well ? Buffer.from(text, 'base64') : undefined;
}
