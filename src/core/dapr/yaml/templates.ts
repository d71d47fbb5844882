/** Stands in a parsed text for every character that a template tool will replace (a private use character). */
export const TEMPLATE_MARK = '\uE000';

const ACTION = /\{\{(?:(?!\}\})[\s\S])*?\}\}/g;
/** `{{appID}}` is a misspelt Dapr template, not an action of a template tool. */
const DAPR_LOOKALIKE = /^\{\{\s*(?:uuid|pod[-_]?name|namespace|app[-_]?id)\s*\}\}$/i;
const CONTROL =
  /^\{\{-?\s*(?:\/\*|if|else|end|range|with|define|block|template|break|continue|include|toYaml|nindent|[$][\w.]*\s*:?=)/;

export interface Masked {
  /** As long as the original, every offset kept: actions replaced by {@link TEMPLATE_MARK}, whole-line ones by blanks. */
  text: string;
  /** Something was replaced. */
  templated: boolean;
  /** Whole lines come or go (`{{ if }}`, `{{ include }}`): what is missing or there twice cannot be told. */
  conditional: boolean;
}

/** Hides the actions of Helm and of other `{{ }}` tools from the YAML parser. */
export function maskTemplates(text: string): Masked {
  if (!text.includes('{{')) return { text, templated: false, conditional: false };
  let templated = false;
  let conditional = false;
  const masked = text.replace(ACTION, (action: string, offset: number) => {
    if (DAPR_LOOKALIKE.test(action)) return action;
    templated = true;
    const alone = standsAlone(text, offset, action.length);
    if (alone || CONTROL.test(action)) conditional = true;
    return action.replace(/[^\r\n]/g, alone ? ' ' : TEMPLATE_MARK);
  });
  return { text: masked, templated, conditional };
}

/** Nothing else than other actions on its line. */
function standsAlone(text: string, offset: number, length: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset + length);
  const line = text.slice(lineStart, offset) + text.slice(offset + length, newline < 0 ? text.length : newline);
  return line.replace(ACTION, '').trim() === '';
}
