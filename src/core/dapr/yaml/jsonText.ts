/**
 * JSON as people write it into VS Code's files: comments and commas before a closing bracket become blanks, so that it
 * is YAML with every offset kept.
 */
export function maskJsonComments(text: string): string {
  if (!/\/\/|\/\*|,\s*[\]}]/.test(text)) return text;
  return text.replace(
    /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*[\]}])/g,
    (found) => (found.startsWith('"') ? found : found.replace(/[^\r\n]/g, ' ')),
  );
}

/** By its name. What is written into it must stay JSON. */
export const isJsonFile = (path: string): boolean => /\.json$/i.test(path);

/** It is JSON, but for comments and commas before a closing bracket. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(maskJsonComments(text));
    return true;
  } catch {
    return false;
  }
}

/** Flow style YAML with each word in quotes; numbers, true, false and null are what they are. */
export function flowAsJson(yaml: string): string {
  return yaml.replace(/"(?:[^"\\]|\\.)*"|[^\s"{}[\],:][^"{}[\],:]*/g, (word) =>
    word.startsWith('"') || isJson(word) ? word : JSON.stringify(word),
  );
}
