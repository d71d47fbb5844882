const language = () => document.documentElement.lang || 'en';

/** `12,530`: with the thousands separators of the editor's language. */
export function formatCount(value: number): string {
  return value.toLocaleString(language());
}
