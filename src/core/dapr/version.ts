const ZERO = '0'.charCodeAt(0);
/** More than any part of a version is. */
const PART = 100_000;

/**
 * A number that orders versions of up to three parts as they follow each other (1.18.2 before 1.18.10); a leading `v`
 * and what is behind the third part do not count. Rules ask many thousand times, so nothing is allocated.
 */
export function versionOrder(version: string): number {
  let value = 0;
  let at = version.startsWith('v') ? 1 : 0;
  for (let place = 0; place < 3; place++, at++) {
    let part = 0;
    for (let digit; (digit = version.charCodeAt(at) - ZERO) >= 0 && digit <= 9; at++) part = part * 10 + digit;
    value = value * PART + part;
  }
  return value;
}
