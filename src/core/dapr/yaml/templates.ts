/** Stands in a parsed text for every character that a template tool will replace (a private use character). */
export const TEMPLATE_MARK = '\uE000';

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

/** Hides the actions of Helm and of other `{{ }}` tools from the YAML parser. Its cost grows with the text only. */
export function maskTemplates(text: string): Masked {
  const actions = findActions(text);
  const controls: number[] = [];
  const pieces: string[] = [];
  let done = 0;
  for (let i = 0; i < actions.length;) {
    const line = actionsOfLine(text, actions, i);
    for (const { start, end } of line.actions) {
      const action = text.slice(start, end);
      if (line.alone || CONTROL.test(action)) controls.push(start);
      pieces.push(text.slice(done, start), action.replace(/[^\r\n]/g, line.alone ? ' ' : TEMPLATE_MARK));
      done = end;
    }
    i += line.actions.length;
  }
  return { text: pieces.join('') + text.slice(done), templated: actions.length > 0, controls };
}

interface Action {
  start: number;
  end: number;
}

function findActions(text: string): Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf('{{'); start >= 0;) {
    const close = text.indexOf('}}', start + 2);
    if (close < 0) break;
    const end = close + 2;
    if (!DAPR_LOOKALIKE.test(text.slice(start, end))) actions.push({ start, end });
    start = text.indexOf('{{', end);
  }
  return actions;
}

/** The actions on the line of the one at `first`; `alone`: the line (or lines) holds nothing else. */
function actionsOfLine(text: string, actions: readonly Action[], first: number): { actions: Action[]; alone: boolean } {
  const found: Action[] = [];
  let done = text.lastIndexOf('\n', (actions[first]?.start ?? 0) - 1) + 1;
  let lineEnd = -1;
  let alone = true;
  for (let i = first; i < actions.length; i++) {
    const action = actions[i];
    if (action === undefined || (lineEnd >= 0 && action.start >= lineEnd)) break;
    if (action.end > lineEnd) {
      const newline = text.indexOf('\n', action.end);
      lineEnd = newline < 0 ? text.length : newline;
    }
    alone &&= text.slice(done, action.start).trim() === '';
    found.push(action);
    done = action.end;
  }
  return { actions: found, alone: alone && text.slice(done, lineEnd).trim() === '' };
}
