/** What one level of tests came to. */
export interface LevelResult {
  passed: number;
  failed: number;
}

export type Say = (text: string) => void;

export const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
