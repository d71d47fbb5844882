/** The end of the first PEM certificate's validity, ms since the epoch; undefined when it cannot be read. */
export function certificateExpiry(text: string): number | undefined {
  const body = /-----BEGIN CERTIFICATE-----\s*([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/.exec(text)?.[1];
  if (body === undefined) return undefined;
  const base64 = body.replace(/\s/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  // Validity is a SEQUENCE of notBefore and notAfter: two times in a row, UTCTime (0x17, 13 bytes) or GeneralizedTime
  // (0x18, 15 bytes), RFC 5280 section 4.1.2.5.
  const bytes = [...atob(base64)].map((c) => c.charCodeAt(0));
  for (let i = 0; i + 15 < bytes.length; i++) {
    const before = timeAt(bytes, i);
    const after = before && timeAt(bytes, before.next);
    if (after) return after.time;
  }
  return undefined;
}

function timeAt(bytes: readonly number[], at: number): { time: number; next: number } | undefined {
  const length = bytes[at] === 0x17 ? 13 : bytes[at] === 0x18 ? 15 : 0;
  if (length === 0 || bytes[at + 1] !== length) return undefined;
  const next = at + 2 + length;
  const text = String.fromCharCode(...bytes.slice(at + 2, next));
  if (!/^\d{12,14}Z$/.test(text)) return undefined;
  const year = length === 15 ? '' : Number(text.slice(0, 2)) < 50 ? '20' : '19';
  const digits = year + text;
  const part = (from: number, to: number) => Number(digits.slice(from, to));
  return { time: Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(8, 10), part(10, 12), part(12, 14)), next };
}
