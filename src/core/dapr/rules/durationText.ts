import { integerError } from './integerText.ts';

/** Units of Go's time.ParseDuration in ms. */
const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * A duration as daprd decodes it: Go's form (`1h30m`) or a bare integer in `unit`; empty is 0.
 * Milliseconds, or undefined when daprd refuses the text. Source: KIT:metadata/duration.go:87-100, KIT:config/decode.go:106-118.
 */
export function parseDuration(text: string, unit: 's' | 'ms'): number | undefined {
  if (text === '') return 0;
  const go = parseGoDuration(text);
  if (go !== undefined) return go;
  if (integerError(text, 'Int', true) !== undefined) return undefined;
  // Go multiplies without a look at the range.
  const nanoseconds = BigInt.asIntN(64, BigInt(text.replace('+', '')) * (unit === 's' ? 1_000_000_000n : 1_000_000n));
  return Number(nanoseconds) / 1e6;
}

/** Go's time.ParseDuration in ms: no bare numbers but 0. */
export function parseGoDuration(text: string): number | undefined {
  const read = readGoDuration(text);
  return typeof read === 'number' ? read : undefined;
}

/** The error text of Go's time.ParseDuration for a text it refuses. */
export function goDurationError(text: string): string {
  const read = readGoDuration(text);
  return typeof read === 'string' ? read : '';
}

const MAX_MS = 2 ** 63 / 1e6;

const AMOUNT = /(?:\d+\.?\d*|\.\d+)/y;
const UNIT = /[^.\d]*/y;

/** Step by step as Go does it, so that the error is Go's: ms, or why not. */
function readGoDuration(text: string): number | string {
  const why = (what: string) => `time: ${what} duration ${JSON.stringify(text)}`;
  const sign = /^[-+]/.test(text) ? 1 : 0;
  if (text.length === sign + 1 && text.endsWith('0')) return 0;
  let sum = 0;
  let at = sign;
  do {
    const amount = matchAt(AMOUNT, text, at);
    if (amount === '') return why('invalid');
    const unit = matchAt(UNIT, text, at + amount.length);
    if (unit === '') return why('missing unit in');
    const size = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (size === undefined) return why(`unknown unit ${JSON.stringify(unit)} in`);
    sum += Number(amount) * size;
    at += amount.length + unit.length;
  } while (at < text.length);
  if (sum > MAX_MS) return why('invalid');
  return text.startsWith('-') ? -sum : sum;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** A bare integer, whose unit the field decides. */
export function isBareInteger(text: string): boolean {
  return /^[-+]?\d+$/.test(text);
}

/** A length in Go's form for people: 30000000 -> `8h20m`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const parts: string[] = [];
  let rest = Math.round(ms / 1000);
  for (const [unit, size] of [
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount}${unit}`);
  }
  return ms % 1000 === 0 ? parts.join('') : `${ms}ms`;
}
