import { stripVTControlCharacters } from 'node:util';

/** What one level of tests came to. */
export interface LevelResult {
  passed: number;
  /** One line for each failure: where it is and the first line of its error. Told again at the end of a run. */
  failures: string[];
}

/** `WHERE: first line of ERROR`, without the colours of a terminal. */
export const failure = (where: string, error: string): string =>
  `${where}: ${stripVTControlCharacters(error).trimStart().split('\n', 1)[0]}`;

export type Say = (text: string) => void;

export const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
