/** The first line of what was thrown: parsers draw the place below their sentence. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
