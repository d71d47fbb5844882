export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Says a finding and its bar; returns how many bars were missed. */
export function verdict(text: string, kept: boolean, bar: string): number {
  console.log(`   ${text}  ${kept ? 'ok' : 'MISSED'} (bar ${bar})`);
  return kept ? 0 : 1;
}
