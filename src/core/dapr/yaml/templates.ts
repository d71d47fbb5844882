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
  /** Offsets of actions that let whole lines come or go (`{{ if }}`, `{{ include }}`). */
  controls: number[];
}

/** Hides the actions of Helm and of other `{{ }}` tools from the YAML parser. */
export function maskTemplates(text: string): Masked {
  if (!text.includes('{{')) return { text, templated: false, controls: [] };
  let templated = false;
  const controls: number[] = [];
  const masked = text.replace(ACTION, (action: string, offset: number) => {
    if (DAPR_LOOKALIKE.test(action)) return action;
    templated = true;
    const alone = standsAlone(text, offset, action.length);
    if (alone || CONTROL.test(action)) controls.push(offset);
    return action.replace(/[^\r\n]/g, alone ? ' ' : TEMPLATE_MARK);
  });
  return { text: masked, templated, controls };
}

/** Nothing else than other actions on its line. */
function standsAlone(text: string, offset: number, length: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset + length);
  const line = text.slice(lineStart, offset) + text.slice(offset + length, newline < 0 ? text.length : newline);
  return line.replace(ACTION, '').trim() === '';
}
