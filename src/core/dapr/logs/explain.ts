import { RUN_LINES } from './runLines.ts';
import { START_LINES } from './startLines.ts';

/** What a log line of daprd says, for a person. */
export interface LogExplanation {
  /** The rule that finds the cause in a file, e.g. K-03; undefined: no file shows it. */
  rule?: string;
  cause: string;
  fix: string;
  /** The component it speaks of, as named in its file. */
  component?: string;
  /** Topics it speaks of. */
  topics: string[];
}

/** undefined: a line that this helper does not know. Takes plain and JSON log lines. */
export function explainLogLine(line: string): LogExplanation | undefined {
  const text = unescape(line);
  for (const { pattern, rule, explain } of [...START_LINES, ...RUN_LINES]) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const { cause, fix, rule: own } = explain(match);
    const component = componentIn(text);
    const found = own ?? rule;
    return {
      cause,
      fix,
      topics: topicsIn(text),
      ...(found === undefined ? {} : { rule: found }),
      ...(component === undefined ? {} : { component }),
    };
  }
  return undefined;
}

/** `\"` of a quoted message or a JSON line. */
function unescape(line: string): string {
  return line.replaceAll('\\"', '"').replaceAll('\\n', '\n');
}

function componentIn(text: string): string | undefined {
  return (
    /(?:for|component|Component(?: name)?)[ =:]"?([^\s"()]+) \((?:pubsub|bindings)\.[^)]*\)/.exec(text)?.[1] ??
    /pubsub '?"?([\w.-]+)'?"? and topic/.exec(text)?.[1] ??
    /on pubsub '([^']+)'/.exec(text)?.[1]
  );
}

function topicsIn(text: string): string[] {
  const list = /Error consuming \[([^\]]*)\]/.exec(text)?.[1];
  if (list !== undefined) return list.split(' ').filter((topic) => topic !== '');
  const one =
    /(?:and topic|subscription to topic) '?([\w.-]+)'?/.exec(text)?.[1] ??
    /Kafka message:? ([\w.-]+)\/\d+/.exec(text)?.[1];
  return one === undefined ? [] : [one];
}
