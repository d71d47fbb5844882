import type { FieldValue } from '../resources/component.ts';

/** One block of a PEM text, as Go's pem.Decode finds it. */
export interface PemBlock {
  label: string;
  /** `Name: value` lines above the body. */
  headers: string;
  /** The decoded body: one character per byte. */
  bytes: string;
}

/** The dashes start a line and end it, both labels are the same; blanks and line breaks in the body do not matter. */
const BLOCK =
  /(?<![^\n])-----BEGIN ([^\n]+)-----[ \t]*\r?\n((?:[^\n:]*:[^\n]*\n)*)([^-]*?)(?<![^\n])-----END \1-----[ \t]*(?![^\r\n])/g;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Every block of the text; what is between them, or is no block, Go skips. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(BLOCK)].flatMap(([, label = '', headers = '', body = '']) => {
    const base64 = body.replace(/\s/g, '');
    return BASE64.test(base64) ? [{ label, headers, bytes: atob(base64) }] : [];
  });
}

/** No block, but what instructions show: one whose body is left for somebody to fill in. */
export function isPemSample(text: string): boolean {
  return pemBlocks(text).length === 0 && /-----BEGIN [^-]*-----[^-]*(?:[<>]|\.\.\.)[^-]*-----END /.test(text);
}

/** The blocks of a field; undefined: it is empty, not known, or a sample. */
export function blocksIn(value: FieldValue): PemBlock[] | undefined {
  return value.known && value.text !== '' && !isPemSample(value.text) ? pemBlocks(value.text) : undefined;
}

export const isCertificate = ({ label }: PemBlock) => label === 'CERTIFICATE';

export const isPrivateKey = ({ label }: PemBlock) => /^(?:.* )?PRIVATE KEY$/.test(label);

export const isEncrypted = ({ label, headers }: PemBlock) => /ENCRYPTED/.test(label + headers);

/** Holds one DER SEQUENCE that is as long as it says, as every certificate and key is (X.690, sections 8.1 and 8.9). */
export function isWhole({ bytes }: PemBlock): boolean {
  const at = (i: number) => bytes.charCodeAt(i);
  if (bytes.length < 2 || at(0) !== 0x30) return false;
  const count = at(1) < 0x80 ? 0 : at(1) & 0x7f;
  const length = count === 0 ? at(1) : numberAt(bytes, 2, count);
  return count <= 4 && bytes.length === 2 + count + length;
}

function numberAt(bytes: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) value = value * 256 + bytes.charCodeAt(i);
  return value;
}

/** Whether the certificate is for another key, as far as the key's bytes tell (RFC 8017, 5915, 8410). */
export function isForAnotherKey(certificate: PemBlock, key: PemBlock): boolean {
  return !certificate.bytes.includes(publicPart(key.bytes));
}

/** Kinds of keys, as DER object identifiers. */
const ED25519 = '\x06\x03\x2b\x65\x70';
const CURVE = '\x06\x07\x2a\x86\x48\xce\x3d\x02\x01';

/** What the certificate of a key holds, too: RSA's modulus, the point of an elliptic curve, else the kind of key; empty: not known. */
function publicPart(key: string): string {
  // The kind of key and an empty NULL or nothing, then the public key: 32 bytes.
  if (key.includes(ED25519)) return `${ED25519}\x03\x21\x00`;
  const point = /\x03(?:[\x42\x62]|\x81\x86)\x00\x04[^]{64,}$/.exec(key)?.[0];
  if (point !== undefined) return point;
  const modulus = /\x02(?:\x81([\x80-\xff])|\x82([^]{2}))/.exec(key);
  if (modulus !== null) {
    const size = modulus[1] ?? modulus[2] ?? '';
    return key.substr(modulus.index, modulus[0].length + numberAt(size, 0, size.length));
  }
  return key.includes(CURVE) ? CURVE : '';
}

/** Do a certificate and a key make a pair for Go's tls.X509KeyPair? undefined: one is empty, not known, or no PEM at all. */
export function isPair(certificates: FieldValue, keys: FieldValue): boolean | undefined {
  const [certs, others] = [blocksIn(certificates), blocksIn(keys)];
  if (certs === undefined || others === undefined || certs.length === 0 || others.length === 0) return undefined;
  const [cert, key] = [certs.find(isCertificate), others.find(isPrivateKey)];
  if (cert === undefined || key === undefined || isEncrypted(key)) return false;
  return isWhole(cert) && isWhole(key) && !isForAnotherKey(cert, key);
}
