import { Environment } from '@marcbachmann/cel-js';

/**
 * Route rules as daprd evaluates them: `event` is the record's JSON object. undefined: the rule fails on this event (an
 * attribute that it lacks) or yields no boolean, which blocks the partition.
 */
export function createMatchEvaluator(): (match: string, event: Record<string, unknown>) => boolean | undefined {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  const rules = new Map<string, ((context: Record<string, unknown>) => unknown) | undefined>();
  const compile = (match: string) => {
    try {
      const rule = environment.parse(match);
      return (context: Record<string, unknown>): unknown => rule(context);
    } catch {
      // S-09 reports the syntax; here it is a rule that fails.
      return undefined;
    }
  };
  return (match, event) => {
    if (!rules.has(match)) rules.set(match, compile(match));
    const rule = rules.get(match);
    if (rule === undefined) return undefined;
    try {
      const result = rule({ event });
      return typeof result === 'boolean' ? result : undefined;
    } catch {
      return undefined;
    }
  };
}
