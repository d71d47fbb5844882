const BLOCK = /^-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n((?:[\s\S]*?\n)?)-----END \1-----/m;

/** What a PEM text is, as Go's pem.Decode sees it. */
export type Pem = { kind: 'block'; label: string; encrypted: boolean } | { kind: 'none' } | { kind: 'sample' };

/** Finds the first PEM block; `sample` is one whose body was left for somebody to fill in. */
export function readPem(text: string): Pem {
  const match = BLOCK.exec(text);
  if (match === null) return { kind: 'none' };
  const [, label = '', body = ''] = match;
  if (/[<>]|\.\.\./.test(body) || body.trim() === '') return { kind: 'sample' };
  const headers = /^(?:[\w-]+: .*\r?\n)+\r?\n/.exec(body)?.[0] ?? '';
  const base64 = body.slice(headers.length).replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return { kind: 'none' };
  const encrypted = /ENCRYPTED/.test(label) || /^Proc-Type: 4,ENCRYPTED/m.test(headers);
  return { kind: 'block', label, encrypted };
}
