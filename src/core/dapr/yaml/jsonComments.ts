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
