const BLOCK = /^-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n((?:[\s\S]*?\n)?)-----END \1-----/m;

/** What a PEM text is, as Go's pem.Decode sees it. */
export type Pem =
  { kind: 'block'; label: string; encrypted: boolean; whole: boolean } | { kind: 'none' } | { kind: 'sample' };

/** Finds the first PEM block (`whole`: it holds one DER value and nothing else); `sample` is one whose body was left for somebody to fill in. */
export function readPem(text: string): Pem {
  const match = BLOCK.exec(text);
  if (match === null) return { kind: 'none' };
  const [, label = '', body = ''] = match;
  if (/[<>]|\.\.\./.test(body) || body.trim() === '') return { kind: 'sample' };
  const headers = /^(?:[\w-]+: .*\r?\n)+\r?\n/.exec(body)?.[0] ?? '';
  const base64 = body.slice(headers.length).replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return { kind: 'none' };
  const encrypted = /ENCRYPTED/.test(label) || /^Proc-Type: 4,ENCRYPTED/m.test(headers);
  return { kind: 'block', label, encrypted, whole: isSequence(base64) };
}

/** A DER SEQUENCE that is as long as it says, as every certificate and key is (X.690, sections 8.1 and 8.9). */
function isSequence(base64: string): boolean {
  const bytes = atob(base64);
  const at = (i: number) => bytes.charCodeAt(i);
  if (bytes.length < 2 || at(0) !== 0x30) return false;
  const short = at(1) < 0x80;
  const count = short ? 0 : at(1) & 0x7f;
  if (count > 4) return false;
  let length = short ? at(1) : 0;
  for (let i = 0; i < count; i++) length = length * 256 + at(2 + i);
  return bytes.length === 2 + count + length;
}
